/// A person who owns API tokens: every token whose `user.id` is theirs.
package struct Owner: Sendable {
  /// The account id.
  package let id: String
  /// Name and e-mail address as the owner's first token in the list gives them.
  package let user: User
  /// Indexes into the snapshot's tokens, ascending.
  package let tokens: [Int]
}

extension TokenTable {
  /// The owners of the tokens, in the order of their first token, and the indexes of the tokens that name no owner, or
  /// none that can be read: whose they are, and so whom they count against, is not known.
  package func owners() -> (owners: [Owner], unattributed: [Int]) {
    var unattributed: [Int] = []
    var order: [String] = []
    var tokensByOwner: [String: (user: User, tokens: [Int])] = [:]
    for token in self {
      guard case .value(let user) = token.user, case .value(let id) = user.id, !id.isEmpty else {
        unattributed.append(token.index)
        continue
      }
      if tokensByOwner[id] == nil { order.append(id) }
      tokensByOwner[id, default: (user, [])].tokens.append(token.index)
    }
    let owners = order.compactMap { id in
      tokensByOwner[id].map { Owner(id: id, user: $0.user, tokens: $0.tokens) }
    }
    return (owners, unattributed)
  }
}
