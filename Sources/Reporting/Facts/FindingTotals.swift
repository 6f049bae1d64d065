import Audit
import Policy

/// Findings counted by what is to be done about them.
struct FindingTotals {
  private(set) var open = 0
  private(set) var waived = 0
  private(set) var baselined = 0

  mutating func add(_ finding: Finding) {
    switch finding.disposition {
    case .open: open += 1
    case .waived: waived += 1
    case .baselined: baselined += 1
    }
  }

  var sum: Int { open + waived + baselined }
}

extension AuditReport {
  func totalsBySeverity() -> [Severity: FindingTotals] {
    findings.reduce(into: [:]) { $0[$1.severity, default: FindingTotals()].add($1) }
  }

  func totalsByRule() -> [String: FindingTotals] {
    findings.reduce(into: [:]) { $0[$1.ruleID, default: FindingTotals()].add($1) }
  }

  /// The findings of each rule that has some, as they lie in `findings`: worst rule first.
  func findingsByRule() -> [(result: RuleResult, findings: ArraySlice<Finding>)] {
    var start = findings.startIndex
    return rules.compactMap { result in
      guard start < findings.endIndex, findings[start].ruleID == result.rule.id else { return nil }
      let end = findings[start...].firstIndex { $0.ruleID != result.rule.id } ?? findings.endIndex
      defer { start = end }
      return (result, findings[start..<end])
    }
  }
}

extension Severity {
  /// Worst first, as every report has it.
  static var worstFirst: [Severity] { allCases.sorted(by: >) }
}
