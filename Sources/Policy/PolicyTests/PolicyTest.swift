import Inventory

/// What a policy is expected to make of some records.
package struct PolicyTest: Sendable {
  package let name: String
  /// Where it stands: `team.test.yaml:4`.
  package let place: String
  /// Ids of the rules that are looked at.
  package let rules: Set<String>
  /// The organization that has only the test's records, at the test's instant.
  package let inventory: AuditedInventory
  package let expected: [ExpectedOutcome]

  /// What a rule is expected to make of a resource; of every other, nothing that would be reported.
  package struct ExpectedOutcome: Sendable {
    package let ruleID: String
    package let kind: ResourceKind
    package let id: String
    /// The severity of the finding; nil when the rule should be not evaluable.
    package let severity: Severity?
  }
}

/// Something that a policy makes of a resource, and that a test did not expect.
package struct PolicyTestDifference: Sendable, Equatable {
  package let ruleID: String
  package let kind: ResourceKind
  package let id: String
  /// `flagged, high`; `not flagged`.
  package let expected: String
  /// The same with what the finding says, or the reason.
  package let actual: String
}
