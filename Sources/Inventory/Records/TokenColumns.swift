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
    /// Of the tokens with fields that could not be read, which list of problems they have.
    package let problems: [Int: Int32]
    private let blocked: [Bool]

    fileprivate init(_ segment: TokenSegment, _ vocabulary: TokenVocabulary) {
      count = segment.count
      createdAt = segment.createdAt.times
      expiresAt = segment.expiresAt.times
      lastActiveAt = segment.lastActiveAt.times
      user = segment.user
      scopes = segment.scopes.numbers
      status = segment.status.numbers
      label = segment.labelLength.numbers
      labelOffset = segment.labelOffset
      texts = segment.texts
      problems = segment.problems
      blocked = vocabulary.isBlocked
    }

    /// Whether the token's status is known to be `BLOCKED`.
    package func isBlocked(_ index: Int) -> Bool { status[index] >= 0 && blocked[Int(status[index])] }
  }
}

extension TokenTable {
  package func columns(of segment: Int) -> TokenSegment.Columns {
    TokenSegment.Columns(segments[segment], vocabulary)
  }

  /// Calls `body` with the row and the expiry, in milliseconds since 1970, of each token of a segment that has one and
  /// is not known to be blocked.
  package func forEachUnblocked(_ segment: Int, _ body: (Int, Int64) -> Void) {
    let isBlocked = vocabulary.isBlocked
    let (expiresAt, status) = (segments[segment].expiresAt.times, segments[segment].status.numbers)
    for row in expiresAt.indices {
      guard expiresAt[row] > Self.unknown(), status[row] < 0 || !isBlocked[Int(status[row])] else { continue }
      body(row, expiresAt[row])
    }
  }
}
