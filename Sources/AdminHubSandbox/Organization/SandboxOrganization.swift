package import Inventory

/// A fictional organization, made from a seed, a size and an instant. Each record is computed from its index whenever
/// it is asked for, so a million tokens need no memory.
package struct SandboxOrganization: Sendable {
  /// What the organization is like.
  package enum Profile: String, CaseIterable, Sendable {
    /// Most of it is in order; every kind of record that a rule can flag, or must pass, is there.
    case typical
    /// Nothing in it breaks any rule of a built-in policy.
    case inOrder = "in-order"
  }

  package let seed: UInt64
  package let profile: Profile
  /// The instant that all dates are relative to.
  package let at: Instant
  package let id: String
  package let tokenCount: Int

  /// - Parameter tokens: how many API tokens there are; the other lists are smaller and follow from it.
  package init(seed: UInt64, tokens: Int, at: Instant, profile: Profile = .typical) {
    self.seed = seed
    self.profile = profile
    self.at = at
    tokenCount = tokens
    var random = SeededGenerator(seed: seed, "organization")
    id = random.uuid()
  }

  /// How many records a list has.
  package func count(of list: CollectedList) -> Int {
    switch (list, profile) {
    case (.apiTokens, _): tokenCount
    case (.apiKeys, .typical): KeyKind.allCases.count + tokenCount / 500
    case (.policies, .typical): PolicyKind.allCases.count * 2
    case (.apiKeys, .inOrder), (.policies, .inOrder): 3
    case (.serviceAccountTokens, _): 30
    case (.oauthClients, _): 3
    case (.controlPolicies, _): policies.controlIndexes(of: count(of: .policies)).count
    }
  }

  /// The record at an index, as the API would send it.
  package func record(_ list: CollectedList, at index: Int) -> JSONValue {
    switch list {
    case .apiTokens: tokens.record(at: index)
    case .apiKeys: keys.record(at: index)
    case .policies: policies.record(at: index)
    case .serviceAccountTokens: credential("service account token", index)
    case .oauthClients: credential("OAuth client", index)
    case .controlPolicies: policies.record(at: policies.controlIndexes(of: count(of: .policies))[index])
    }
  }

  /// A record of which no field but the id is documented.
  private func credential(_ kind: String, _ index: Int) -> JSONValue {
    var random = SeededGenerator(seed: seed, kind, index)
    return .record(["id": .string(random.uuid())])
  }

  private var dates: RecordDates { RecordDates(at: at) }
  private var people: People { People(seed: seed, organizationID: id) }
  var tokens: TokenRecords {
    TokenRecords(seed: seed, profile: profile, count: tokenCount, dates: dates, people: people)
  }
  var keys: KeyRecords {
    KeyRecords(seed: seed, profile: profile, organizationID: id, dates: dates, people: people)
  }
  var policies: PolicyRecords { PolicyRecords(seed: seed, profile: profile, dates: dates) }
}
