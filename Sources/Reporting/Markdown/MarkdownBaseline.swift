import Audit
import Inventory
import Policy

/// The part of a Markdown report that says what the findings were compared with, and what is gone.
enum MarkdownBaseline {
  private static let rowLimit = 50

  static func add(_ report: AuditReport, to section: inout MarkdownSection) {
    guard let baseline = report.baseline, let text = report.baselineText, let numbers = report.baselineNumbers else {
      return
    }
    section.paragraph("## Baseline")
    section.paragraph("Compared with the \(text): \(numbers).")
    section.bullets(baseline.notes.map { "**\(markdownProse($0))**" })
    let header = ["Severity", "Rule", "Resource", "Label", "It said"]
    if !baseline.resolved.isEmpty { section.paragraph("### Resolved") }
    section.table(header, baseline.resolved, limit: rowLimit) { cells($0) }
    if !baseline.unknown.isEmpty {
      section.paragraph("### Gone, but not looked at")
      section.table(header + ["Why that is not known"], baseline.unknown, limit: rowLimit) { unseen in
        cells(unseen.finding) + [markdownCode(unseen.reason)]
      }
    }
  }

  private static func cells(_ finding: RecordedFinding) -> [String] {
    [
      finding.severity.rawValue, markdownCode(finding.ruleID),
      "\(finding.resource.kind.rawValue) \(markdownCode(finding.resource.id))",
      finding.resource.label.map { markdownCode($0) } ?? "", markdownCode(finding.message),
    ]
  }
}
