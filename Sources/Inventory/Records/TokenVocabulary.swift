/// What tokens have in common: values that repeat, each kept once and named by its index.
package final class TokenVocabulary: Sendable {
  let statuses: [String]
  /// Of each status, whether it is `BLOCKED`.
  let isBlocked: [Bool]
  let users: UserTable
  let scopeLists: [[String]]

  init(statuses: [String], users: UserTable, scopeLists: [[String]]) {
    self.statuses = statuses
    isBlocked = statuses.map { $0 == "BLOCKED" }
    self.users = users
    self.scopeLists = scopeLists
  }

  package var statusCount: Int { statuses.count }
  package var userCount: Int { users.count }
  package var scopeListCount: Int { scopeLists.count }
}

/// Fills a `TokenVocabulary`. A value gets the index that it has already; whether that is so is told by all of its
/// bytes. One that is met in two spellings, with and without escapes, may have two.
struct TokenVocabularyBuilder: Sendable {
  private var statuses: [String] = []
  private var statusBytes = InternedBytes()
  private var scopeLists: [[String]] = []
  /// The JSON text of scope lists without escapes, and which list each is.
  private var scopeBytes = InternedBytes()
  private var scopeBytesLists: [Int32] = []
  private var scopeIndexes: [[String]: Int32] = [:]
  private var users = UserTableBuilder()

  mutating func status(_ text: String) -> Int32 {
    let bytes = Array(text.utf8)
    return unsafe status(bytes.span.bytes, 0..<bytes.count)
  }

  mutating func status(_ bytes: RawSpan, _ range: Range<Int>) -> Int32 {
    let (index, isNew) = statusBytes.index(of: bytes, range)
    if isNew { statuses.append(bytes.text(range)) }
    return index
  }

  mutating func scopes(_ list: [String]) -> Int32 {
    if let index = scopeIndexes[list] { return index }
    let index = Int32(scopeLists.count)
    scopeLists.append(list)
    scopeIndexes[list] = index
    return index
  }

  /// - Parameters:
  ///   - array: the list's JSON text.
  ///   - elements: reads the list from it, when it is new.
  mutating func scopes(_ bytes: RawSpan, _ array: Range<Int>, _ elements: () -> [String]) -> Int32 {
    let (index, isNew) = scopeBytes.index(of: bytes, array)
    if isNew { scopeBytesLists.append(scopes(elements())) }
    return scopeBytesLists[Int(index)]
  }

  mutating func user(_ user: User) -> Int32 { users.index(of: user) }
  mutating func user(_ bytes: RawSpan, _ parts: UserTableBuilder.Parts) -> Int32 { users.index(of: bytes, parts) }

  func build() -> TokenVocabulary {
    TokenVocabulary(statuses: statuses, users: users.table, scopeLists: scopeLists)
  }
}
