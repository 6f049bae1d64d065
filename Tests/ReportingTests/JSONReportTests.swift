import Audit
import Files
import Foundation
import Reporting
import Testing

struct JSONReportTests {
  private func object(_ report: AuditReport) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(report.bytes(.json))) as? [String: Any])
  }

  @Test func saysEverything() throws {
    let report = ReportBuilder.everything()
    let object = try object(report)
    #expect(
      Set(object.keys) == [
        "schemaVersion", "run", "verdict", "reasons", "coverage", "rules", "findings", "waivers", "expiring",
        "notAssessed", "baseline",
      ])
    #expect(object["schemaVersion"] as? Int == 1)
    #expect(object["verdict"] as? String == "fail")
    #expect(object["reasons"] as? [String] == report.verdict.reasons)
    let findings = try #require(object["findings"] as? [[String: Any]])
    #expect(findings.map { $0["fingerprint"] as? String } == report.findings.map(\.fingerprint))
    #expect(findings.map { $0["disposition"] as? String } == ["open", "open", "open", "open", "waived", "open"])
    #expect(findings[4]["waiver"] as? String == "W-1 text")
    let rules = try #require(object["rules"] as? [[String: Any]])
    let rule = try #require(rules.first { $0["id"] as? String == "token-unscoped" })
    #expect(rule["outcomes"] as? [String: Int] == ["passed": 7, "flagged": 2, "notApplicable": 1, "notEvaluable": 8])
    let reasons = try #require(rule["notEvaluable"] as? [[String: Any]])
    #expect(reasons[0]["count"] as? Int == 8)
    let coverage = try #require(object["coverage"] as? [[String: Any]])
    #expect(coverage.map { $0["state"] as? String } == ["complete", "unavailable", "complete"])
    #expect((object["notAssessed"] as? [Any])?.count == AuditReport.notAssessed.count)
  }

  @Test func everyFindingHasALineOfItsOwn() throws {
    let lines = try ReportBuilder.everything("a\nb\u{2028}c").text(.json).split(separator: "\n")
    for fingerprint in ["10001", "10003", "10004", "10005"] {
      let line = try #require(lines.first { $0.hasPrefix("{\"ruleId\"") && $0.contains("api-token/\(fingerprint)\"") })
      #expect(throws: Never.self) {
        try JSONSerialization.jsonObject(with: Data(line.prefix(through: #require(line.lastIndex(of: "}"))).utf8))
      }
    }
  }

  @Test func unfinishedRunIsInconclusive() throws {
    var writer = MemoryWriter()
    try ReportFormat.json.writeUnfinished(to: &writer)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(writer.bytes)) as? [String: Any])
    #expect(object["verdict"] as? String == "inconclusive")
    #expect(object["run"] as? [String: Bool] == ["finished": false])
  }

  @Test(arguments: ReportFormat.allCases) func sameReportGivesSameBytes(format: ReportFormat) throws {
    #expect(try ReportBuilder.everything().bytes(format) == ReportBuilder.everything().bytes(format))
  }

  @Test(arguments: ReportFormat.allCases) func unfinishedRunIsNoPass(format: ReportFormat) throws {
    var writer = MemoryWriter()
    try format.writeUnfinished(to: &writer)
    let text = String(decoding: writer.bytes, as: UTF8.self).lowercased()
    #expect(text.contains("did not finish"))
    // The style sheet of HTML has a class of that name.
    #expect(!text.replacing(/<style>.*<\/style>/.dotMatchesNewlines(), with: "").contains("pass"))
  }
}
