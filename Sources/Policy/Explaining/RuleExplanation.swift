package import CEL

/// How a rule comes to its outcome on one resource: its expressions with the value of every part.
package struct RuleExplanation: Sendable {
  package let outcome: Outcome
  /// The overrides that were asked, up to the one that is in force, or whose match is not known.
  package let overrides: [AskedOverride]
  /// The override that is in force; nil when none is.
  package let override: RuleOverride?
  /// What is in force for the resource.
  package let settings: RuleSettings
  /// Whether the rule is asked of the resource.
  package let applies: Explanation
  /// What the rule asks. Where it is not asked of the resource, what it would come to.
  package let condition: Explanation

  package struct AskedOverride: Sendable {
    package let override: RuleOverride
    package let match: Explanation
  }
}

extension SelectedRule {
  /// Explains the rule on one resource; nil when it is not asked of resources of the kind.
  ///
  /// - Parameter facts: The tables of the policy.
  package func explanation(
    _ kind: ResourceKind, _ bindings: [Value], facts: [FactDeclaration]
  ) -> RuleExplanation? {
    guard let programs = programs[kind] else { return nil }
    let (asked, inForce) = askedOverrides(programs, kind, bindings, facts)
    let settings = inForce?.settings ?? settings
    let environment = ConditionEnvironment.environment(for: kind, parameters: settings.parameters, facts: facts)
    // A selected rule has been compiled in the same environment.
    guard let applies = try? environment.explain(rule.applies ?? kind.defaultApplies, bindings, expecting: .bool),
      let condition = try? environment.explain(rule.condition, bindings, expecting: .bool)
    else { return nil }
    return RuleExplanation(
      outcome: programs.outcome(bindings), overrides: asked, override: inForce, settings: settings, applies: applies,
      condition: condition)
  }

  private func askedOverrides(
    _ programs: RulePrograms, _ kind: ResourceKind, _ bindings: [Value], _ facts: [FactDeclaration]
  ) -> (asked: [RuleExplanation.AskedOverride], inForce: RuleOverride?) {
    let environment = ConditionEnvironment.environment(for: kind, parameters: [], facts: facts)
    var asked: [RuleExplanation.AskedOverride] = []
    for variant in programs.variants {
      let override = overrides[variant.index]
      guard let match = try? environment.explain(override.match, bindings, expecting: .bool) else { continue }
      asked.append(RuleExplanation.AskedOverride(override: override, match: match))
      switch match.result {
      case .success(.bool(true)): return (asked, override)
      case .success: continue
      case .failure: return (asked, nil)
      }
    }
    return (asked, nil)
  }
}
