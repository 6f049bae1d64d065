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
  package func byOwner() -> [OwnerExpiries] {
    var groups: [OwnerExpiries] = []
    var places: [OwnerKey: Int] = [:]
    let keys: [OwnerKey] =
      switch storage {
      case .stated(let expiries): expiries.map { OwnerKey($0.resource.owner) }
      case .evaluated(let expiries): expiries.ownerKeys()
      }
    for (position, key) in keys.enumerated() {
      if let place = places[key] {
        groups[place].positions.append(Int32(position))
      } else {
        places[key] = groups.count
        groups.append(OwnerExpiries(list: self, positions: [Int32(position)]))
      }
    }
    return groups
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

/// What expires soon, of one owner.
package struct OwnerExpiries: Sendable {
  let list: ExpiryList
  /// Where in the list; at least one.
  var positions: [Int32]

  package var owner: OwnerName? { first.resource.owner }

  /// What expires first.
  package var first: Expiry { list[Int(positions[0])] }

  package func first(_ limit: Int) -> [Expiry] { positions.prefix(limit).map { list[Int($0)] } }

  package var count: Int { positions.count }
}

/// By what owners are told apart.
enum OwnerKey: Hashable {
  case unknown
  /// An owner of tokens, by index.
  case number(Int)
  /// The account id, or else what the record calls them.
  case text(String)

  init(_ owner: OwnerName?) {
    if let owner { self = .text(owner.id ?? owner.text) } else { self = .unknown }
  }
}
