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
      entries.append(.init(milliseconds: expiresAt - now.milliseconds, isToken: kind == .apiToken, index: index))
    }
    for (segment, start) in snapshot.tokens.starts.enumerated() {
      snapshot.tokens.forEachUnblocked(segment) { row, expiresAt in add(.apiToken, start + row, expiresAt) }
    }
    for (index, key) in snapshot.keys.enumerated() {
      if let expiresAt = key.expiresAt.value { add(.apiKey, index, expiresAt.milliseconds) }
    }
    entries.sort { left, right in
      if left.order != right.order { return left.order < right.order }
      return id(left.kind, left.index) < id(right.kind, right.index)
    }
    return ExpiryList(EvaluatedExpiries(self, entries))
  }
}

/// What expires soon in an inventory.
final class EvaluatedExpiries: Sendable {
  private let inventory: AuditedInventory
  private let entries: [Entry]

  /// A token or a key, in eight bytes.
  struct Entry: Sendable {
    /// From the highest bits on: milliseconds from the audit instant (32 bits hold 49 days), whether it is a token (keys
    /// come first), and its index among the resources of its kind.
    private let bits: UInt64

    init(milliseconds: Int64, isToken: Bool, index: Int) {
      // What does not fit stops the program: it would be another date.
      bits = UInt64(UInt32(milliseconds)) << 32 | (isToken ? 1 << 31 : 0) | UInt64(Int32(index))
    }

    /// Soonest first, then by kind.
    var order: UInt64 { bits >> 31 }
    var milliseconds: Int64 { Int64(bits >> 32) }
    var kind: ResourceKind { bits & 1 << 31 != 0 ? .apiToken : .apiKey }
    var index: Int { Int(bits & (1 << 31 - 1)) }
  }

  init(_ inventory: AuditedInventory, _ entries: [Entry]) {
    self.inventory = inventory
    self.entries = entries
  }

  var count: Int { entries.count }

  subscript(position: Int) -> Expiry {
    let entry = entries[position]
    return Expiry(
      resource: inventory.name(entry.kind, entry.index),
      expiresAt: Instant(milliseconds: inventory.now.milliseconds + entry.milliseconds))
  }

  /// Of each entry, whose it is. A person who owns tokens and made keys is one.
  func ownerNumbers() -> [Int32] {
    // Nearly all are told by the index of a token's owner; negative for the others, who are known by what they are called.
    let owners = entries.map { entry in
      entry.kind == .apiToken ? inventory.owners.index(ofToken: entry.index).map(Int32.init) ?? -1 : -1
    }
    var others: [Int: OwnerKey] = [:]
    for (place, entry) in entries.enumerated() where owners[place] < 0 {
      others[place] = OwnerKey(inventory.name(entry.kind, entry.index).owner)
    }
    let texts = Set(others.values.compactMap { if case .text(let text) = $0 { text } else { nil } })
    let known = texts.isEmpty ? [:] : inventory.owners.indexes(ofIDs: texts)
    return OwnerNumbers(indexCount: inventory.owners.count).numbers(
      of: entries.indices.lazy.map { place in
        guard owners[place] < 0, let other = others[place] else { return .index(Int(owners[place])) }
        switch other {
        case .text(let text): return known[text].map { .index($0) } ?? other
        case .index, .unknown: return other
        }
      })
  }
}
