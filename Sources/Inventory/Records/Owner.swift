/// A person who owns API tokens: every token whose `user.id` is theirs.
package struct Owner: Sendable {
  let vocabulary: TokenVocabulary
  let userIndex: Int
  /// Indexes into the snapshot's tokens, ascending.
  package let tokens: ArraySlice<Int32>

  /// Name and e-mail address as the owner's first token in the list gives them.
  package var user: TokenUser { TokenUser(vocabulary: vocabulary, index: userIndex) }

  /// The account id.
  package var id: String { user.id.value ?? "" }
}

/// The owners of a snapshot's tokens, in the order of their first token.
package struct Owners: Sendable, RandomAccessCollection {
  private let table: TokenTable
  /// For each owner, the vocabulary and the user of their first token.
  private let users: [(vocabulary: Int32, user: Int32)]
  /// All owned tokens, owner by owner, and where the tokens of each owner begin.
  private let tokens: [Int32]
  private let starts: [Int32]
  /// The owner of each token; negative for none.
  private let owners: [Int32]
  /// Indexes of the tokens that name no owner, or none that can be read: whose they are, and so whom they count
  /// against, is not known.
  package let unattributed: [Int]

  package init(of table: TokenTable) {
    var grouping = OwnerGrouping(table)
    for (segment, start) in zip(table.segments, table.starts) { grouping.add(segment, start) }
    self.table = table
    users = grouping.users
    unattributed = grouping.unattributed
    owners = grouping.ownerOfToken
    (tokens, starts) = grouping.tokensByOwner(table.count)
  }

  /// The owner that the token of this index belongs to, by index; nil when it names none.
  package func index(ofToken index: Int) -> Int? { owners[index] >= 0 ? Int(owners[index]) : nil }

  package var startIndex: Int { 0 }
  package var endIndex: Int { users.count }
  package subscript(position: Int) -> Owner {
    Owner(
      vocabulary: table.vocabularies[Int(users[position].vocabulary)], userIndex: Int(users[position].user),
      tokens: tokens[Int(starts[position])..<Int(starts[position + 1])])
  }
}

/// Finds out whose tokens are whose. People are told apart by all bytes of their account ids.
private struct OwnerGrouping {
  private let vocabularies: [TokenVocabulary]
  /// The owner that each user of each vocabulary is, as far as it is known; negative: not yet, or none.
  private var owners: [[Int32]]
  private var places = HashedPlaces()
  private(set) var users: [(vocabulary: Int32, user: Int32)] = []
  private var counts: [Int32] = []
  /// The owner of each token in order; negative for none.
  private(set) var ownerOfToken: [Int32] = []
  private(set) var unattributed: [Int] = []

  private static let notKnownYet: Int32 = -1
  private static let none: Int32 = -2

  init(_ table: TokenTable) {
    vocabularies = table.vocabularies
    owners = table.vocabularies.map { Array(repeating: Self.notKnownYet, count: $0.users.count) }
    ownerOfToken.reserveCapacity(table.count)
  }

  mutating func add(_ segment: TokenSegment, _ start: Int) {
    let vocabulary = segment.vocabulary
    for (row, fields) in segment.rows.enumerated() {
      var owner = Self.none
      if fields.user >= 0 {
        owner = owners[vocabulary][Int(fields.user)]
        if owner == Self.notKnownYet {
          owner = self.owner(vocabulary, Int(fields.user))
          owners[vocabulary][Int(fields.user)] = owner
        }
      }
      ownerOfToken.append(owner)
      if owner >= 0 { counts[Int(owner)] += 1 } else { unattributed.append(start + row) }
    }
  }

  private mutating func owner(_ vocabulary: Int, _ user: Int) -> Int32 {
    let table = vocabularies[vocabulary].users
    guard let id = table.idRange(user) else { return Self.none }
    let bytes = unsafe table.texts.span.bytes
    let hash = bytes.hash(id)
    var probe = places.probe(hash)
    while let candidate = places.next(&probe) {
      let known = vocabularies[Int(users[candidate].vocabulary)].users
      guard let knownID = known.idRange(Int(users[candidate].user)), knownID.count == id.count,
        bytes.equals(id, known.texts, at: knownID.lowerBound)
      else { continue }
      return Int32(candidate)
    }
    places.insert(users.count, hash)
    users.append((Int32(vocabulary), Int32(user)))
    counts.append(0)
    return Int32(users.count - 1)
  }

  /// The tokens of all owners, owner by owner, and where those of each begin (one more than there are owners).
  consuming func tokensByOwner(_ count: Int) -> (tokens: [Int32], starts: [Int32]) {
    var starts: [Int32] = [0]
    starts.reserveCapacity(counts.count + 1)
    for count in counts { starts.append(starts[starts.count - 1] + count) }
    var next = starts
    var tokens = [Int32](repeating: 0, count: Int(starts[starts.count - 1]))
    for (token, owner) in ownerOfToken.enumerated() where owner >= 0 {
      tokens[Int(next[Int(owner)])] = Int32(token)
      next[Int(owner)] += 1
    }
    return (tokens, starts)
  }
}
