import Audit
import Inventory
import Policy

/// Something that the audit could not see or not evaluate, as every report tells it.
struct Gap {
  enum Subject {
    case list(ListCoverage)
    case outcomes(RuleResult, NotEvaluable)
  }

  /// What the gap does to the verdict.
  enum Bearing {
    /// Without it the verdict would be known: it can't be pass.
    case decisive
    /// Waivers accept it.
    case accepted([Waiver])
    /// No rule at or above `--fail-on` needed it.
    case irrelevant
  }

  let subject: Subject
  let bearing: Bearing

  /// Why it could not be seen, or evaluated.
  var reason: String {
    switch subject {
    case .list(let entry): entry.coverage.reason ?? "no reason is known"
    case .outcomes(_, let outcomes): outcomes.reason
    }
  }

  /// The list, or the rule, in a sentence.
  var subjectText: String {
    switch subject {
    case .list(let entry): "the list of \(entry.list.title)"
    case .outcomes(let result, _): "rule \(result.rule.id)"
    }
  }

  /// `not-collected`, `not-evaluable`.
  var name: String {
    switch subject {
    case .list: "not-collected"
    case .outcomes: "not-evaluable"
    }
  }

  var ruleID: String? { if case .outcomes(let result, _) = subject { result.rule.id } else { nil } }

  /// What to do about it.
  var advice: String? { if case .list(let entry) = subject { entry.coverage.advice } else { nil } }

  /// Resources on which the rule could not be evaluated; nil for a list, whose records nobody has counted.
  var count: Int? { if case .outcomes(_, let outcomes) = subject { outcomes.count } else { nil } }

  /// The first few resources on which the rule could not be evaluated.
  var examples: [ResourceName] { if case .outcomes(_, let outcomes) = subject { outcomes.examples } else { [] } }

  /// `decisive`, `waived`, `not needed`.
  var bearingText: String {
    switch bearing {
    case .decisive: "decisive"
    case .accepted: "waived"
    case .irrelevant: "not needed"
    }
  }

  /// The waivers that accept it.
  var waivers: [Waiver] { if case .accepted(let waivers) = bearing { waivers } else { [] } }

  var isDecisive: Bool { if case .decisive = bearing { true } else { false } }
  var isAccepted: Bool { if case .accepted = bearing { true } else { false } }
}

extension AuditReport {
  /// Lists that were not collected completely, then what rules could not be evaluated on, worst rule first.
  var gaps: [Gap] {
    coverage.filter { !$0.coverage.isComplete }.map(gap)
      + rules.flatMap { result in result.notEvaluable.map { gap(result, $0) } }
  }

  private func gap(_ entry: ListCoverage) -> Gap {
    let bearing: Gap.Bearing =
      if let waiver = entry.waiver { .accepted([waiver]) } else if entry.neededBy.isEmpty { .irrelevant } else {
        .decisive
      }
    return Gap(subject: .list(entry), bearing: bearing)
  }

  private func gap(_ result: RuleResult, _ outcomes: NotEvaluable) -> Gap {
    let bearing: Gap.Bearing =
      if !result.gates { .irrelevant } else if outcomes.waived < outcomes.count { .decisive } else {
        .accepted(waivers(accepting: outcomes, of: result))
      }
    return Gap(subject: .outcomes(result, outcomes), bearing: bearing)
  }

  /// The waivers that accept what a rule could not be evaluated on: those for the rule, and those for what it needed.
  private func waivers(accepting outcomes: NotEvaluable, of result: RuleResult) -> [Waiver] {
    waivers.filter { $0.state == .used }.map(\.waiver).filter { waiver in
      switch waiver.subject {
      case .findings: false
      case .notEvaluable(let rules): rules.contains(result.rule.id)
      case .list(let list):
        coverage.contains { $0.list == list && $0.neededBy.contains(result.rule.id) }
          || result.missingLists.contains(list)
      case .scopes: outcomes.reason == notReportedScopes
      }
    }
  }
}
