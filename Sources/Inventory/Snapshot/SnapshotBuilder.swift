/// Gathers records, list by list or in turns, into a `Snapshot`.
package struct SnapshotBuilder: Sendable {
  private var tokens = TokenTableBuilder()
  private var keys: [APIKey] = []
  private var policies: [OrganizationPolicy] = []

  package init() {}

  /// Consumes one record and returns its id; throws only when the bytes are not JSON.
  package mutating func append(_ list: CollectedList, _ scanner: inout JSONScanner) throws(JSONError) -> String {
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
    }
  }

  package var counts: [CollectedList: Int] {
    [.apiTokens: tokens.count, .apiKeys: keys.count, .policies: policies.count]
  }

  package consuming func build(header: SnapshotHeader, coverage: [CollectedList: Coverage]) -> Snapshot {
    Snapshot(header: header, tokens: tokens.build(), keys: keys, policies: policies, coverage: coverage)
  }
}
