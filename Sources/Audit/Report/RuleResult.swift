package import Inventory
package import Policy

/// How one rule of the policy came out.
package struct RuleResult: Sendable {
  package let selected: SelectedRule
  /// Whether the rule counts for the verdict: the worst severity that a finding of it can have is at or above `failOn`.
  package let gates: Bool
  /// Outcomes by count. The resources of a rule are `passed + flagged + notApplicable + notEvaluable`.
  package let passed: Int
  package let flagged: Int
  package let notApplicable: Int
  /// What could not be evaluated, by reason, most frequent first.
  package let notEvaluable: [NotEvaluable]
  /// Lists that the rule's resources come from and that were not collected completely.
  package let missingLists: [CollectedList]

  package init(
    selected: SelectedRule, gates: Bool, passed: Int, flagged: Int, notApplicable: Int, notEvaluable: [NotEvaluable],
    missingLists: [CollectedList]
  ) {
    self.selected = selected
    self.gates = gates
    self.passed = passed
    self.flagged = flagged
    self.notApplicable = notApplicable
    self.notEvaluable = notEvaluable
    self.missingLists = missingLists
  }

  package var rule: Rule { selected.rule }
  package var severity: Severity { selected.severity }
  package var notEvaluableCount: Int { notEvaluable.reduce(0) { $0 + $1.count } }
}

/// Resources on which a rule could not be evaluated for the same reason.
package struct NotEvaluable: Sendable {
  /// Why, in words that name the field: "scopes: the API did not report its scopes".
  package let reason: String
  package let count: Int
  /// How many of them a waiver accepts.
  package let waived: Int
  /// The first few of them, in the order of the snapshot.
  package let examples: [ResourceName]

  package init(reason: String, count: Int, waived: Int, examples: [ResourceName]) {
    self.reason = reason
    self.count = count
    self.waived = waived
    self.examples = examples
  }
}

/// A waiver and what it did in this audit.
package struct WaiverResult: Sendable {
  package enum State: String, Sendable {
    /// It accepted something.
    case used
    /// It would accept something, but is expired: what it matches is open again.
    case expired
    /// Nothing matched it.
    case unused
  }

  package let waiver: Waiver
  package let state: State
  /// Findings, not evaluable outcomes or lists that it matches.
  package let matches: Int

  package init(waiver: Waiver, state: State, matches: Int) {
    self.waiver = waiver
    self.state = state
    self.matches = matches
  }
}
