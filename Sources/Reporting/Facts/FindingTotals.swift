import Audit
import Policy

/// Findings counted by what is to be done about them.
struct FindingTotals {
  private(set) var open = 0
  private(set) var waived = 0

  mutating func add(_ group: FindingList.Group) {
    open += group.open
    waived += group.waived
  }

  var sum: Int { open + waived }
}

extension AuditReport {
  func totalsBySeverity() -> [Severity: FindingTotals] {
    findings.groups.reduce(into: [:]) { $0[$1.severity, default: FindingTotals()].add($1) }
  }

  func totalsByRule() -> [String: FindingTotals] {
    findings.groups.reduce(into: [:]) { $0[$1.ruleID, default: FindingTotals()].add($1) }
  }

  /// The findings of each rule that has some, as they lie in `findings`: worst first. A rule whose findings have
  /// several severities comes once for each.
  func findingsByRule() -> [(result: RuleResult, severity: Severity, findings: Slice<FindingList>)] {
    let results = Dictionary(rules.map { ($0.rule.id, $0) }) { first, _ in first }
    return findings.groups.compactMap { group in
      results[group.ruleID].map { ($0, group.severity, findings[group.range]) }
    }
  }
}

extension Severity {
  /// Worst first, as every report has it.
  static var worstFirst: [Severity] { allCases.sorted(by: >) }
}
