import Audit
import Files
import Inventory
import Policy

/// The report as one HTML page that needs nothing else: no script, no other file, no network. What is true of the whole
/// comes first, then charts, what to do, and the findings one by one.
///
/// The page is written section by section and row by row, and is well-formed XML too.
enum HTMLReport: Reporter {
  static let fileName = "report.html"

  private static let sections = [
    ("verdict", "Verdict"), ("unknown", "Not known"), ("overview", "Overview"), ("expiring", "Expiring"),
    ("actions", "What to do"), ("findings", "Findings"), ("waivers", "Waivers"), ("rules", "Rules"),
    ("policy", "Policy"),
  ]

  static func write(
    _ report: AuditReport, _ options: ReportOptions, to writer: inout some ByteWriter & ~Copyable
  ) throws {
    let templates = try HTMLTemplates()
    let head: TemplateValues = [
      "state": report.verdict.state.title, "organization": report.run.organizationID,
      "sections": sections.map { ["id": $0.0, "title": $0.1] },
    ]
    try writer.write(templates.frame("head", head))
    try writer.write(templates.text("verdict", HTMLVerdict.values(report)))
    try writer.write(templates.text("unknown", HTMLUnknown.values(report)))
    try writer.write(templates.text("charts", HTMLCharts.values(report)))
    try writer.write(templates.text("expiring", HTMLExpiring.values(report)))
    try writer.write(templates.text("actions", HTMLActions.values(report)))
    let findings = HTMLFindings(report, limit: options.htmlLimit)
    try writer.write(templates.text("findings-head", findings.values))
    for finding in findings.shown { try writer.write(templates.text("finding", findings.row(finding))) }
    try writer.write(templates.text("findings-foot", findings.values))
    try writer.write(templates.frame("foot", HTMLEnd.values(report)))
  }

  static func writeUnfinished(to writer: inout some ByteWriter & ~Copyable) throws {
    try writer.write(
      HTMLTemplates().frame(
        "unfinished", ["title": UnfinishedRun.title, "explanation": UnfinishedRun.explanation]))
  }
}
