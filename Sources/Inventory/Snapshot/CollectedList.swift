/// The lists that a collection is made of, in the order of the snapshot file.
package enum CollectedList: String, CaseIterable, Hashable, Sendable, Comparable {
  case apiTokens = "api-tokens"
  case apiKeys = "api-keys"
  case policies = "policies"

  /// The kind of one record of the list, as the snapshot file and the reports name it.
  package var recordKind: String {
    switch self {
    case .apiTokens: "api-token"
    case .apiKeys: "api-key"
    case .policies: "policy"
    }
  }

  /// The list's name in a sentence.
  package var title: String {
    switch self {
    case .apiTokens: "API tokens"
    case .apiKeys: "API keys"
    case .policies: "policies"
    }
  }

  package static func < (left: CollectedList, right: CollectedList) -> Bool { left.order < right.order }

  private var order: Int {
    switch self {
    case .apiTokens: 0
    case .apiKeys: 1
    case .policies: 2
    }
  }
}
