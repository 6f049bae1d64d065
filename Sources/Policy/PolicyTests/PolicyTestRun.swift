import CEL
import Inventory

extension PolicyTest {
  /// What the policy makes of the records otherwise than expected: first what the test expects, in its order, then what
  /// it does not, by rule and resource.
  package func differences(_ policy: GovernancePolicy) -> [PolicyTestDifference] {
    var actual = outcomes(policy)
    var differences: [PolicyTestDifference] = []
    for expectation in expected {
      let subject = Subject(ruleID: expectation.ruleID, kind: expectation.kind, id: expectation.id)
      let outcome = actual.removeValue(forKey: subject)
      if !expectation.isMet(by: outcome) {
        differences.append(subject.difference(expected: expectation.text, outcome))
      }
    }
    let unexpected = actual.filter { $0.value.isReported }.sorted { $0.key < $1.key }
    return differences
      + unexpected.map { subject, outcome in subject.difference(expected: outcome.otherwise, outcome) }
  }

  private struct Subject: Hashable, Comparable {
    let ruleID: String
    let kind: ResourceKind
    let id: String

    static func < (left: Subject, right: Subject) -> Bool {
      (left.ruleID, left.kind.rawValue, left.id) < (right.ruleID, right.kind.rawValue, right.id)
    }

    func difference(expected: String, _ actual: TestedOutcome?) -> PolicyTestDifference {
      PolicyTestDifference(
        ruleID: ruleID, kind: kind, id: id, expected: expected, actual: actual?.text ?? "not asked")
    }
  }

  private func outcomes(_ policy: GovernancePolicy) -> [Subject: TestedOutcome] {
    let now = conditionTimestamp(inventory.now)
    let organization = inventory.object(.organization, 0)
    var outcomes: [Subject: TestedOutcome] = [:]
    var positions: [ResourceKind: Int] = [:]
    for resource in TestRecords.resources(of: inventory) {
      let position = positions[resource.kind, default: 0]
      positions[resource.kind] = position + 1
      let bindings = ConditionEnvironment.bindings(
        resource.kind, inventory.object(resource.kind, position), now: now, org: organization,
        facts: inventory.facts)
      for selected in policy.rules where rules.contains(selected.rule.id) {
        guard let programs = selected.programs[resource.kind] else { continue }
        let subject = Subject(ruleID: selected.rule.id, kind: resource.kind, id: resource.id)
        outcomes[subject] = TestedOutcome(selected, programs, bindings)
      }
    }
    return outcomes
  }
}

/// The outcome of a rule on a record of a test.
private enum TestedOutcome {
  case flagged(Severity, message: String)
  case notEvaluable(String)
  case passed, notApplicable

  init(_ selected: SelectedRule, _ programs: RulePrograms, _ bindings: [Value]) {
    switch programs.outcome(bindings) {
    case .passed: self = .passed
    case .notApplicable: self = .notApplicable
    case .notEvaluable(let reason): self = .notEvaluable(reason)
    case .flagged:
      let (index, inForce) = programs.inForce(bindings)
      let settings = index.map { selected.overrides[$0].settings } ?? selected.settings
      self = .flagged(settings.severity.value, message: inForce.message.text(bindings))
    }
  }

  /// Whether a report names the resource for it.
  var isReported: Bool {
    switch self {
    case .flagged, .notEvaluable: true
    case .passed, .notApplicable: false
    }
  }

  var text: String {
    switch self {
    case .flagged(let severity, let message): "flagged, \(severity.rawValue): \(message)"
    case .notEvaluable(let reason): "not evaluable: \(reason)"
    case .passed: "passed"
    case .notApplicable: "not applicable"
    }
  }

  /// What was expected when nothing was said of it.
  var otherwise: String {
    if case .notEvaluable = self { "evaluable" } else { "not flagged" }
  }
}

extension PolicyTest.ExpectedOutcome {
  fileprivate func isMet(by outcome: TestedOutcome?) -> Bool {
    switch (outcome, severity) {
    case (.flagged(let actual, _), let severity?): actual == severity
    case (.notEvaluable, nil): true
    default: false
    }
  }

  fileprivate var text: String { severity.map { "flagged, \($0.rawValue)" } ?? "not evaluable" }
}
