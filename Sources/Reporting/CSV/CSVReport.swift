import Audit
import Files
import Inventory
import Policy

/// One row a finding, and one for each thing that is not known, for a spreadsheet.
enum CSVReport: Reporter {
  static let fileName = "findings.csv"

  private static let header = [
    "disposition", "severity", "rule", "resource kind", "resource id", "label", "owner", "owner email", "message",
    "remediation", "waiver", "waiver reason", "waiver owner", "waived until", "organization", "audited at",
    "fingerprint", "measure", "baseline", "baselined since",
  ]

  static func write(
    _ report: AuditReport, _ options: ReportOptions, to writer: inout some ByteWriter & ~Copyable
  ) throws {
    try writer.write(csvRecord(header))
    let organization = csvText(report.run.organizationID)
    let auditedAt = report.run.auditedAt.text
    let run = [organization, auditedAt]
    if report.verdict.state == .inconclusive {
      let reasons = csvText(report.verdict.reasons.joined(separator: "; "))
      try writer.write(row(disposition: "inconclusive", message: reasons, run: run))
    }
    for gap in report.gaps {
      try writer.write(
        row(
          disposition: gap.name, rule: gap.ruleID ?? "", message: csvText("\(gap.subjectText): \(gap.reason)"),
          remediation: csvText(prose(gap.advice ?? "")), waivers: gap.waivers, run: run))
    }
    let remediations = Dictionary(report.rules.map { ($0.rule.id, csvText(prose($0.rule.remediation))) }) { first, _ in
      first
    }
    for finding in report.findings {
      let resource = finding.resource
      let waiver = finding.disposition.waiver
      try writer.write(
        csvRecord(
          [
            finding.disposition.name, finding.severity.rawValue, finding.ruleID, resource.kind.rawValue,
            csvText(resource.id), csvText(resource.label ?? ""),
            csvText(resource.owner?.name ?? resource.owner?.id ?? ""), csvText(resource.owner?.email ?? ""),
            csvText(finding.message), remediations[finding.ruleID] ?? "", csvText(waiver?.id ?? ""),
            csvText(waiver?.reason ?? ""), csvText(waiver?.owner ?? ""), waiver?.expires.dateText ?? "",
            organization, auditedAt, finding.fingerprint, finding.measure.map(numberText) ?? "",
            csvText(finding.baseline?.text ?? ""),
            finding.disposition.baselinedSince?.dateText ?? "",
          ]))
    }
  }

  static func writeUnfinished(to writer: inout some ByteWriter & ~Copyable) throws {
    try writer.write(csvRecord(header))
    try writer.write(
      row(
        disposition: "inconclusive", message: "\(UnfinishedRun.title). \(UnfinishedRun.explanation)", run: ["", ""]))
  }

  /// A row that is no finding.
  private static func row(
    disposition: String, rule: String = "", message: String, remediation: String = "", waivers: [Waiver] = [],
    run: [String]
  ) -> String {
    func cell(_ text: (Waiver) -> String) -> String { csvText(waivers.map(text).joined(separator: "; ")) }
    return csvRecord(
      [disposition, "", rule, "", "", "", "", "", message, remediation]
        + [cell(\.id), cell(\.reason), cell(\.owner), cell(\.expires.dateText)] + run + ["", "", "", ""])
  }
}
