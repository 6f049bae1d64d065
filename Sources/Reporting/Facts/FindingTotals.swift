import Audit
import Policy

/// Findings counted by what is to be done about them.
struct FindingTotals {
  private(set) var open = 0
  private(set) var waived = 0
  private(set) var baselined = 0

  mutating func add(_ group: FindingList.Group) {
    open += group.open
    waived += group.waived
    baselined += group.baselined
  }

  var sum: Int { open + waived + baselined }
}

extension AuditReport {
  func totalsBySeverity() -> [Severity: FindingTotals] {
    findings.groups.reduce(into: [:]) { $0[$1.severity, default: FindingTotals()].add($1) }
  }

  func totalsByRule() -> [String: FindingTotals] {
    findings.groups.reduce(into: [:]) { $0[$1.ruleID, default: FindingTotals()].add($1) }
  }

  /// The findings in their order, in parts of one rule and one severity. An override of the policy can give some of a
  /// rule's findings another severity, so a rule can have several parts.
  func findingsByRule() -> [FindingGroup] {
    let results = Dictionary(rules.map { ($0.rule.id, $0) }) { first, _ in first }
    return findings.groups.compactMap { group in
      results[group.ruleID].map {
        FindingGroup(severity: group.severity, result: $0, findings: findings[group.range])
      }
    }
  }
}

/// Findings of one rule that have the same severity.
struct FindingGroup {
  let severity: Severity
  let result: RuleResult
  /// At least one.
  let findings: Slice<FindingList>
}

extension Severity {
  /// Worst first, as every report has it.
  static var worstFirst: [Severity] { allCases.sorted(by: >) }
}
