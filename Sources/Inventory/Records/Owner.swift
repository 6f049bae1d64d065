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

/// The owners of a snapshot's tokens, in the order of their first token. People are told apart by all bytes of their
/// account ids.
package struct Owners: Sendable, RandomAccessCollection {
  private let table: TokenTable
  /// For each owner, the user whom their first token names.
  private let users: [Int32]
  /// Indexes of all owned tokens, owner by owner, and where those of each owner begin (one more than there are owners).
  package let tokens: [Int32]
  package let starts: [Int32]
  /// For each user of the vocabulary, the owner that they are; negative for one without an id, or whom no token names.
  private let owners: [Int32]
  /// Indexes of the tokens that name no owner, or none that can be read: whose they are, and so whom they count
  /// against, is not known.
  package let unattributed: [Int]

  package init(of table: TokenTable) {
    let accounts = table.vocabulary.users.owners
    var ownersOfAccounts = [Int32](repeating: -1, count: table.vocabulary.users.ownerCount)
    var owners = [Int32](repeating: -1, count: accounts.count)
    var users: [Int32] = []
    var starts: [Int32] = []
    var unattributed: [Int] = []
    users.reserveCapacity(ownersOfAccounts.count)
    starts.reserveCapacity(ownersOfAccounts.count + 1)
    for (segment, start) in zip(table.segments, table.starts) {
      for (row, user) in segment.user.enumerated() {
        var owner = user < 0 ? -1 : owners[Int(user)]
        if owner < 0, user >= 0, accounts[Int(user)] >= 0 {
          let account = Int(accounts[Int(user)])
          if ownersOfAccounts[account] < 0 {
            ownersOfAccounts[account] = Int32(users.count)
            users.append(user)
            starts.append(0)
          }
          owner = ownersOfAccounts[account]
          owners[Int(user)] = owner
        }
        if owner < 0 { unattributed.append(start + row) } else { starts[Int(owner)] += 1 }
      }
    }
    // From how many tokens each owner has to where the last of them ends.
    var end: Int32 = 0
    for owner in starts.indices {
      end += starts[owner]
      starts[owner] = end
    }
    starts.append(end)
    // From the last token to the first, which moves each end to where the owner's tokens begin.
    var tokens = [Int32](repeating: 0, count: Int(end))
    for (segment, start) in zip(table.segments, table.starts).reversed() {
      let users = segment.user
      for row in users.indices.reversed() {
        let user = users[row]
        guard user >= 0, owners[Int(user)] >= 0 else { continue }
        let owner = Int(owners[Int(user)])
        starts[owner] -= 1
        tokens[Int(starts[owner])] = Int32(start + row)
      }
    }
    (self.table, self.users, self.tokens, self.starts) = (table, users, tokens, starts)
    (self.owners, self.unattributed) = (owners, unattributed)
  }

  /// The owner that the token of this index belongs to, by index; nil when it names none.
  package func index(ofToken index: Int) -> Int? {
    let (segment, row) = table.place(of: index)
    let user = table.segments[segment].user[row]
    return user < 0 || owners[Int(user)] < 0 ? nil : Int(owners[Int(user)])
  }

  /// The owners who have these account ids, by index.
  package func indexes(ofIDs ids: Set<String>) -> [String: Int] {
    // Nearly all owners are told from them by a hash, without a text of their own.
    let known = Dictionary(grouping: ids) { UserTable.hash(ofID: $0) }
    var indexes: [String: Int] = [:]
    var bytes: [UInt8] = []
    for (index, user) in users.enumerated() {
      guard let hash = table.vocabulary.users.idHash(Int(user)), let candidates = known[hash] else { continue }
      bytes.removeAll(keepingCapacity: true)
      guard table.vocabulary.appendUserID(Int(user), to: &bytes) else { continue }
      for id in candidates where id.utf8.elementsEqual(bytes) { indexes[id] = index }
    }
    return indexes
  }

  /// The person, among the vocabulary's, whom the first token of an owner names.
  package func user(of owner: Int) -> Int { Int(users[owner]) }

  package var startIndex: Int { 0 }
  package var endIndex: Int { users.count }
  package subscript(position: Int) -> Owner {
    Owner(
      vocabulary: table.vocabulary, userIndex: Int(users[position]),
      tokens: tokens[Int(starts[position])..<Int(starts[position + 1])])
  }
}
