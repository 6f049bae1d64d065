/// Gathers records, list by list or in turns, into a `Snapshot`.
package struct SnapshotBuilder: Sendable {
  private var tokens: TokenTableBuilder
  private var keys: [APIKey] = []
  private var policies: [OrganizationPolicy] = []
  /// How many records the optional lists have, which nothing is asked of.
  private var optionalCounts: [CollectedList: Int] = [:]

  package init() { tokens = TokenTableBuilder() }

  /// - Parameter vocabulary: what appended segments refer to.
  init(vocabulary: TokenVocabularyBuilder) { tokens = TokenTableBuilder(vocabulary: vocabulary) }

  /// Consumes one record and returns its id, nil for one of an optional list, which is not looked into; throws only
  /// when the bytes are not JSON.
  package mutating func append(_ list: CollectedList, _ scanner: inout JSONScanner) throws(JSONError) -> String? {
    switch list {
    case .apiTokens: return try tokens.append(&scanner)
    case .apiKeys:
      let key = try APIKey(&scanner)
      keys.append(key)
      return key.id
    case .policies:
      let policy = try OrganizationPolicy(&scanner)
      policies.append(policy)
      return policy.id
    case .serviceAccountTokens, .oauthClients, .controlPolicies:
      _ = try scanner.skipValue()
      optionalCounts[list, default: 0] += 1
      return nil
    }
  }

  /// Forgets the records of a list, which begins anew.
  package mutating func removeAll(of list: CollectedList) {
    switch list {
    case .apiTokens: tokens.removeAll()
    case .apiKeys: keys = []
    case .policies: policies = []
    case .serviceAccountTokens, .oauthClients, .controlPolicies: optionalCounts[list] = nil
    }
  }

  package var counts: [CollectedList: Int] {
    optionalCounts.merging([.apiTokens: tokens.count, .apiKeys: keys.count, .policies: policies.count]) { $1 }
  }

  /// Appends tokens that another decoder has read.
  mutating func append(_ segment: TokenSegment) { tokens.append(segment) }

  package consuming func build(header: SnapshotHeader, coverage: [CollectedList: Coverage]) -> Snapshot {
    Snapshot(header: header, tokens: tokens.build(), keys: keys, policies: policies, coverage: coverage)
  }
}
