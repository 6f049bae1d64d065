import Audit
import Inventory
import Policy
import Reporting
import TestSupport
import Testing

struct MarkdownReportTests {
  @Test func tellsTheWholeFirst() throws {
    let text = try ReportBuilder.everything().text(.markdown)
    let headings = text.split(separator: "\n").filter { $0.hasPrefix("#") }.map(String.init)
    #expect(
      headings == [
        "# tokenreeve: FAIL", "## What is not known", "## Coverage", "## Expiring within 30 days", "## Findings",
        "### High", "#### `token-unscoped`: Title text (2)", "### Medium", "#### `record-malformed`: Title text (1)",
        "#### `token-stale`: Title text (1)", "### Info", "#### `token-expiring`: Title text (1)", "### Waived",
        "## Waivers", "## Rules", "## Policy", "## Not assessed",
      ])
    #expect(text.components(separatedBy: "Remedy text").count == 5)
    #expect(text.contains("0123456789abcdef0123456789abcdef"))
  }

  @Test func passSaysThatAllWasSeen() throws {
    let text = try ReportBuilder.allInOrder().text(.markdown)
    #expect(text.hasPrefix("# tokenreeve: PASS\n"))
    #expect(text.contains("Every list was collected completely"))
  }

  @Test(arguments: [1000, 4000, 9000, 65_536]) func keepsWithinItsLimit(limit: Int) throws {
    for text in ["text", String(repeating: "|`<漢", count: 100)] {
      var builder = ReportBuilder(text: text)
      builder.rule("token-a", .high)
      builder.rule("token-b", .medium)
      for index in 0..<60 { builder.waiver(.findings(rules: ["token-b"]), id: "W-\(index)") }
      for index in 0..<400 {
        builder.finding("token-a", id: "\(1000 + index)")
        builder.finding("token-b", id: "\(1000 + index)", waiver: index % 2 == 0 ? builder.waivers[0].waiver : nil)
      }
      let report = builder.report()
      let source = try report.text(.markdown, ReportOptions(markdownLimit: limit))
      #expect(source.utf8.count <= limit)
      #expect(source.hasPrefix("# tokenreeve: FAIL"))
      let tables = MarkdownTables(source)
      #expect(tables.brokenRows.isEmpty)
      let shown = tables.rows.count { row in
        row.contains { $0.prose.hasPrefix("api-token") && ($0.code.first ?? "").count == 4 }
      }
      #expect(source.contains("**\(800 - shown) more findings left out here**") || shown == 800)
    }
  }
}

extension String {
  fileprivate func components(separatedBy separator: String) -> [Substring] {
    split(separator: separator, omittingEmptySubsequences: false)
  }
}
