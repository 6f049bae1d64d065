package import CEL
package import Inventory

/// A snapshot at an audit instant, as the source of what conditions are asked of.
package final class AuditedInventory: Sendable {
  package let snapshot: Snapshot
  /// The audit instant.
  package let now: Instant
  /// Everybody who owns a token, in the order of the snapshot.
  package let owners: [Owner]
  /// Tokens that have a `user` whose id can't be read: each may belong to any owner, or to one that is not seen.
  package let unattributedTokens: Int

  package init(_ snapshot: Snapshot, at now: Instant) {
    self.snapshot = snapshot
    self.now = now
    (owners, unattributedTokens) = snapshot.tokens.owners()
  }

  /// Why the list is not known to be whole; nil when it is.
  package func gap(in list: CollectedList) -> String? {
    snapshot.coverage(of: list).reason.map { "the list of \(list.title) is not complete: \($0)" }
  }

  /// Why an owner's tokens are not known to be all of theirs; nil when they are.
  package var ownerGap: String? {
    gap(in: .apiTokens)
      ?? (unattributedTokens == 0
        ? nil : "\(unattributedTokens) token\(unattributedTokens == 1 ? "" : "s") can't be attributed to an owner")
  }

  /// How many resources of a kind there are.
  package func count(of kind: ResourceKind) -> Int {
    switch kind {
    case .apiToken: snapshot.tokens.count
    case .apiKey: snapshot.keys.count
    case .policy: snapshot.policies.count
    case .owner: owners.count
    case .organization: 1
    }
  }

  /// The resource of a kind with this index, as the variable that a condition asks.
  package func object(_ kind: ResourceKind, _ index: Int) -> Value {
    switch kind {
    case .apiToken: .object(TokenObject(token: snapshot.tokens[index], now: now))
    case .apiKey: .object(KeyObject(key: snapshot.keys[index], now: now))
    case .policy: .object(PolicyObject(policy: snapshot.policies[index]))
    case .owner: .object(OwnerObject(owner: owners[index], tokens: snapshot.tokens, gap: ownerGap, now: now))
    case .organization: .object(OrganizationObject(inventory: self))
    }
  }
}
