import Foundation
import TestSupport
import Testing

/// Which files an audit reads, and which it replaces.
@Suite(.timeLimit(.minutes(2)))
struct AuditFilesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func audit(_ arguments: String...) async throws -> Program.Result {
    try await Program.tokenreeve.run(["audit"] + arguments, in: folder)
  }

  /// The least snapshot: an organization without tokens, keys and policies.
  private func writeSnapshot(collectedAt: String, to name: String = "snapshot.jsonl") throws {
    let lists = ["api-tokens", "api-keys", "policies"]
    let coverage = lists.map { #""\#($0)":{"state":"complete","verified":true,"records":0}"# }.joined(separator: ",")
    let counts = lists.map { #""\#($0)":0"# }.joined(separator: ",")
    try folder.write(
      """
      {"kind":"header","formatVersion":1,"organizationId":"example","collectedAt":"\(collectedAt)","toolVersion":"1"}
      {"kind":"trailer","counts":{\(counts)},"coverage":{\(coverage)}}

      """, to: name)
  }

  private func writePolicy() throws {
    try folder.write(
      """
      rules:
        few-tokens:
          resource: organization
          condition: org.tokenCount > 10

      """, to: "policy.yaml")
  }

  @Test(arguments: ["snapshot.jsonl", "./snapshot.jsonl", "policy.yaml", "link.yaml", "waivers.yaml"])
  func noReportReplacesAFileThatIsRead(path: String) async throws {
    try writeSnapshot(collectedAt: "2026-06-01T00:00:00Z")
    try writePolicy()
    try folder.write("waivers: []\n", to: "waivers.yaml")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("link.yaml"), withDestinationPath: folder.path("policy.yaml"))
    let before = try folder.text(path)
    let result = try await audit(
      "--snapshot", "snapshot.jsonl", "--policy", "policy.yaml", "--waivers", "waivers.yaml", "--report",
      "json=\(path)")
    #expect(result.status == 2, "\(result.errors)")
    #expect(result.errors.contains("would replace"))
    #expect(try folder.text(path) == before)
  }

  @Test(arguments: ["out", "./out", "below/../out", "/.//out"])
  func noReportReplacesAnother(path: String) async throws {
    try writeSnapshot(collectedAt: "2026-06-01T00:00:00Z")
    let other = path.hasPrefix("/") ? folder.path + path : path
    let result = try await audit("--snapshot", "snapshot.jsonl", "--report", "json=out", "--report", "junit=\(other)")
    #expect(result.status == 2, "\(result.errors)")
    #expect(result.errors.contains("the same path"))
    #expect(!folder.exists("out"))
  }

  @Test(arguments: [
    ["--policy", "./missing.yaml"], ["--waivers", "missing.yaml"], ["--snapshot", "missing.jsonl"],
    ["--policy", "info.yaml"], ["--snapshot", "broken.jsonl"],
  ])
  func anEarlierReportSurvivesNoBrokenRun(arguments: [String]) async throws {
    try writeSnapshot(collectedAt: "2026-06-01T00:00:00Z")
    try folder.write(
      "rules: { few-tokens: { resource: organization, severity: info, condition: 'false' } }\n", to: "info.yaml")
    try folder.write("{}\n", to: "broken.jsonl")
    try folder.write("<testsuite/>", to: "junit.xml")
    let snapshot = arguments.contains("--snapshot") ? [] : ["--snapshot", "snapshot.jsonl"]
    let result = try await Program.tokenreeve.run(
      ["audit", "--report", "junit=junit.xml"] + snapshot + arguments, in: folder)
    #expect(result.status == 2, "\(result.errors)")
    #expect(try folder.text("junit.xml").contains("<error"))
  }

  @Test func aSnapshotOfTheFutureIsInconclusive() async throws {
    try writePolicy()
    try writeSnapshot(collectedAt: "9000-01-01T00:00:00Z")
    let result = try await audit("--snapshot", "snapshot.jsonl", "--policy", "policy.yaml", "--report", "text")
    #expect(result.status == 3, "\(result.output)\(result.errors)")
    #expect(result.output.contains("the snapshot says that it was collected at 9000"))
  }

  @Test func theSameSnapshotOfTodayPasses() async throws {
    try writePolicy()
    try writeSnapshot(collectedAt: Date.now.formatted(.iso8601))
    let result = try await audit("--snapshot", "snapshot.jsonl", "--policy", "policy.yaml", "--report", "text")
    #expect(result.status == 0, "\(result.output)\(result.errors)")
  }

  /// A shell closes the descriptors, whose numbers the next files to be opened would get.
  @Test func closedStandardDescriptorsAreNotReused() async throws {
    try writePolicy()
    try writeSnapshot(collectedAt: Date.now.formatted(.iso8601))
    let command = "'\(Program.tokenreeve.executable.path)' audit --snapshot snapshot.jsonl --policy policy.yaml"
    let result = try await Program(URL(filePath: "/bin/sh")).run(
      ["-c", "\(command) --report text --report json=report.json <&- >&-"], in: folder)
    #expect(result.status == 4)
    #expect(result.errors.contains("standard output: Bad file descriptor"), "\(result.errors)")
    #expect(try JSONSerialization.jsonObject(with: Data(folder.text("report.json").utf8)) is [String: Any])
  }

  @Test(arguments: [["--api-key-file"], ["--waivers"], ["--policy"], []])
  func aKeyGivenWhereAPathBelongsIsNotRepeated(option: [String]) async throws {
    let key = "ATCTT3xFfGN0abcdefgh"
    let result = try await Program.tokenreeve.run(["audit", "--org-id", "example"] + option + [key], in: folder)
    #expect(result.status == 2)
    #expect(result.errors.contains("ATCTT…"), "\(result.errors)")
    #expect(!result.errors.contains("abcdefgh"))
  }

  @Test func aLimitOnTheSizeOfFilesIsAnError() async throws {
    let command = "'\(Program.tokenreeve.executable.path)' audit --sandbox --tokens 2000 --report json=report.json"
    let result = try await Program(URL(filePath: "/bin/sh")).run(["-c", "ulimit -f 8; \(command)"], in: folder)
    #expect(result.status == 4)
    #expect(result.errors.contains("report.json"), "\(result.errors)")
  }

  @Test func aPolicyFileCantActOnTheTerminal() async throws {
    let key = #""a\e[31m\u202E\n::error::b""#
    try folder.write("rules:\n  \(key): { severity: low }\ntitle: \(key)\n", to: "policy.yaml")
    let check = try await Program.tokenreeve.run(["policy", "check", "policy.yaml"], in: folder)
    #expect(check.status == 2)
    try folder.write("extends: baseline\ntitle: \(key)\n", to: "titled.yaml")
    let show = try await Program.tokenreeve.run(["policy", "show", "titled.yaml"], in: folder)
    #expect(show.status == 0, "\(show.errors)")
    for text in [check.errors, show.output] {
      #expect(text.contains("\\u{1B}"), "\(text)")
      #expect(!text.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
      #expect(!text.contains("\n::error::"))
    }
  }
}
