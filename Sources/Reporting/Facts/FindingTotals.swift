import Audit
import Policy

/// Findings counted by what is to be done about them.
struct FindingTotals {
  private(set) var open = 0
  private(set) var waived = 0

  mutating func add(_ finding: Finding) {
    switch finding.disposition {
    case .open: open += 1
    case .waived: waived += 1
    }
  }

  var sum: Int { open + waived }
}

extension AuditReport {
  func totalsBySeverity() -> [Severity: FindingTotals] {
    findings.reduce(into: [:]) { $0[$1.severity, default: FindingTotals()].add($1) }
  }

  func totalsByRule() -> [String: FindingTotals] {
    findings.reduce(into: [:]) { $0[$1.ruleID, default: FindingTotals()].add($1) }
  }

  /// The findings in their order, in parts of one rule and one severity. An override of the policy can give some of a
  /// rule's findings another severity, so a rule can have several parts.
  func findingsByRule() -> [FindingGroup] {
    let results = Dictionary(rules.map { ($0.rule.id, $0) }) { first, _ in first }
    var groups: [FindingGroup] = []
    var start = findings.startIndex
    while start < findings.endIndex {
      let first = findings[start]
      let end =
        findings[start...].firstIndex { $0.ruleID != first.ruleID || $0.severity != first.severity }
        ?? findings.endIndex
      if let result = results[first.ruleID] {
        groups.append(FindingGroup(severity: first.severity, result: result, findings: findings[start..<end]))
      }
      start = end
    }
    return groups
  }
}

/// Findings of one rule that have the same severity.
struct FindingGroup {
  let severity: Severity
  let result: RuleResult
  /// At least one.
  let findings: ArraySlice<Finding>
}

extension Severity {
  /// Worst first, as every report has it.
  static var worstFirst: [Severity] { allCases.sorted(by: >) }
}
