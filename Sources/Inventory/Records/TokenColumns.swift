extension TokenSegment {
  /// The fields of a segment's tokens, column by column: milliseconds since 1970, and indexes into the vocabulary. The
  /// two lowest values of each type stand for absent and unknown.
  package struct Columns: Sendable {
    package let count: Int
    package let createdAt: [Int64]
    package let expiresAt: [Int64]
    package let lastActiveAt: [Int64]
    package let user: [Int32]
    package let scopes: [Int32]
    package let status: [Int32]
    /// The lengths of the labels in bytes.
    package let label: [Int32]
    /// Where the labels begin in `texts`; of no meaning for a token without one.
    package let labelOffset: [UInt32]
    /// The labels as UTF-8, among other texts.
    package let texts: [UInt8]
    /// The tokens with fields that could not be read.
    package let unreadable: [Int]
    /// How many values the vocabularies before this segment's have.
    package let firstUser: Int
    package let firstScopeList: Int
    package let firstStatus: Int
    private let blocked: [Bool]

    init(_ segment: TokenSegment, _ vocabularies: [TokenVocabulary]) {
      let rows = segment.rows
      count = rows.count
      createdAt = rows.map(\.createdAt)
      expiresAt = rows.map(\.expiresAt)
      lastActiveAt = rows.map(\.lastActiveAt)
      user = rows.map(\.user)
      scopes = rows.map(\.scopes)
      status = rows.map(\.status)
      label = rows.map(\.labelLength)
      labelOffset = rows.map { $0.textOffset + $0.idLength }
      texts = segment.texts
      unreadable = Array(segment.problems.keys)
      let before = vocabularies[..<segment.vocabulary]
      firstUser = before.reduce(0) { $0 + $1.userCount }
      firstScopeList = before.reduce(0) { $0 + $1.scopeListCount }
      firstStatus = before.reduce(0) { $0 + $1.statusCount }
      blocked = vocabularies[segment.vocabulary].isBlocked
    }

    /// Whether the token's status is known to be `BLOCKED`.
    package func isBlocked(_ index: Int) -> Bool { status[index] >= 0 && blocked[Int(status[index])] }
  }
}

extension TokenTable {
  package func columns(of segment: Int) -> TokenSegment.Columns {
    TokenSegment.Columns(segments[segment], vocabularies)
  }
}

extension TokenTable {
  /// Calls `body` with the row and the expiry, in milliseconds since 1970, of each token of a segment that has one and
  /// is not known to be blocked.
  package func forEachUnblocked(_ segment: Int, _ body: (Int, Int64) -> Void) {
    let isBlocked = vocabularies[segments[segment].vocabulary].isBlocked
    for (row, fields) in segments[segment].rows.enumerated() {
      guard fields.expiresAt > Self.unknown(), fields.status < 0 || !isBlocked[Int(fields.status)] else { continue }
      body(row, fields.expiresAt)
    }
  }
}
