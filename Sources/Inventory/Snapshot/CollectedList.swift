/// The lists that a collection is made of, in the order of the snapshot file.
package enum CollectedList: String, CaseIterable, Hashable, Sendable, Comparable {
  case apiTokens = "api-tokens"
  case apiKeys = "api-keys"
  case policies = "policies"
  case serviceAccountTokens = "service-account-tokens"
  case oauthClients = "oauth-clients"
  case controlPolicies = "control-policies"

  /// Whether the list is collected only when it is asked for. No rule is asked of the records of such a list: a
  /// snapshot keeps them as they came, and reports say how much of the list was seen.
  package var isOptional: Bool {
    switch self {
    case .apiTokens, .apiKeys, .policies: false
    case .serviceAccountTokens, .oauthClients, .controlPolicies: true
    }
  }

  /// The lists of every collection.
  package static let always = allCases.filter { !$0.isOptional }
  /// The lists that have to be asked for.
  package static let optional = allCases.filter(\.isOptional)

  /// The kind of one record of the list, as the snapshot file and the reports name it.
  package var recordKind: String {
    switch self {
    case .apiTokens: "api-token"
    case .apiKeys: "api-key"
    case .policies: "policy"
    case .serviceAccountTokens: "service-account-token"
    case .oauthClients: "oauth-client"
    case .controlPolicies: "control-policy"
    }
  }

  /// The list's name in a sentence.
  package var title: String {
    switch self {
    case .apiTokens: "API tokens"
    case .apiKeys: "API keys"
    case .policies: "policies"
    case .serviceAccountTokens: "service account tokens"
    case .oauthClients: "OAuth clients"
    case .controlPolicies: "Control v1 policies"
    }
  }

  package static func < (left: CollectedList, right: CollectedList) -> Bool { left.order < right.order }

  private var order: Int {
    switch self {
    case .apiTokens: 0
    case .apiKeys: 1
    case .policies: 2
    case .serviceAccountTokens: 3
    case .oauthClients: 4
    case .controlPolicies: 5
    }
  }
}
