import Audit
import Files
import Foundation
import Inventory
import Policy
import Reporting
import Testing

/// The JSON report, read back.
struct RecordedReportTests {
  private func read(_ text: String) throws(RecordedReportError) -> RecordedReport {
    try RecordedReport(parsing: Array(text.utf8))
  }

  private func error(_ text: String) -> RecordedReportError? {
    do throws(RecordedReportError) {
      _ = try read(text)
      return nil
    } catch {
      return error
    }
  }

  private static let report = ReportBuilder.compared()
  private static let text = (try? report.text(.json)) ?? ""

  @Test func everyFindingComesBack() throws {
    let recorded = try read(Self.text)
    let report = Self.report
    #expect(recorded.findings.map(\.fingerprint) == report.findings.map(\.fingerprint))
    #expect(recorded.findings.map(\.disposition.name) == report.findings.map(\.disposition.name))
    #expect(recorded.findings.map(\.resource) == report.findings.map(\.resource))
    #expect(recorded.findings.map(\.severity) == report.findings.map(\.severity))
    #expect(recorded.findings.map(\.measure) == report.findings.map(\.measure))
    #expect(recorded.findings.map(\.evidence) == report.findings.map(\.evidence))
    let since = recorded.findings.compactMap { finding in
      if case .baselined(let since) = finding.disposition { since.dateText } else { nil }
    }
    #expect(since == ["2026-02-21", "2026-02-21"])
    #expect(recorded.verdict.state == .fail)
    #expect(recorded.verdict.reasons == report.verdict.reasons)
    #expect(recorded.run.auditedAt == report.run.auditedAt)
    #expect(recorded.run.organizationID == "org-1")
    #expect(recorded.run.policyDigest == report.run.policyDigest)
    #expect(recorded.gaps == [.apiKeys: "the key may not read them text"])
    #expect(Set(recorded.rules.keys) == Set(report.rules.map(\.rule.id)))
    #expect(recorded.rules["token-unscoped"]?.notEvaluable.map(\.count) == [8])
    #expect(recorded.rules["token-unscoped"]?.notEvaluable.map(\.examples.count) == [5])
  }

  @Test(arguments: [JSONSerialization.WritingOptions.prettyPrinted, .sortedKeys, [.prettyPrinted, .sortedKeys]])
  func howItIsLaidOutDoesNotMatter(options: JSONSerialization.WritingOptions) throws {
    let value = try JSONSerialization.jsonObject(with: Data(Self.text.utf8))
    let text = String(decoding: try JSONSerialization.data(withJSONObject: value, options: options), as: UTF8.self)
    #expect(try read(text).findings.map(\.fingerprint) == Self.report.findings.map(\.fingerprint))
  }

  @Test func membersOfANewerToolArePassedOver() throws {
    let text = Self.text.replacing(#""verdict":"fail""#, with: #""colour":["red"],"verdict":"fail""#)
    #expect(try read(text).findings.count == Self.report.findings.count)
  }

  @Test func whatAnOlderToolDidNotWriteMayBeMissing() throws {
    let text = Self.text.replacing(#","measure":2.5"#, with: "").replacing(#""measure":null,"#, with: "")
    try #require(text != Self.text)
    #expect(try read(text).findings.allSatisfy { $0.measure == nil })
  }

  @Test func theReportOfARunThatDidNotFinishIsRefused() throws {
    var writer = MemoryWriter()
    try ReportFormat.json.writeUnfinished(to: &writer)
    #expect(error(String(decoding: writer.bytes, as: UTF8.self)) == .unfinished)
  }

  @Test func aNewerSchemaIsRefusedBeforeAnythingElse() {
    #expect(error(#"{"findings":7,"schemaVersion":2}"#) == .unknownSchemaVersion(2))
    #expect(error(#"{"schemaVersion":2}"#) == .unknownSchemaVersion(2))
  }

  @Test(arguments: [
    "", "x", "[]", "{}", #"{"schemaVersion":"1"}"#, #"{"schemaVersion":0}"#, #"{"kind":"header"}"#,
    "{\"kind\":\"header\"}\n{\"kind\":\"trailer\"}\n", "<testsuite/>", "\u{FEFF}{}",
  ])
  func whatIsNoReportIsRefused(text: String) {
    guard case .notAReport? = error(text) else {
      Issue.record("\(text): \(String(describing: error(text)))")
      return
    }
  }

  /// Each is a member whose value must be of a certain kind, with one that is not.
  @Test(arguments: [
    (#""severity":"high","resource""#, #""severity":"dire","resource""#),
    (#""severity":"high","resource""#, #""severity":3,"resource""#),
    (#""disposition":"open""#, #""disposition":"ignored""#), (#""kind":"api-token""#, #""kind":"toaster""#),
    (#""since":"2026-02-21T00:00:00Z""#, #""since":null"#), (#""since":"2026-02-21T00:00:00Z""#, #""since":"once""#),
    (#""measure":2.5"#, #""measure":"2.5""#), (#""measure":2.5"#, #""measure":1e999"#),
    (#""auditedAt":"2026-06-01T00:00:00Z""#, #""auditedAt":"now""#), (#""finished":true"#, #""finished":"yes""#),
    (#""verdict":"fail","reasons""#, #""verdict":"maybe","reasons""#), (#""findings":["#, #""finding":["#),
    (#""fingerprint":"#, #""fingerprints":"#), (#""organizationId":"org-1""#, #""organizationId":null"#),
  ])
  func whatIsNotAsTheSchemaSaysIsRefused(part: String, replacement: String) throws {
    let range = try #require(Self.text.firstRange(of: part))
    let text = Self.text.replacingCharacters(in: range, with: replacement)
    guard case .malformed(let line, let message)? = error(text) else {
      Issue.record("\(replacement): \(String(describing: error(text)))")
      return
    }
    #expect(!message.isEmpty)
    if replacement.contains("dire") {
      let place = Self.text[..<range.lowerBound].count { $0 == "\n" } + 1
      #expect(line == place)
    }
  }

  @Test func whatIsCutIsRefused() {
    let bytes = Array(Self.text.utf8)
    for length in stride(from: 0, to: bytes.count - 2, by: 97) {
      #expect(error(String(decoding: bytes[..<length], as: UTF8.self)) != nil, "\(length)")
    }
  }

  @Test func aMemberThatStandsTwiceIsRefused() {
    let text = Self.text.replacing(#""reasons":"#, with: #""findings":[],"reasons":"#, maxReplacements: 1)
    guard case .malformed(_, let message)? = error(text) else {
      Issue.record("\(String(describing: error(text)))")
      return
    }
    #expect(message == "the member findings stands twice")
  }
}
