/// A policy with everything that it inherits resolved and every expression compiled: what an audit evaluates.
package struct GovernancePolicy: Sendable {
  /// The policy's id: `baseline`, or the `id` of its file.
  package let id: String
  package let title: String
  /// Selected rules, by id.
  package let rules: [SelectedRule]
  /// The tables of facts that the rules or the policy ask for, by name.
  package let facts: [FactDeclaration]
  /// SHA-256 over what the rules say and how they are set, so that two runs can be known to have used the same.
  package let digest: String
}

/// A rule with what the policy makes of it.
package struct SelectedRule: Sendable {
  package let rule: Rule
  /// The entry that selected the rule.
  package let origin: Origin
  /// What is in force where no override matches.
  package let settings: RuleSettings
  /// Other settings for the resources that match, in the order in which they are asked: the first that matches is in
  /// force.
  package let overrides: [RuleOverride]
  /// The compiled expressions for each kind of resource that the rule is asked of; the overrides are among them.
  package let programs: [ResourceKind: RulePrograms]

  /// The severity where no override matches.
  package var severity: Severity { settings.severity.value }
  /// The parameters where no override matches, in the order of the rule.
  package var parameters: [ParameterSetting] { settings.parameters }

  /// The worst severity that a finding of the rule can have.
  package var worstSeverity: Severity {
    overrides.filter(\.isEnabled).reduce(severity) { max($0, $1.settings.severity.value) }
  }

  /// What an open finding makes of the run.
  package var verdict: Rule.Verdict { rule.verdict }
}

/// A severity, and a value for each parameter of a rule.
package struct RuleSettings: Sendable {
  package let severity: Setting<Severity>
  package let parameters: [ParameterSetting]
}

/// What a policy makes of a rule for the resources that match.
package struct RuleOverride: Sendable {
  /// CEL over the resource.
  package let match: String
  /// Where the override stands.
  package let origin: Origin
  /// False when the rule is not asked of the resources that match.
  package let isEnabled: Bool
  /// What is in force: what the override sets, and for the rest what the rule's entry does.
  package let settings: RuleSettings
}
