import Inventory
import Policy

extension AuditedInventory {
  /// The live tokens and keys that expire within `Expiry.days`: soonest first, then by kind and id. A token whose
  /// status is not known may be live and is listed.
  func expiring() -> ExpiryList {
    let end = now.milliseconds + Int64(Expiry.days) * 86_400_000
    var entries: [EvaluatedExpiries.Entry] = []
    func add(_ kind: ResourceKind, _ index: Int, _ expiresAt: Int64) {
      guard expiresAt > now.milliseconds, expiresAt <= end else { return }
      entries.append(.init(expiresAt: expiresAt, kind: kind, index: Int32(index)))
    }
    for (segment, start) in snapshot.tokens.starts.enumerated() {
      snapshot.tokens.forEachUnblocked(segment) { row, expiresAt in add(.apiToken, start + row, expiresAt) }
    }
    for (index, key) in snapshot.keys.enumerated() {
      if let expiresAt = key.expiresAt.value { add(.apiKey, index, expiresAt.milliseconds) }
    }
    entries.sort(by: precedes)
    return ExpiryList(EvaluatedExpiries(self, entries))
  }

  private func precedes(_ left: EvaluatedExpiries.Entry, _ right: EvaluatedExpiries.Entry) -> Bool {
    if left.expiresAt != right.expiresAt { return left.expiresAt < right.expiresAt }
    if left.kind != right.kind { return left.kind.rawValue < right.kind.rawValue }
    return id(left.kind, Int(left.index)) < id(right.kind, Int(right.index))
  }
}

/// What expires soon in an inventory.
final class EvaluatedExpiries: Sendable {
  private let inventory: AuditedInventory
  private let entries: [Entry]

  struct Entry: Sendable {
    /// Milliseconds since 1970.
    let expiresAt: Int64
    let kind: ResourceKind
    /// Among the resources of its kind.
    let index: Int32
  }

  init(_ inventory: AuditedInventory, _ entries: [Entry]) {
    self.inventory = inventory
    self.entries = entries
  }

  var count: Int { entries.count }

  subscript(position: Int) -> Expiry {
    let entry = entries[position]
    return Expiry(
      resource: inventory.name(entry.kind, Int(entry.index)), expiresAt: Instant(milliseconds: entry.expiresAt))
  }

  /// Of each entry, whose it is. A person who owns tokens and made keys is one.
  func ownerNumbers() -> [Int32] {
    // Made anew each time: texts for all of them at once would take more memory than the list.
    let keys = entries.lazy.map { [self] in key(of: $0) }
    let texts = Set(keys.compactMap { if case .text(let text) = $0 { text } else { nil } })
    let owners = texts.isEmpty ? [:] : inventory.owners.indexes(ofIDs: texts)
    return OwnerNumbers(indexCount: inventory.owners.count).numbers(
      of: keys.map { key in
        if case .text(let text) = key, let owner = owners[text] { .index(owner) } else { key }
      })
  }

  private func key(of entry: Entry) -> OwnerKey {
    if entry.kind == .apiToken, let owner = inventory.owners.index(ofToken: Int(entry.index)) { return .index(owner) }
    return OwnerKey(inventory.name(entry.kind, Int(entry.index)).owner)
  }
}
