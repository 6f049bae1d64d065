package import Inventory
package import Policy

/// Why a rule came out as it did on one resource.
package struct ResourceExplanation: Sendable {
  package let fingerprint: String
  package let resource: ResourceName
  package let policyID: String
  package let selected: SelectedRule
  /// Whether the rule counts for the verdict.
  package let gates: Bool
  package let auditedAt: Instant
  package let outcome: Outcome
  /// What the finding says, and whether it is open; nil where nothing was flagged.
  package let finding: Finding?
  /// The expressions with the value of every part; nil where the resource could not even be asked.
  package let expressions: Expressions?
  /// The waivers that match, also those that are expired.
  package let waivers: [Waiver]

  /// The settings that are in force for the resource.
  package let settings: RuleSettings

  package struct Expressions: Sendable {
    /// The overrides of the policy that were asked, the last of which is in force or not known to be.
    package let overrides: [Override]
    /// Whether the override that is in force turns the rule off.
    package let isTurnedOff: Bool
    package let applies: [ExplainedLine]
    package let condition: [ExplainedLine]
  }

  package struct Override: Sendable {
    package let override: RuleOverride
    package let match: [ExplainedLine]
  }
}

/// Why there is nothing to explain: what was asked for does not exist.
package struct UnknownFingerprint: Error {
  package let message: String
  /// What to do about it; empty when there is nothing to say.
  package let advice: String

  init(_ message: String, advice: String = "") {
    self.message = message
    self.advice = advice
  }
}
