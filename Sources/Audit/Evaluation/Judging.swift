import Inventory
import Policy

extension Verdict {
  /// Fail when a gating rule has an open finding; else inconclusive when something that a gating rule needed was not
  /// seen and no waiver accepts that; else pass.
  init(
    _ results: [RuleResult], _ findings: [Finding], _ coverage: [ListCoverage], doubt: String?, failOn: Severity
  ) {
    let open = findings.count { $0.severity >= failOn && $0.disposition.isOpen }
    var gaps: [String] = []
    for entry in coverage where !entry.neededBy.isEmpty && entry.waiver == nil {
      gaps.append(
        "the list of \(entry.list.title) is \(entry.coverage.stateText): \(entry.coverage.reason ?? "no reason given")")
    }
    for result in results where result.gates {
      let count = result.notEvaluable.reduce(0) { $0 + $1.count - $1.waived }
      if count > 0 {
        gaps.append("\(result.rule.id) could not be evaluated on \(count) \(count == 1 ? "resource" : "resources")")
      }
    }
    if let doubt { gaps.append(doubt) }
    if open > 0 {
      let subject = open == 1 ? "1 open finding is" : "\(open) open findings are"
      self.init(state: .fail, reasons: ["\(subject) at or above \(failOn.rawValue)"] + gaps)
    } else {
      self.init(state: gaps.isEmpty ? .pass : .inconclusive, reasons: gaps)
    }
  }
}
