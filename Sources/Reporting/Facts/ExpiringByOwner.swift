import Audit

/// What expires soon, of one owner.
struct OwnersExpiries {
  let owner: OwnerName?
  /// Soonest first; at least one.
  private(set) var expiries: [Expiry]

  init(_ first: Expiry) {
    self.owner = first.resource.owner
    self.first = first
    expiries = [first]
  }

  /// What expires first.
  let first: Expiry

  mutating func add(_ expiry: Expiry) { expiries.append(expiry) }

  /// The owner with hostile characters made visible.
  var ownerText: String { owner.map { visibleOrEmpty($0.text) } ?? "(owner not known)" }
}

extension AuditReport {
  /// What expires soon, by owner: who has to act first comes first.
  func expiringByOwner() -> [OwnersExpiries] {
    var groups: [OwnersExpiries] = []
    var indexes: [String?: Int] = [:]
    for expiry in expiring {
      let key = expiry.resource.owner.map { $0.id ?? $0.text }
      if let index = indexes[key] {
        groups[index].add(expiry)
      } else {
        indexes[key] = groups.count
        groups.append(OwnersExpiries(expiry))
      }
    }
    return groups
  }
}
