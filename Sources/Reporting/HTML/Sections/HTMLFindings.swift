import Audit
import Inventory
import Policy

/// The table of findings: the worst of them, as many as a page may have.
struct HTMLFindings {
  private let report: AuditReport
  let shown: Slice<FindingList>

  /// - Parameter limit: the most findings; nil for all.
  init(_ report: AuditReport, limit: Int?) {
    self.report = report
    shown = report.findings.prefix(limit ?? .max)
  }

  /// What stands above and below the rows.
  var values: TemplateValues {
    let all = report.findings.count
    let caption =
      shown.count < all
      ? "The worst \(grouped(shown.count)) of \(grouped(all)) findings" : counted(all, "finding") + ", worst first"
    var values: TemplateValues = ["hasFindings": all > 0, "caption": caption]
    if all == 0 {
      values["nothing"] = report.gaps.isEmpty ? "None." : "None in what was seen; see above for what was not."
    }
    if shown.count < all {
      values["leftOut"] = "\(grouped(all - shown.count)) more finding\(all - shown.count == 1 ? "" : "s")"
    }
    return values
  }

  func row(_ finding: Finding) -> TemplateValues {
    let resource = finding.resource
    var values: TemplateValues = [
      "severity": finding.severity.rawValue, "rule": finding.ruleID, "kind": resource.kind.rawValue,
      "resource": visibleOrEmpty(resource.id), "message": finding.message, "disposition": finding.disposition.name,
    ]
    values["label"] = resource.label.map(visibleOrEmpty)
    values["owner"] = resource.owner.map { visibleOrEmpty($0.text) }
    values["override"] = finding.override.map { "in force: \($0.inForce)" }
    values["acceptance"] =
      finding.disposition.waiver.map { "\($0.id), until \($0.expires.dateText)" }
      ?? finding.disposition.baselinedSince.map(report.standing)
      ?? finding.baseline.flatMap { $0 == BaselineComparison(.new) ? nil : $0.text }
    return values
  }
}
