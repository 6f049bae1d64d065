import Audit
import Inventory
import Policy

/// Who has to do what by when: the open findings by owner, who has the worst first.
struct RemediationPlan {
  /// What one person has to do.
  struct Part {
    /// Nil for what belongs to nobody in particular: the organization's administrators.
    let owner: OwnerName?
    /// Worst first.
    fileprivate(set) var findings: [Finding]

    /// The owner with hostile characters made visible.
    var ownerText: String { owner.map { visibleOrEmpty($0.text) } ?? RemediationPlan.administrators }
  }

  static let administrators = "organization administrators"

  let parts: [Part]

  init(_ report: AuditReport) {
    var parts: [Part] = []
    var indexes: [String?: Int] = [:]
    for finding in report.findings where finding.disposition.isOpen {
      let owner = finding.resource.owner
      let key = owner.map { $0.id ?? $0.text }
      if let index = indexes[key] {
        parts[index].findings.append(finding)
      } else {
        indexes[key] = parts.count
        parts.append(Part(owner: owner, findings: [finding]))
      }
    }
    // Findings come worst first, and so do those who own them.
    self.parts = parts
  }

  /// When a finding should be dealt with, counted from the audit instant; nil when there is no hurry. The days are our
  /// own: no framework gives figures for tokens.
  static func due(_ severity: Severity, from instant: Instant) -> Instant? {
    let days: Int64? =
      switch severity {
      case .critical: 3
      case .high: 14
      case .medium: 30
      case .low: 90
      case .info: nil
      }
    return days.map { Instant(milliseconds: instant.milliseconds + $0 * 86_400_000) }
  }

  /// What the plan leaves out because it is accepted for now; nil when there is no baseline, or nothing in it.
  static func baselineNote(_ report: AuditReport) -> String? {
    let count = report.findings.groups.reduce(0) { $0 + $1.baselined }
    guard count > 0, let text = report.baselineText else { return nil }
    return "\(counted(count, "finding")) in the \(text), \(count == 1 ? "is" : "are") not part of this plan."
  }

  /// What a plan can't hold, in one sentence; nil when everything was seen.
  static func caveat(_ report: AuditReport) -> String? {
    let groups = report.gapGroups
    if groups.isEmpty, report.verdict.state == .inconclusive {
      // The snapshot as a whole may be no basis for a plan, such as one that is too old.
      return "This plan may not be all there is to do: \(report.verdict.reasons.map(visible).joined(separator: "; "))."
    }
    return groups.isEmpty
      ? nil
      : "This plan holds what was seen. Not seen, or not evaluable: "
        + groups.map { "\($0.subjectText) (\(visible($0.reason)))" }.joined(separator: "; ") + "."
  }
}
