/// A policy with everything that it inherits resolved and every expression compiled: what an audit evaluates.
package struct GovernancePolicy: Sendable {
  /// The policy's id: `baseline`, or the `id` of its file.
  package let id: String
  package let title: String
  /// Selected rules, by id.
  package let rules: [SelectedRule]
  /// SHA-256 over what the rules say and how they are set, so that two runs can be known to have used the same.
  package let digest: String
}

/// A rule with the severity and the parameters that the policy gives it.
package struct SelectedRule: Sendable {
  package let rule: Rule
  package let severity: Severity
  package let parameters: [(name: String, value: ParameterValue)]
  /// The compiled expressions for each kind of resource that the rule is asked of.
  package let programs: [ResourceKind: RulePrograms]

  /// What an open finding makes of the run.
  package var verdict: Rule.Verdict { rule.verdict }
}
