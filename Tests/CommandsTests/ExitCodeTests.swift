import Foundation
import TestSupport
import Testing

/// Each exit code, by running the program.
@Suite(.timeLimit(.minutes(2)))
struct ExitCodeTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func tokenreeve(_ arguments: String..., environment: [String: String] = [:]) async throws -> Program.Result {
    try await Program.tokenreeve.run(arguments, environment: environment, in: folder)
  }

  // MARK: - Verdicts

  @Test func findingsFail() async throws {
    let result = try await tokenreeve("audit", "--sandbox")
    #expect(result.status == 1)
    #expect(result.output.lowercased().contains("fail"))
    for name in ["junit.xml", "report.md", "report.json", ".gitignore"] {
      #expect(folder.exists("reports/latest/\(name)"), "\(name)")
    }
  }

  @Test func anOrganizationInOrderPasses() async throws {
    let sandbox = try await ServedSandbox(["--profile", "in-order"])
    let result = try await tokenreeve(
      "audit", "--api-base", sandbox.url, "--report", "json",
      environment: try sandbox.environment())
    #expect(result.status == 0, "\(result.errors)\n\(result.output)")
    #expect(result.output.contains(#""verdict""#))
  }

  @Test(arguments: ["read:tokens:admin"])
  func aRefusedEndpointIsInconclusive(scopes: String) async throws {
    let sandbox = try await ServedSandbox(["--profile", "in-order"])
    let result = try await tokenreeve(
      "audit", "--api-base", sandbox.url, "--report", "text",
      environment: try sandbox.environment(scopes: scopes))
    #expect(result.status == 3)
    #expect((result.output + result.errors).contains("read:policies:admin"))
  }

  @Test func aKeyWithoutTheScopeForKeysIsInconclusive() async throws {
    let sandbox = try await ServedSandbox(["--profile", "in-order", "--strict-key-scope"])
    let result = try await tokenreeve(
      "audit", "--api-base", sandbox.url, "--report", "text",
      environment: try sandbox.environment())
    #expect(result.status == 3)
    #expect((result.output + result.errors).contains("read:keys:admin"))
  }

  /// One thing that is not known, in an organization in which everything else is in order.
  @Test(arguments: [
    Unknown(what: "an absent scope list", pattern: #","scopes":\[[^\]]*\]"#, replacement: ""),
    Unknown(what: "scopes null", pattern: #""scopes":\[[^\]]*\]"#, replacement: #""scopes":null"#),
    Unknown(what: "a malformed date", pattern: #""expiresAt":"[^"]*""#, replacement: #""expiresAt":"soon""#),
    Unknown(what: "a malformed creation", pattern: #""createdAt":"[^"]*""#, replacement: #""createdAt":"""#),
    Unknown(what: "a date of the wrong type", pattern: #""lastActiveAt":"[^"]*""#, replacement: #""lastActiveAt":17"#),
  ])
  func oneUnknownFieldIsInconclusive(unknown: Unknown) async throws {
    try await snapshotInOrder()
    var lines = try folder.text("snapshot.jsonl").split(separator: "\n").map(String.init)
    let index = try #require(lines.firstIndex { $0.contains(#""kind":"api-token""#) })
    let changed = lines[index].replacingOccurrences(
      of: unknown.pattern, with: unknown.replacement, options: .regularExpression)
    try #require(changed != lines[index])
    lines[index] = changed
    try folder.write(lines.joined(separator: "\n") + "\n", to: "snapshot.jsonl")
    let result = try await tokenreeve(
      "audit", "--snapshot", "snapshot.jsonl", "--report", "text")
    #expect(result.status == 3, "\(result.output)\(result.errors)")
  }

  struct Unknown: CustomTestStringConvertible, Sendable {
    let what: String
    let pattern: String
    let replacement: String
    var testDescription: String { what }
  }

  @Test func aSnapshotThatIsTooOldIsInconclusive() async throws {
    try await snapshotInOrder()
    let result = try await tokenreeve("audit", "--snapshot", "snapshot.jsonl", "--max-age", "1s", "--report", "text")
    // Collected as of a moment ago, so that a second has to pass first.
    if result.status == 0 {
      try await Task.sleep(for: .seconds(2))
      let later = try await tokenreeve("audit", "--snapshot", "snapshot.jsonl", "--max-age", "1s", "--report", "text")
      #expect(later.status == 3)
      #expect(later.output.contains("--max-age"))
    } else {
      #expect(result.status == 3)
    }
  }

  private func snapshotInOrder() async throws {
    let sandbox = try await ServedSandbox(["--profile", "in-order"])
    let collected = try await tokenreeve(
      "collect", "--output", "snapshot.jsonl", "--api-base", sandbox.url, environment: try sandbox.environment())
    try #require(collected.status == 0, "\(collected.errors)")
  }

  // MARK: - Nothing to judge

  @Test func nothingCollectedIsOneClearError() async throws {
    let sandbox = try await ServedSandbox()
    var environment = try sandbox.environment()
    environment["ATLASSIAN_ADMIN_API_KEY"] = "not-a-key-of-this-organization"
    let result = try await tokenreeve(
      "audit", "--api-base", sandbox.url, "--report", "text", environment: environment)
    #expect(result.status == 3)
    #expect(result.output.isEmpty)
    #expect(result.errors.components(separatedBy: "tokenreeve: error:").count == 2, "\(result.errors)")
    #expect(!result.errors.contains("not-a-key-of-this-organization"))
  }

  @Test func nobodyListeningIsOneClearError() async throws {
    let result = try await tokenreeve(
      "audit", "--api-base", "http://127.0.0.1:9", "--report", "junit=out.xml",
      environment: ["ATLASSIAN_ORG_ID": "an-organization", "ATLASSIAN_ADMIN_API_KEY": "a-key"])
    #expect(result.status == 3)
    #expect(result.errors.contains("127.0.0.1"))
    // The report that stays is one that fails.
    #expect(try folder.text("out.xml").contains("<error"))
  }

  @Test func anIncompleteSnapshotIsNotAudited() async throws {
    try await snapshotInOrder()
    let lines = try folder.text("snapshot.jsonl").split(separator: "\n").dropLast(3)
    try folder.write(lines.joined(separator: "\n") + "\n", to: "cut.jsonl")
    let refused = try await tokenreeve("audit", "--snapshot", "cut.jsonl", "--report", "text")
    #expect(refused.status == 3)
    #expect(refused.output.isEmpty)
    let allowed = try await tokenreeve(
      "audit", "--snapshot", "cut.jsonl", "--allow-partial", "--report", "text")
    #expect(allowed.status == 3, "\(allowed.output)")
  }

  // MARK: - Usage and invalid files

  @Test(arguments: [
    ["audit", "--no-such-option"], ["nonsense"], ["audit", "--sandbox", "--snapshot", "x"],
    ["audit", "--sandbox", "--policy", "nonsense"], ["audit", "--sandbox", "--policy", "./missing.yaml"],
    ["audit", "--sandbox", "--waivers", "missing.yaml"], ["audit", "--snapshot", "missing.jsonl"],
    ["audit", "--sandbox", "--report", "nonsense"], ["audit", "--sandbox", "--fail-on", "nonsense"],
    ["audit", "--sandbox", "--at", "yesterday"], ["rules", "no-such-rule"], ["policy", "check", "missing.yaml"],
    ["audit", "--org-id", "x"], ["audit", "--sandbox", "--org-id", "x"],
  ])
  func wrongUsage(arguments: [String]) async throws {
    let result = try await Program.tokenreeve.run(arguments, in: folder)
    #expect(result.status == 2, "\(result.errors)")
    #expect(result.errors.contains("rror: "))
    #expect(result.output.isEmpty)
  }

  @Test func aFileThatIsNoSnapshotIsAnError() async throws {
    for (name, text) in [
      ("empty", ""), ("prose", "once upon a time\n"), ("json", "{}\n"), ("damaged", "{\"kind\":\"header\"\n"),
    ] {
      try folder.write(text, to: name)
      let result = try await tokenreeve("audit", "--snapshot", name, "--report", "text")
      #expect(result.status == 2 || (name == "empty" && result.status == 3), "\(name): \(result.errors)")
      #expect(result.output.isEmpty)
    }
  }

  @Test func anAuditBeforeTheCollectionIsRefused() async throws {
    try await snapshotInOrder()
    let result = try await tokenreeve("audit", "--snapshot", "snapshot.jsonl", "--at", "2020-01-01")
    #expect(result.status == 2)
    #expect(result.errors.contains("before the collection"))
  }

  // MARK: - Output that can't be written

  @Test func aFullDiskIsAnError() async throws {
    let result = try await Program(URL(filePath: "/bin/sh")).run(
      ["-c", "'\(Program.tokenreeve.executable.path)' audit --sandbox --report json > /dev/full"], in: folder)
    #expect(result.status == 4)
    #expect(result.errors.contains("standard output"))
  }

  @Test func aClosedPipeIsAnError() async throws {
    let result = try await Program(URL(filePath: "/bin/bash")).run(
      [
        "-c",
        "'\(Program.tokenreeve.executable.path)' audit --sandbox --tokens 3000 --report json | head -c 10 >/dev/null; exit ${PIPESTATUS[0]}",
      ], in: folder)
    #expect(result.status == 4)
  }

  @Test func aReportThatCantBeWrittenIsAnError() async throws {
    try folder.write("", to: "file")
    let result = try await tokenreeve("audit", "--sandbox", "--report", "json=file/below.json")
    #expect(result.status == 4)
    #expect(result.errors.contains("file"))
  }

  // MARK: - Signals

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func aSignalEndsWithItsNumber(signal: Int32) async throws {
    let running = try Program.tokenreeve.start(["sandbox", "--port", "0"])
    _ = try #require(try await running.line(containing: "Ctrl-C ends it"))
    running.signal(signal)
    let result = try await running.end()
    #expect(result.status == 128 + signal)
  }

  // MARK: - Everything else

  @Test(arguments: [
    ["--help"], ["--version"], ["audit", "--help"], ["rules"], ["rules", "token-lifetime"], ["scopes"],
    ["scopes", "write:jira-work"], ["scopes", "frobnicate:everything"], ["policy", "check", "baseline"],
    ["policy", "show", "strict"],
  ])
  func whatDidItsWorkEndsWithZero(arguments: [String]) async throws {
    let result = try await Program.tokenreeve.run(arguments, in: folder)
    #expect(result.status == 0, "\(result.errors)")
    #expect(!result.output.isEmpty || !result.errors.isEmpty)
  }
}
