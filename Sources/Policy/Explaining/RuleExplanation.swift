package import CEL

/// How a rule comes to its outcome on one resource: its expressions with the value of every part.
package struct RuleExplanation: Sendable {
  package let outcome: Outcome
  /// Whether the rule is asked of the resource.
  package let applies: Explanation
  /// What the rule asks. Where it is not asked of the resource, what it would come to.
  package let condition: Explanation
}

extension SelectedRule {
  /// Explains the rule on one resource; nil when it is not asked of resources of the kind.
  package func explanation(_ kind: ResourceKind, _ bindings: [Value]) -> RuleExplanation? {
    guard let programs = programs[kind] else { return nil }
    let environment = ConditionEnvironment.environment(for: kind, parameters: parameters)
    // A selected rule has been compiled in the same environment.
    guard let applies = try? environment.explain(rule.applies ?? kind.defaultApplies, bindings, expecting: .bool),
      let condition = try? environment.explain(rule.condition, bindings, expecting: .bool)
    else { return nil }
    return RuleExplanation(outcome: programs.outcome(bindings), applies: applies, condition: condition)
  }
}
