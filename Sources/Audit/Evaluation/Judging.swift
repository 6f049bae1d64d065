import Inventory
import Policy

extension Verdict {
  /// Fail when a gating rule has an open finding; else inconclusive when something that a gating rule needed was not
  /// seen, or was found unreadable, and no waiver accepts that; else pass. See `docs/decisions/verdict.md`.
  init(
    _ results: [RuleResult], _ findings: FindingList, _ coverage: [ListCoverage], doubt: String?, failOn: Severity
  ) {
    let open = findings.groups.filter { $0.severity >= failOn && $0.open > 0 }
      .reduce(into: [:]) { $0[$1.ruleID, default: 0] += $1.open }
    var failures = 0
    var gaps = doubt.map { [$0] } ?? []
    for entry in coverage where !entry.neededBy.isEmpty && entry.waiver == nil {
      gaps.append(
        "the list of \(entry.list.title) is \(entry.coverage.stateText): \(entry.coverage.reason ?? "no reason given")")
    }
    let gating = results.filter(\.gates)
    for result in gating {
      let count = result.notEvaluable.reduce(0) { $0 + $1.count - $1.waived }
      if count > 0 {
        gaps.append("\(result.rule.id) could not be evaluated on \(count) \(count == 1 ? "resource" : "resources")")
      }
      guard let findings = open[result.rule.id] else { continue }
      switch result.rule.verdict {
      case .fail: failures += findings
      case .inconclusive:
        gaps.append("\(result.rule.id) has \(findings) open \(findings == 1 ? "finding" : "findings")")
      }
    }
    let answering = gating.filter { !$0.rule.resources.allSatisfy(\.isHousekeeping) }
    if answering.allSatisfy({ $0.passed + $0.flagged == 0 }) {
      gaps.append("no rule at or above \(failOn.rawValue) gave an answer on any resource, so nothing was audited")
    }
    if failures > 0 {
      let subject = failures == 1 ? "1 open finding is" : "\(failures) open findings are"
      self.init(state: .fail, reasons: ["\(subject) at or above \(failOn.rawValue)"] + gaps)
    } else {
      self.init(state: gaps.isEmpty ? .pass : .inconclusive, reasons: gaps)
    }
  }
}
