package import Inventory

/// What a rule can be asked of.
package enum ResourceKind: String, CaseIterable, Hashable, Sendable {
  case apiToken = "api-token"
  case apiKey = "api-key"
  case policy
  case owner
  case organization
  case waiver
  /// How much of a list was seen.
  case coverage

  /// The name of the variable that stands for the resource in a condition.
  package var variable: String {
    switch self {
    case .apiToken: "token"
    case .apiKey: "key"
    case .policy: "policy"
    case .owner: "owner"
    case .organization: "org"
    case .waiver: "waiver"
    case .coverage: "coverage"
    }
  }

  /// Whether the resources are of the audit itself, so that an answer about them says nothing about the organization.
  package var isHousekeeping: Bool { self == .waiver || self == .coverage }

  /// The list that the resources come from, without which none of them is seen. Nil for the organization, whose
  /// conditions say themselves which lists they read, and for what comes from no list.
  package var list: CollectedList? {
    switch self {
    case .apiToken, .owner: .apiTokens
    case .apiKey: .apiKeys
    case .policy: .policies
    case .organization, .waiver, .coverage: nil
    }
  }

  /// Of which resources a rule is asked when it does not say: the live ones.
  var defaultApplies: String {
    switch self {
    case .apiToken: "token.live"
    case .apiKey: "key.live"
    case .policy, .owner, .organization, .waiver, .coverage: "true"
    }
  }
}
