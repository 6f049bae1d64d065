import Foundation
import TestSupport
import Testing

/// `audit --baseline`, by running the program.
@Suite(.timeLimit(.minutes(3)))
struct BaselineCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(
      """
      rules:
        token-blocked-one:
          resource: api-token
          applies: "true"
          condition: token.status == 'BLOCKED'

      """, to: "policy.yaml")
    try writeSnapshot(["a": "BLOCKED", "b": "ALLOWED"])
  }

  private func writeSnapshot(
    _ statuses: [String: String], to name: String = "snapshot.jsonl", organization: String = "example",
    collectedAt: String = "2026-06-01T00:00:00Z", state: String = #""state":"complete","verified":true"#
  ) throws {
    let records = statuses.sorted { $0.key < $1.key }.map {
      #"{"kind":"api-token","record":{"id":"\#($0.key)","status":"\#($0.value)"}}"#
    }
    let coverage =
      #""api-tokens":{\#(state),"records":\#(records.count)},"#
      + #""api-keys":{"state":"complete","verified":true,"records":0},"#
      + #""policies":{"state":"complete","verified":true,"records":0}"#
    let header =
      #"{"kind":"header","formatVersion":1,"organizationId":"\#(organization)","collectedAt":"\#(collectedAt)","toolVersion":"1"}"#
    let trailer =
      #"{"kind":"trailer","counts":{"api-tokens":\#(records.count),"api-keys":0,"policies":0},"coverage":{\#(coverage)}}"#
    try folder.write(([header] + records + [trailer]).joined(separator: "\n") + "\n", to: name)
  }

  private func audit(_ arguments: String...) async throws -> Program.Result {
    let at = arguments.contains("--at") ? [] : ["--at", "2026-06-02T00:00:00Z"]
    return try await Program.tokenreeve.run(
      ["audit", "--snapshot", "snapshot.jsonl", "--policy", "policy.yaml"] + arguments + at, in: folder)
  }

  private func makeBaseline() async throws {
    let result = try await audit("--report", "json=baseline.json")
    try #require(result.status == 1, "\(result.errors)")
  }

  @Test func onlyWhatIsNewFailsTheRun() async throws {
    try await makeBaseline()
    let same = try await audit("--baseline", "baseline.json", "--report", "text")
    #expect(same.status == 0, "\(same.output)\(same.errors)")
    #expect(same.output.contains("the baseline accepts 1"))
    try writeSnapshot(["a": "BLOCKED", "b": "BLOCKED"])
    let more = try await audit("--baseline", "baseline.json", "--report", "text", "--report", "json=second.json")
    #expect(more.status == 1)
    // A report that was compared is a baseline itself, and what was open in it is accepted.
    let next = try await audit("--baseline", "second.json", "--report", "text")
    #expect(next.status == 0, "\(next.output)\(next.errors)")
    #expect(next.output.contains("the baseline accepts 2"))
  }

  /// A run that fails would pass when it is tried again, and one that breaks would leave no baseline.
  @Test(arguments: ["baseline.json", "./baseline.json", "link.json"])
  func noReportReplacesItsBaseline(path: String) async throws {
    try await makeBaseline()
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("link.json"), withDestinationPath: folder.path("baseline.json"))
    let before = try folder.text("baseline.json")
    let result = try await audit("--baseline", "baseline.json", "--report", "json=\(path)")
    #expect(result.status == 2)
    #expect(result.errors.contains("would replace baseline.json"), "\(result.errors)")
    #expect(try folder.text("baseline.json") == before)
  }

  @Test func theDefaultReportIsNoBaselineOfItself() async throws {
    #expect(try await audit().status == 1)
    let before = try folder.text("reports/latest/report.json")
    let result = try await audit("--baseline", "reports/latest/report.json")
    #expect(result.status == 2)
    #expect(result.errors.contains("copy what is read first"), "\(result.errors)")
    #expect(try folder.text("reports/latest/report.json") == before)
  }

  @Test(arguments: [
    ("missing.json", "No such file"), ("snapshot.jsonl", "is no report in JSON"),
    ("policy.yaml", "is no report in JSON"),
    ("unfinished.json", "did not finish"), ("newer.json", "schema version 2"), ("cut.json", "is damaged"),
    ("other.json", "of the organization other"), ("future.json", "after the audit's own instant"),
    ("later.json", "after what is audited"),
  ])
  func aBaselineThatCannotBeUsedIsRefused(name: String, words: String) async throws {
    try await makeBaseline()
    let text = try folder.text("baseline.json")
    try folder.write(
      #"{"schemaVersion":1,"run":{"finished":false},"verdict":"inconclusive","reasons":[],"coverage":[],"rules":[],"findings":[]}"#,
      to: "unfinished.json")
    try folder.write(text.replacing(#""schemaVersion":1"#, with: #""schemaVersion":2"#), to: "newer.json")
    try folder.write(String(text.prefix(text.count / 2)), to: "cut.json")
    try folder.write(
      text.replacing(#""organizationId":"example""#, with: #""organizationId":"other""#), to: "other.json")
    try folder.write(text.replacing("2026-06-02T00:00:00Z", with: "2026-06-02T00:00:01Z"), to: "future.json")
    try folder.write(
      text.replacing(#""collectedAt":"2026-06-01"#, with: #""collectedAt":"2026-06-02"#), to: "later.json")
    try folder.write("<testsuite/>", to: "junit.xml")
    let result = try await audit("--baseline", name, "--report", "junit=junit.xml")
    #expect(result.status == 2, "\(result.errors)")
    #expect(result.errors.contains(words), "\(result.errors)")
    #expect(try folder.text("junit.xml").contains("<error"))
  }

  @Test func anOldBaselineIsWarnedAboutEvenQuietly() async throws {
    try await makeBaseline()
    let result = try await audit(
      "--baseline", "baseline.json", "--quiet", "--at", "2026-09-01T00:00:00Z", "--report", "text", "--report",
      "json=second.json")
    #expect(result.status == 0, "\(result.errors)")
    let words = "the baseline of 2026-06-02 is older than 90 days"
    #expect(result.errors.contains("tokenreeve: warning: \(words)"))
    #expect(result.output.contains(words))
    #expect(try folder.text("second.json").contains(words))
  }

  @Test func anotherOrganizationIsRefusedBeforeAnyRequest() async throws {
    try await makeBaseline()
    let result = try await Program.tokenreeve.run(
      [
        "audit", "--org-id", "other", "--api-base", "http://127.0.0.1:9", "--policy", "policy.yaml", "--baseline",
        "baseline.json",
      ], environment: ["ATLASSIAN_ADMIN_API_KEY": "example"], in: folder)
    #expect(result.status == 2)
    #expect(result.errors.contains("the baseline is of the organization example"), "\(result.errors)")
  }

  @Test func whatIsGoneFromAListThatWasNotSeenIsNotResolved() async throws {
    try await makeBaseline()
    try writeSnapshot(["b": "ALLOWED"])
    let resolved = try await audit("--baseline", "baseline.json", "--report", "text")
    #expect(resolved.status == 0)
    #expect(resolved.output.contains("1 resolved, 0 not known"), "\(resolved.output)")
    try writeSnapshot(["b": "ALLOWED"], state: #""state":"partial","reason":"HTTP 500""#)
    let unknown = try await audit("--baseline", "baseline.json", "--report", "text")
    #expect(unknown.status == 3)
    #expect(unknown.output.contains("0 resolved, 1 not known"), "\(unknown.output)")
  }

  // MARK: - diff

  private func diff(_ arguments: String...) async throws -> Program.Result {
    try await Program.tokenreeve.run(["diff"] + arguments, in: folder)
  }

  @Test func reportsAreCompared() async throws {
    try await makeBaseline()
    try writeSnapshot(["b": "BLOCKED"])
    #expect(try await audit("--report", "json=second.json").status == 1)
    let result = try await diff("baseline.json", "second.json")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.hasPrefix("Two reports: 1 new, 1 resolved, 0 changed, 0 unchanged, 0 not known\n"))
    let files = try await diff(
      "baseline.json", "second.json", "--report", "json=out/diff.json", "--report", "markdown=out/diff.md")
    #expect(files.status == 0 && files.output.isEmpty)
    let object = try JSONSerialization.jsonObject(with: Data(folder.text("out/diff.json").utf8)) as? [String: Any]
    #expect(object?["kind"] as? String == "reports")
    #expect(
      (object?["appeared"] as? [[String: Any]])?.map { $0["fingerprint"] as? String } == [
        "example/token-blocked-one/api-token/b"
      ])
    #expect(try folder.text("out/diff.md").contains("### Resolved"))
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.path("out/diff.json"))
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test func snapshotsAreCompared() async throws {
    try writeSnapshot(["b": "BLOCKED", "c": "ALLOWED"], to: "second.jsonl")
    let result = try await diff("snapshot.jsonl", "second.jsonl")
    #expect(result.status == 0, "\(result.errors)")
    #expect(
      result.output.contains("API tokens: 1 appeared, 1 vanished, 1 changed, 0 unchanged\n"), "\(result.output)")
    #expect(result.output.contains("status changed: from ALLOWED to BLOCKED"))
  }

  @Test func anIncompleteSnapshotIsComparedForWhatItHolds() async throws {
    try writeSnapshot(["b": "ALLOWED"], to: "partial.jsonl", state: #""state":"partial","reason":"HTTP 500""#)
    let lines = try folder.text("snapshot.jsonl").split(separator: "\n")
    try folder.write(lines.prefix(2).joined(separator: "\n") + "\n", to: "cut.jsonl")
    for name in ["partial.jsonl", "cut.jsonl"] {
      let result = try await diff("snapshot.jsonl", name, "--report", "json")
      #expect(result.status == 3, "\(result.errors)")
      let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
      #expect(object?["complete"] as? Bool == false)
      let tokens = try #require((object?["lists"] as? [[String: Any]])?.first)
      #expect((tokens["vanished"] as? [Any])?.isEmpty == true)
      #expect((tokens["perhapsVanished"] as? [Any])?.count == 1)
    }
  }

  @Test func filesThatDoNotGoTogetherAreRefused() async throws {
    try await makeBaseline()
    let text = try folder.text("baseline.json")
    try folder.write(
      text.replacing(#""organizationId":"example""#, with: #""organizationId":"other""#), to: "other.json")
    try writeSnapshot([:], to: "other.jsonl", organization: "other")
    for (left, right, words) in [
      ("baseline.json", "snapshot.jsonl", "is a snapshot"), ("snapshot.jsonl", "baseline.json", "is a snapshot"),
      ("baseline.json", "other.json", "two organizations"), ("snapshot.jsonl", "other.jsonl", "two organizations"),
      ("baseline.json", "missing.json", "No such file"), ("policy.yaml", "baseline.json", "is no report in JSON"),
      ("snapshot.jsonl", "policy.yaml", "is a snapshot"),
    ] {
      let result = try await diff(left, right)
      #expect(result.status == 2, "\(left) \(right)")
      #expect(result.errors.contains(words), "\(result.errors)")
      #expect(result.output.isEmpty)
    }
    let replaced = try await diff("baseline.json", "baseline.json", "--report", "json=./baseline.json")
    #expect(replaced.status == 2)
    #expect(try folder.text("baseline.json") == text)
  }
}
