/// Consecutive tokens of a `TokenTable`.
package final class TokenSegment: Sendable {
  let rows: [Row]
  /// The rows' ids and labels, one after the other, as UTF-8.
  let texts: [UInt8]
  /// Rows with fields that could not be read.
  let problems: [Int: [RecordProblem]]
  /// Which of the table's vocabularies the rows' numbers are of.
  package let vocabulary: Int

  init(rows: [Row], texts: [UInt8], problems: [Int: [RecordProblem]], vocabulary: Int) {
    self.rows = rows
    self.texts = texts
    self.problems = problems
    self.vocabulary = vocabulary
  }

  package var count: Int { rows.count }

  /// One token. A field that is no plain number is an index into the vocabulary's lists; the two lowest values of each
  /// field's type stand for absent and unknown.
  struct Row: Sendable {
    var createdAt: Int64 = TokenTable.absent()
    var expiresAt: Int64 = TokenTable.absent()
    var lastActiveAt: Int64 = TokenTable.absent()
    var user: Int32 = TokenTable.absent()
    var scopes: Int32 = TokenTable.absent()
    var status: Int32 = TokenTable.absent()
    /// Where the id begins in `texts`; the label follows it.
    var textOffset: UInt32 = 0
    var idLength: UInt32 = 0
    var labelLength: Int32 = TokenTable.absent()
  }

  func text(at offset: Int, length: Int) -> String {
    String(decoding: texts[offset..<(offset + length)], as: UTF8.self)
  }
}
