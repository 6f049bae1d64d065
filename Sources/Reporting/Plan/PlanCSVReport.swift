import Audit
import Files
import Inventory
import Policy

/// The remediation plan as CSV, a row a finding, an owner's rows together.
enum PlanCSVReport: Reporter {
  static let fileName = "plan.csv"

  private static let header = [
    "owner", "owner email", "by", "severity", "rule", "resource kind", "resource id", "label", "finding", "what to do",
    "fingerprint",
  ]

  static func write(
    _ report: AuditReport, _ options: ReportOptions, to writer: inout some ByteWriter & ~Copyable
  ) throws {
    let remediations = Dictionary(report.rules.map { ($0.rule.id, csvText(prose($0.rule.remediation))) }) { first, _ in
      first
    }
    try writer.write(csvRecord(header))
    if let caveat = RemediationPlan.caveat(report) { try writer.write(note(csvText(caveat))) }
    if let text = RemediationPlan.baselineNote(report) { try writer.write(note(csvText(text))) }
    for part in RemediationPlan(report).parts {
      let owner = part.owner.map { $0.name ?? $0.id ?? "" } ?? RemediationPlan.administrators
      for finding in part.findings {
        try writer.write(
          csvRecord([
            csvText(owner), csvText(part.owner?.email ?? ""),
            RemediationPlan.due(finding.severity, from: report.run.auditedAt)?.dateText ?? "",
            finding.severity.rawValue, finding.ruleID, finding.resource.kind.rawValue, csvText(finding.resource.id),
            csvText(finding.resource.label ?? ""), csvText(finding.message), remediations[finding.ruleID] ?? "",
            finding.fingerprint,
          ]))
      }
    }
  }

  static func writeUnfinished(to writer: inout some ByteWriter & ~Copyable) throws {
    try writer.write(csvRecord(header))
    try writer.write(note("\(UnfinishedRun.title). \(UnfinishedRun.explanation)"))
  }

  /// A row that is no finding.
  private static func note(_ text: String) -> String { csvRecord(["", "", "", "", "", "", "", "", text, "", ""]) }
}
