package import CEL
package import Inventory

/// A snapshot at an audit instant, as the source of what conditions are asked of.
package final class AuditedInventory: Sendable {
  package let snapshot: Snapshot
  /// The audit instant.
  package let now: Instant
  /// The variable `facts` of conditions.
  package let facts: Value
  /// Everybody who owns a token, in the order of the snapshot.
  package let owners: Owners
  /// What conditions are of all tokens, as far as that is known.
  package let tokenTruths: TokenTruths
  /// The waivers of the audit: none until it is known what they match.
  package let waivers: [AuditedWaiver]

  package init(_ snapshot: Snapshot, at now: Instant, facts: FactsObject = FactsObject([], [])) {
    self.snapshot = snapshot
    self.now = now
    self.facts = .object(facts)
    owners = Owners(of: snapshot.tokens)
    tokenTruths = TokenTruths(snapshot.tokens, now: now)
    waivers = []
  }

  private init(_ inventory: AuditedInventory, waivers: [AuditedWaiver]) {
    (snapshot, now, facts) = (inventory.snapshot, inventory.now, inventory.facts)
    (owners, tokenTruths) = (inventory.owners, inventory.tokenTruths)
    self.waivers = waivers
  }

  /// The same with the waivers of the audit.
  package func with(waivers: [AuditedWaiver]) -> AuditedInventory { AuditedInventory(self, waivers: waivers) }

  /// Indexes of the tokens that name no owner, or none that can be read. Each may belong to any owner, or to one that is
  /// not seen, so every rule on owners has one outcome more for each of them: not evaluable.
  package var unattributedTokens: [Int] { owners.unattributed }

  /// Why the list is not known to be whole; nil when it is.
  package func gap(in list: CollectedList) -> String? {
    snapshot.coverage(of: list).reason.map { "the list of \(list.title) is not complete: \($0)" }
  }

  /// Why the owners are not known to be all there are; nil when they are.
  var ownersGap: String? {
    gap(in: .apiTokens) ?? (unattributedTokens.isEmpty ? nil : "the owner of some API tokens is not known")
  }

  /// Why the token of this index can't be attributed to an owner.
  package func reasonForNoOwner(_ index: Int) -> String {
    switch snapshot.tokens[index].user {
    case .unknown(let reason): return reason
    case .value(let user): if case .unknown(let reason) = user.id { return reason }
    case .absent: break
    }
    return "the API token names no owner"
  }

  /// How many resources of a kind there are.
  package func count(of kind: ResourceKind) -> Int {
    switch kind {
    case .apiToken: snapshot.tokens.count
    case .apiKey: snapshot.keys.count
    case .policy: snapshot.policies.count
    case .owner: owners.count
    case .organization: 1
    case .waiver: waivers.count
    case .coverage: snapshot.header.lists.count
    }
  }

  /// The resource of a kind with this index, as the variable that a condition asks.
  package func object(_ kind: ResourceKind, _ index: Int) -> Value {
    switch kind {
    case .apiToken: .object(TokenObject(token: snapshot.tokens[index], now: now))
    case .apiKey: .object(KeyObject(key: snapshot.keys[index], now: now))
    case .policy: .object(PolicyObject(policy: snapshot.policies[index]))
    case .owner: .object(OwnerObject(owner: owners[index], truths: tokenTruths, gap: gap(in: .apiTokens)))
    case .organization: .object(OrganizationObject(inventory: self))
    case .waiver: .object(WaiverObject(audited: waivers[index]))
    case .coverage:
      .object(CoverageObject(list: snapshot.header.lists[index], of: snapshot))
    }
  }
}
