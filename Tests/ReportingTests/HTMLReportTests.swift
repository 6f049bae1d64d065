import Crypto
import Files
import Foundation
import Inventory
import Policy
import Testing

@testable import Audit
@testable import Reporting

struct HTMLReportTests {
  private func page(_ report: AuditReport, _ options: ReportOptions = ReportOptions()) throws -> HTMLPage {
    try HTMLPage(report.bytes(.html, options))
  }

  @Test func saysTheWholeFirst() throws {
    let report = ReportBuilder.everything()
    let page = try page(report)
    #expect(page.text(of: "verdict").contains("FAIL"))
    #expect(page.text(of: "unknown").contains("the key may not read them text"))
    #expect(page.text(of: "unknown").contains("api-token 0"))
    #expect(page.text(of: "unknown").contains("API tokens of external users"))
    #expect(page.text(of: "policy").contains(report.run.policyDigest))
    #expect(page.rows(of: "waivers").map { $0[1] } == ["used", "used", "expired", "unused"])
    #expect(page.rows(of: "rules").count == report.rules.count)
    let source = try report.text(.html)
    // Once for each rule that has findings, however many.
    #expect(source.matches(of: /Remedy text/).count == Set(report.findings.map(\.ruleID)).count)
    #expect(report.findings.count > 4)
  }

  @Test func passIsSaidWithWhatWasSeen() throws {
    let page = try page(ReportBuilder.allInOrder())
    #expect(page.text(of: "verdict").contains("PASS"))
    #expect(page.text(of: "unknown").contains("Every list was collected completely"))
    #expect(page.text(of: "findings").contains("None."))
    #expect(page.text(of: "actions").contains("There is no finding."))
  }

  /// Only our own style and script may act, and nothing may be loaded.
  @Test func allowsItselfAlone() throws {
    let source = try ReportBuilder.everything().text(.html)
    for element in ["style", "script"] {
      let matches = source.matches(of: try Regex("<\(element)>(?s)(.*?)</\(element)>"))
      try #require(matches.count == 1)
      let text = try #require(matches[0].output[1].substring)
      let digest = Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString()
      #expect(source.contains("\(element)-src 'sha256-\(digest)'"))
    }
    #expect(source.contains("default-src 'none'"))
    let page = try page(ReportBuilder.everything())
    #expect(page.values(of: "href").allSatisfy { $0.hasPrefix("#") })
    for attribute in ["src", "style", "srcset", "action", "onclick"] { #expect(page.values(of: attribute).isEmpty) }
  }

  @Test func everyChartSaysItsNumbersInATableToo() throws {
    var builder = ReportBuilder()
    builder.rule("token-a", .high)
    builder.rule("token-b", .low)
    let waiver = builder.waiver(.findings(rules: ["token-b"]))
    for id in 0..<3 { builder.finding("token-a", id: "\(id)") }
    builder.finding("token-b", id: "1", waiver: waiver)
    let chart = FindingCharts.severities(builder.report())
    #expect(chart.columns == ["Severity", "Open", "Accepted"])
    #expect(chart.rows.map(\.numbers) == [[0, 0], [3, 0], [0, 0], [0, 1], [0, 0]])
    #expect(chart.description.contains("high: 3;"))
    #expect(chart.description.contains("low: 0, and 1 accepted"))
  }

  @Test func ownersComeByTheirWorstFindings() throws {
    var builder = ReportBuilder()
    builder.rule("token-a", .high)
    builder.rule("token-b", .low)
    builder.text = "many@example.com"
    for id in 0..<9 { builder.finding("token-b", id: "\(id)") }
    builder.text = "worst@example.com"
    builder.finding("token-a", id: "10")
    builder.text = "waived@example.com"
    builder.finding("token-a", id: "11", waiver: builder.waiver(.findings(rules: ["token-a"])))
    let owners = OwnerRisk.ranked(builder.report().findings)
    #expect(owners.map(\.text) == ["worst@example.com", "many@example.com"])
    #expect(owners.map(\.countsText) == ["1 high", "9 low"])
  }

  @Test func whatIsLeftOutIsCounted() throws {
    var builder = ReportBuilder()
    builder.rule("token-a", .high)
    for id in 0..<30 { builder.finding("token-a", id: "\(id)") }
    let report = builder.report()
    let cut = try page(report, ReportOptions(htmlLimit: 29))
    #expect(cut.findings.count == 29)
    #expect(cut.text(of: "findings").contains("1 more finding left out here"))
    for limit in [30, nil] {
      let whole = try page(report, ReportOptions(htmlLimit: limit))
      #expect(whole.findings.count == 30)
      #expect(!whole.text(of: "findings").contains("left out"))
    }
  }

  @Test func incompleteTokensAreNoNumbers() throws {
    var builder = ReportBuilder()
    builder.rule("token-a", .high)
    builder.statistics = InventoryStatistics()
    #expect(try page(builder.report()).text(of: "overview").contains("There is no live token."))
    builder.coverage[.apiTokens] = Coverage(state: .unavailable("the key was refused"))
    let text = try page(builder.report()).text(of: "overview")
    #expect(text.contains("Not known: no token was seen."))
    #expect(text.contains("These numbers are of what was seen: the list of API tokens is unavailable."))
  }

  @Test func unfinishedRunIsAPageToo() throws {
    var writer = MemoryWriter()
    try ReportFormat.html.writeUnfinished(to: &writer)
    let page = try HTMLPage(writer.bytes)
    #expect(page.text(of: "verdict").contains("INCONCLUSIVE"))
    #expect(page.text(of: "verdict").contains(UnfinishedRun.title))
    #expect(page.count("script") == 0)
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-1234, "-1,234"),
  ])
  func numbersAreGrouped(number: Int, text: String) { #expect(grouped(number) == text) }
}
