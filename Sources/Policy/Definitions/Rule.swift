package import Inventory

/// A rule as its file states it: metadata, typed parameters, one condition, examples.
package struct Rule: Sendable {
  /// Lowercase words with hyphens: `token-lifetime`.
  package let id: String
  package let title: String
  package let resources: [ResourceKind]
  /// The severity that the rule has unless a policy says otherwise.
  package let severity: Severity
  /// What an open finding makes of the run.
  package let verdict: Verdict
  package let parameters: [ParameterDefinition]
  /// Tables that the rule asks, in the order of its file.
  package let facts: [FactDeclaration]
  /// CEL, boolean: on which resources the rule is asked. Nil: on live ones.
  package let applies: String?
  /// CEL, boolean: true flags the resource.
  package let condition: String
  /// What a finding says, with CEL in braces.
  package let message: String
  /// CEL, a number: how bad a finding is, greater is worse. Nil: findings of the rule are all alike.
  package let measure: String?
  /// Ids of rules that flag the same cause more exactly: what they flag, this one doesn't.
  package let yieldsTo: [String]
  package let rationale: String
  package let remediation: String
  package let references: [Reference]
  /// None where a built-in rule was loaded without them.
  package let examples: [Example]

  let expressions: Expressions

  /// What an open finding makes of the run, when its severity is at or above the one that fails it.
  package enum Verdict: String, CaseIterable, Sendable {
    /// The organization breaks the policy.
    case fail
    /// What was found says only that something can't be judged.
    case inconclusive
  }

  /// Clauses of a framework that the rule supports.
  package struct Reference: Hashable, Sendable {
    /// The framework's key, such as `nist-800-53`.
    package let framework: String
    package let clauses: [String]
  }

  /// The rule's expressions with their places in its file.
  struct Expressions: Sendable {
    let applies: Expression?
    let condition: Expression
    let message: Expression
    let measure: Expression?
  }

  /// A record on which the rule is shown and tested.
  package struct Example: Sendable {
    package enum Outcome: String, CaseIterable, Sendable {
      case flagged, passed
      case notEvaluable = "not-evaluable"
      case notApplicable = "not-applicable"
    }

    package let outcome: Outcome
    package let kind: ResourceKind
    /// The record in the shape of the API, as JSON.
    package let record: JSONValue
    package let at: Instant
    /// Parameters that the example sets; the others have their defaults.
    package let parameters: [String: ParameterValue]
    /// Rows by table, each with the table's columns and its key; a table that is not here was not given.
    package let facts: [String: [JSONValue]]
    /// Where the example stands, for a test's message: `token-lifetime.yaml:20`.
    package let place: String
  }
}
