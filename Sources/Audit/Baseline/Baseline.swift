import Inventory
import Policy

/// An earlier report whose findings are accepted as they were: what a later audit finds again, and no worse, is
/// baselined. See `docs/decisions/baseline.md`.
package struct Baseline: Sendable {
  package let report: RecordedReport
  private let accepted: [String: Accepted]
  private let waived: Set<String>

  /// What the report accepts under one fingerprint.
  private struct Accepted: Sendable {
    /// Findings with the fingerprint: more than one only when a list had an id more than once.
    var count: Int
    /// The least severe of them, and the least measure.
    var severity: Severity
    var measure: Double?
    var measuredBy: MeasureDefinition?
    var since: Instant
  }

  /// Findings that were open or baselined are accepted. Those that were waived are not: their waivers had an end.
  package init(_ report: RecordedReport) {
    self.report = report
    var accepted: [String: Accepted] = [:]
    var waived: Set<String> = []
    for finding in report.findings {
      let since: Instant
      switch finding.disposition {
      case .open: since = report.run.auditedAt
      case .baselined(let first): since = first
      case .waived:
        waived.insert(finding.fingerprint)
        continue
      }
      guard var entry = accepted[finding.fingerprint] else {
        accepted[finding.fingerprint] = Accepted(
          count: 1, severity: finding.severity, measure: finding.measure, measuredBy: finding.measuredBy, since: since)
        continue
      }
      entry.count += 1
      entry.severity = min(entry.severity, finding.severity)
      entry.measure = entry.measure.flatMap { least in finding.measure.map { min(least, $0) } }
      accepted[finding.fingerprint] = entry
    }
    self.accepted = accepted
    self.waived = waived
  }

  /// Findings of the report that it accepts.
  var acceptedFindings: some Sequence<RecordedFinding> { report.findings.lazy.filter { $0.disposition != .waived } }

  /// Compares findings with the baseline. Those that are open, were accepted, and are no worse, become baselined.
  ///
  /// - Parameters:
  ///   - rules: those of the policy that the findings come from.
  ///   - expired: the expired waiver that matches a finding, if one does: what somebody accepted until a date is not
  ///     accepted by the baseline from then on.
  func compare(_ findings: FindingList, rules: [SelectedRule], expired: (Finding) -> Waiver?) -> ComparedFindings {
    let rules = Dictionary(rules.map { ($0.rule.id, ComparedRule($0)) }) { first, _ in first }
    var compared = ComparedFindings.Builder(findings)
    var counts: [String: Int] = [:]
    for finding in findings {
      if accepted[finding.fingerprint] != nil { counts[finding.fingerprint, default: 0] += 1 }
      compared.append(compare(finding, rules[finding.ruleID], expired))
    }
    let repeated = counts.filter { $1 > accepted[$0]?.count ?? 0 }
    if !repeated.isEmpty {
      for (index, finding) in findings.enumerated() {
        guard let count = repeated[finding.fingerprint], let before = accepted[finding.fingerprint]?.count else {
          continue
        }
        compared.replace(
          index, with: BaselineComparison(.new, "\(count) records have this id, \(before) in the baseline"))
      }
    }
    return compared.build(found: Set(counts.keys))
  }

  /// A rule, with how it measures where no override is in force: made once, not for each of its findings.
  private struct ComparedRule {
    let selected: SelectedRule
    let measuredBy: MeasureDefinition?

    init(_ selected: SelectedRule) {
      self.selected = selected
      measuredBy = selected.measureDefinition(nil)
    }
  }

  private func compare(
    _ finding: Finding, _ rule: ComparedRule?, _ expired: (Finding) -> Waiver?
  ) -> ComparedFindings.Entry {
    let (comparison, since) = compare(finding, rule)
    guard finding.disposition.isOpen, let since else { return .init(comparison: comparison, since: nil) }
    if rule?.selected.verdict == .inconclusive {
      return .init(
        comparison: BaselineComparison(.unchanged, "a baseline does not accept what can't be judged"), since: nil)
    }
    if let waiver = expired(finding) {
      let reason = "the waiver \(waiver.id), which accepted it, expired on \(waiver.expires.dateText)"
      return .init(comparison: BaselineComparison(.unchanged, reason), since: nil)
    }
    return .init(comparison: comparison, since: since)
  }

  /// How a finding compares, and since when it is accepted; nil when it is not.
  private func compare(
    _ finding: Finding, _ rule: ComparedRule?
  ) -> (BaselineComparison, since: Instant?) {
    guard let entry = accepted[finding.fingerprint] else {
      let wasWaived = waived.contains(finding.fingerprint)
      return (BaselineComparison(.new, wasWaived ? "it was waived in the baseline" : nil), nil)
    }
    if finding.severity > entry.severity {
      return (BaselineComparison(.worse, "its severity was \(entry.severity.rawValue)"), nil)
    }
    let definition =
      finding.override == nil ? rule?.measuredBy : rule?.selected.measureDefinition(finding.override)
    if let definition {
      guard entry.measuredBy == definition else {
        return (BaselineComparison(.incomparable, "the rule measured otherwise in the baseline"), nil)
      }
      guard let now = finding.measure, let before = entry.measure else {
        let place = finding.measure == nil ? "" : " in the baseline"
        return (BaselineComparison(.incomparable, "its measure is not known\(place)"), nil)
      }
      if now > before {
        return (BaselineComparison(.worse, "its measure was \(numberText(before)), and is \(numberText(now))"), nil)
      }
    }
    return (BaselineComparison(.unchanged), entry.since)
  }
}

/// How a finding compares with the baseline.
package struct BaselineComparison: Hashable, Sendable {
  package enum State: String, Sendable {
    /// The baseline does not have it, or not as accepted.
    case new
    /// It was there, with a lower severity or measure.
    case worse
    /// It was there; whether it got worse can't be told.
    case incomparable
    /// It was there, and is no worse.
    case unchanged
  }

  package let state: State
  /// Why it is in this state, or why it is open although unchanged; nil where the state says it all.
  package let reason: String?

  package init(_ state: State, _ reason: String? = nil) {
    self.state = state
    self.reason = reason
  }

  /// `new`, `worse: its severity was low`.
  package var text: String { state.rawValue + (reason.map { ": \($0)" } ?? "") }
}

/// A measure as people read it.
package func numberText(_ number: Double) -> String { Int(exactly: number).map(String.init) ?? "\(number)" }
