import Audit
import Files
import Inventory
import Policy

/// The remediation plan in Markdown, a section an owner, ready to be sent to that person.
enum PlanMarkdownReport: Reporter {
  static let fileName = "plan.md"

  static func write(
    _ report: AuditReport, _ options: ReportOptions, to writer: inout some ByteWriter & ~Copyable
  ) throws {
    let plan = RemediationPlan(report)
    let rules = Dictionary(report.rules.map { ($0.rule.id, $0.rule) }) { first, _ in first }
    var head = MarkdownSection()
    head.paragraph("# Remediation plan")
    head.paragraph(
      "Organization \(markdownCode(report.run.organizationID)) as of \(report.run.auditedAt.readable), "
        + "policy \(markdownCode(report.run.policyID)). The verdict is \(report.verdict.state.rawValue).")
    if let caveat = RemediationPlan.caveat(report) { head.paragraph("**\(markdownProse(caveat))**") }
    if let note = RemediationPlan.baselineNote(report) { head.paragraph(markdownProse(note)) }
    if plan.parts.isEmpty { head.paragraph("There is no open finding.") }
    try write(head, to: &writer)
    for part in plan.parts {
      var section = MarkdownSection()
      let owner = part.owner.map { markdownCode($0.text) } ?? RemediationPlan.administrators
      section.paragraph("## \(owner) (\(counted(part.findings.count, "finding")))")
      section.table(["By", "Severity", "Resource", "Label", "Rule", "Finding"], part.findings) { finding in
        [
          RemediationPlan.due(finding.severity, from: report.run.auditedAt)?.dateText ?? "", finding.severity.rawValue,
          "\(finding.resource.kind.rawValue) \(markdownCode(finding.resource.id))",
          finding.resource.label.map { markdownCode($0) } ?? "", markdownCode(finding.ruleID),
          markdownCode(finding.message),
        ]
      }
      var seen: Set<String> = []
      section.bullets(
        part.findings.map(\.ruleID).filter { seen.insert($0).inserted }.map { id in
          "\(markdownCode(id)): \(markdownProse(rules[id]?.remediation ?? ""))"
        })
      try write(section, to: &writer)
    }
  }

  static func writeUnfinished(to writer: inout some ByteWriter & ~Copyable) throws {
    try writer.write("# Remediation plan\n\n**\(UnfinishedRun.title).** \(UnfinishedRun.explanation)\n")
  }

  private static func write(_ section: MarkdownSection, to writer: inout some ByteWriter & ~Copyable) throws {
    for line in section.lines { try writer.write(line + "\n") }
  }
}
