import Audit
import Files
import Inventory
import Policy

/// The findings of a Markdown report, written one by one as long as there is room.
struct MarkdownFindings {
  private let report: AuditReport
  private var room: Int?
  private var leftOut = 0

  /// What the note about left-out findings and the end of a table take.
  private static let reserve = 200

  /// - Parameter room: bytes that the findings may take; nil for no limit.
  init(_ report: AuditReport, room: Int?) {
    self.report = report
    self.room = room.map { $0 - Self.reserve }
  }

  mutating func write(to writer: inout some ByteWriter & ~Copyable) throws {
    var severity: Severity?
    for group in report.findingsByRule() {
      let result = group.result
      let open = group.findings.lazy.filter(\.disposition.isOpen)
      guard !open.isEmpty else { continue }
      var heading: [String] =
        severity == group.severity ? [] : ["### \(group.severity.rawValue.capitalizedWord)", ""]
      severity = group.severity
      heading += [
        "#### \(markdownCode(result.rule.id)): \(markdownProse(result.rule.title)) (\(open.count))", "",
        "**What to do:** \(markdownProse(result.rule.remediation))", "",
      ]
      try writeTable(heading, ["Resource", "Label", "Owner", "Finding"], open, to: &writer) { finding in
        [
          "\(finding.resource.kind.rawValue) \(markdownCode(finding.resource.id))", finding.labelCell,
          finding.ownerCell, finding.messageCell,
        ]
      }
    }
    let baselined = report.findings.lazy.filter { $0.disposition.baselinedSince != nil }
    if report.findings.groups.contains(where: { $0.baselined > 0 }) {
      let header = ["Severity", "Rule", "Resource", "Label", "Owner", "Finding", "Since"]
      try writeTable(["### Baselined", ""], header, baselined, to: &writer) { finding in
        [
          finding.severity.rawValue, markdownCode(finding.ruleID),
          "\(finding.resource.kind.rawValue) \(markdownCode(finding.resource.id))", finding.labelCell,
          finding.ownerCell, markdownCode(finding.message), finding.disposition.baselinedSince?.dateText ?? "",
        ]
      }
    }
    let waived = report.findings.lazy.filter { $0.disposition.waiver != nil }
    if report.findings.groups.contains(where: { $0.waived > 0 }) {
      let header = ["Rule", "Resource", "Label", "Accepted because", "By", "Until"]
      try writeTable(["### Waived", ""], header, waived, to: &writer) { finding in
        let waiver = finding.disposition.waiver
        return [
          markdownCode(finding.ruleID), "\(finding.resource.kind.rawValue) \(markdownCode(finding.resource.id))",
          finding.labelCell, waiver.map { markdownCode($0.reason) } ?? "", waiver.map { markdownCode($0.owner) } ?? "",
          waiver?.expires.dateText ?? "",
        ]
      }
    }
    if leftOut > 0 {
      try writer.write(
        "**\(counted(leftOut, "more finding")) left out here** for want of room. The JSON report has all.\n\n")
    }
  }

  /// Writes heading and table, or as many rows as fit; a heading never stands without a row.
  private mutating func writeTable(
    _ heading: [String], _ header: [String], _ findings: some Sequence<Finding>,
    to writer: inout some ByteWriter & ~Copyable, _ cells: (Finding) -> [String]
  ) throws {
    var pending = (heading + markdownTableHead(header)).map { $0 + "\n" }.joined()
    var hasRows = false
    for finding in findings {
      guard leftOut == 0 else {
        leftOut += 1
        continue
      }
      let text = pending + markdownRow(cells(finding)) + "\n"
      if let room, text.utf8.count + 1 > room {
        leftOut += 1
        continue
      }
      room = room.map { $0 - text.utf8.count }
      try writer.write(text)
      pending = ""
      hasRows = true
    }
    if hasRows {
      try writer.write("\n")
      room = room.map { $0 - 1 }
    }
  }
}

extension Finding {
  fileprivate var labelCell: String { resource.label.map { markdownCode($0) } ?? "" }
  /// With a baseline, what makes the finding open.
  fileprivate var messageCell: String {
    let text = markdownCode(message) + (override.map { " (in force: \(markdownCode($0.inForce)))" } ?? "")
    guard let baseline, baseline != BaselineComparison(.new) else { return text }
    return "\(text), \(markdownProse(baseline.text))"
  }
  fileprivate var ownerCell: String { resource.owner.map { markdownCode($0.text) } ?? "" }
}

extension String {
  fileprivate var capitalizedWord: String { prefix(1).uppercased() + dropFirst() }
}
