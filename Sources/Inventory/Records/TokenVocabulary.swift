internal import Synchronization

/// What tokens have in common: values that repeat, each kept once and named by its index.
package final class TokenVocabulary: Sendable {
  let statuses: [String]
  /// Of each status, whether it is `BLOCKED`.
  let isBlocked: [Bool]
  let users: UserTable
  let scopeLists: [[String]]
  /// What is wrong with tokens with fields that could not be read.
  let problemLists: [[RecordProblem]]

  fileprivate init(
    statuses: [String], users: UserTable, scopeLists: [[String]], problemLists: [[RecordProblem]]
  ) {
    self.statuses = statuses
    isBlocked = statuses.map { $0 == "BLOCKED" }
    self.users = users
    self.scopeLists = scopeLists
    self.problemLists = problemLists
  }

  package var statusCount: Int { statuses.count }
  package var userCount: Int { users.count }
  package func user(_ index: Int) -> TokenUser { TokenUser(vocabulary: self, index: index) }

  /// Appends a person's account id as UTF-8; false when there is none, or none that can be read.
  package func appendUserID(_ index: Int, to text: inout [UInt8]) -> Bool { users.appendID(index, to: &text) }
  /// Whether a person's account id is there and can be read.
  package func hasUserID(_ index: Int) -> Bool { users.hasID(index) }
  /// Appends a person's name as UTF-8; false when there is none, or none that can be read.
  package func appendUserName(_ index: Int, to text: inout [UInt8]) -> Bool { users.appendName(index, to: &text) }
  /// Appends a person's e-mail address as UTF-8; false when there is none, or none that can be read.
  package func appendUserEmail(_ index: Int, to text: inout [UInt8]) -> Bool { users.appendEmail(index, to: &text) }
  package var scopeListCount: Int { scopeLists.count }
  package var problemListCount: Int { problemLists.count }
}

/// Fills a `TokenVocabulary`, for several decoders at the same time. A value gets the index that it has already;
/// whether that is so is told by all of its bytes.
final class TokenVocabularyBuilder: Sendable {
  private let values = Mutex(Values())

  private struct Values {
    var statuses: [String] = []
    var scopeLists: [[String]] = []
    var problemLists: [[RecordProblem]] = []
    /// By the bytes of the texts: texts that are equal as Strings may have different ones.
    var statusIndexes: [[UInt8]: Int32] = [:]
    var scopeListIndexes: [[UInt8]: Int32] = [:]
    var problemListIndexes: [[UInt8]: Int32] = [:]
    var users = UserTableBuilder()
  }

  func status(_ text: String) -> Int32 {
    values.withLock { values in
      index(of: Array(text.utf8), in: &values.statusIndexes) { values.statuses.append(text) }
    }
  }

  func scopes(_ list: [String]) -> Int32 {
    values.withLock { values in
      // No UTF-8 has the byte between the texts.
      index(of: Array(list.map { Array($0.utf8) + [0xFF] }.joined()), in: &values.scopeListIndexes) {
        values.scopeLists.append(list)
      }
    }
  }

  /// The indexes of lists of problems, by what they belong to.
  func problems(_ lists: [Int: [RecordProblem]]) -> [Int: Int32] {
    guard !lists.isEmpty else { return [:] }
    let keyed = lists.mapValues { list in
      (Array(list.map { Array($0.field.utf8) + [0xFF] + Array($0.message.utf8) + [0xFF] }.joined()), list)
    }
    return values.withLock { values in
      keyed.mapValues { bytes, list in
        index(of: bytes, in: &values.problemListIndexes) { values.problemLists.append(list) }
      }
    }
  }

  private func index(of bytes: [UInt8], in indexes: inout [[UInt8]: Int32], _ append: () -> Void) -> Int32 {
    if let index = indexes[bytes] { return index }
    let index = Int32(indexes.count)
    indexes[bytes] = index
    append()
    return index
  }

  /// The number of an organization's id, for `UserText`.
  func organization(_ id: String) -> Int32 { values.withLock { $0.users.organization(id) } }

  func user(_ user: User) -> Int32 { values.withLock { $0.users.index(of: user) } }

  /// The indexes of people who are named in bytes, and of others after them.
  func users(_ bytes: RawSpan, _ users: [UserText], others: [User]) -> [Int32] {
    values.withLock { values in
      values.users.indexes(bytes, users) + others.map { values.users.index(of: $0) }
    }
  }

  func build() -> TokenVocabulary {
    values.withLock {
      TokenVocabulary(
        statuses: $0.statuses, users: $0.users.table, scopeLists: $0.scopeLists, problemLists: $0.problemLists)
    }
  }
}
