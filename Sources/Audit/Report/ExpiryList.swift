/// What expires soon: soonest first, then by kind and id. What it is called is made when it is asked for.
package struct ExpiryList: Sendable {
  private enum Storage: Sendable {
    case stated([Expiry])
    case evaluated(EvaluatedExpiries)
  }

  private let storage: Storage

  package init(_ expiries: [Expiry]) { storage = .stated(expiries) }

  init(_ expiries: EvaluatedExpiries) { storage = .evaluated(expiries) }

  /// The same by owner: who has to act first comes first.
  package func byOwner() -> ExpiriesByOwner {
    let owners: [Int32] =
      switch storage {
      case .stated(let expiries): OwnerNumbers().numbers(of: expiries.map { OwnerKey($0.resource.owner) })
      case .evaluated(let expiries): expiries.ownerNumbers()
      }
    // First how many each owner has, then where theirs end, at last where they begin.
    var starts = [Int32](repeating: 0, count: Int(owners.max() ?? -1) + 2)
    for owner in owners { starts[Int(owner)] += 1 }
    for owner in starts.indices.dropFirst() { starts[owner] += starts[owner - 1] }
    var positions = [Int32](repeating: 0, count: owners.count)
    for position in owners.indices.reversed() {
      let owner = Int(owners[position])
      starts[owner] -= 1
      positions[Int(starts[owner])] = Int32(position)
    }
    return ExpiriesByOwner(list: self, positions: positions, starts: starts)
  }
}

extension ExpiryList: RandomAccessCollection {
  package var startIndex: Int { 0 }
  package var endIndex: Int {
    switch storage {
    case .stated(let expiries): expiries.count
    case .evaluated(let expiries): expiries.count
    }
  }

  package subscript(position: Int) -> Expiry {
    switch storage {
    case .stated(let expiries): expiries[position]
    case .evaluated(let expiries): expiries[position]
    }
  }
}

/// What expires soon, owner by owner.
package struct ExpiriesByOwner: Sendable {
  fileprivate let list: ExpiryList
  /// Where in the list, owner by owner; the owners in the order in which their numbers were given.
  fileprivate let positions: [Int32]
  /// Where the positions of each owner begin: one more than there are owners.
  fileprivate let starts: [Int32]
}

extension ExpiriesByOwner: RandomAccessCollection {
  package var startIndex: Int { 0 }
  package var endIndex: Int { starts.count - 1 }
  package subscript(position: Int) -> OwnerExpiries {
    OwnerExpiries(list: list, positions: positions[Int(starts[position])..<Int(starts[position + 1])])
  }
}

/// What expires soon, of one owner.
package struct OwnerExpiries: Sendable {
  let list: ExpiryList
  /// Where in the list; at least one.
  let positions: ArraySlice<Int32>

  package var owner: OwnerName? { first.resource.owner }

  /// What expires first.
  package var first: Expiry { list[Int(positions[positions.startIndex])] }

  package func first(_ limit: Int) -> [Expiry] { positions.prefix(limit).map { list[Int($0)] } }

  package var count: Int { positions.count }
}

/// By what owners are told apart.
enum OwnerKey: Hashable {
  case unknown
  /// An owner of tokens, by index.
  case index(Int)
  /// The account id, or else what the record calls them.
  case text(String)

  init(_ owner: OwnerName?) {
    if let owner { self = .text(owner.id ?? owner.text) } else { self = .unknown }
  }
}

/// Gives owners numbers, from 0, in the order in which they come.
struct OwnerNumbers {
  private var ofIndexes: [Int32]
  private var ofOthers: [OwnerKey: Int32] = [:]
  private var count: Int32 = 0

  /// - Parameter indexCount: how many owners of tokens there are.
  init(indexCount: Int = 0) { ofIndexes = Array(repeating: -1, count: indexCount) }

  consuming func numbers(of keys: some Sequence<OwnerKey>) -> [Int32] { keys.map { number($0) } }

  private mutating func number(_ key: OwnerKey) -> Int32 {
    let known: Int32? =
      if case .index(let index) = key { ofIndexes[index] < 0 ? nil : ofIndexes[index] } else { ofOthers[key] }
    if let known { return known }
    if case .index(let index) = key { ofIndexes[index] = count } else { ofOthers[key] = count }
    count += 1
    return count - 1
  }
}
