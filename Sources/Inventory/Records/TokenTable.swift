/// All API tokens of an organization, compactly: what repeats (people, scope lists, statuses) is kept once, ids and
/// labels lie in one run of bytes, dates are integers. A million tokens are the size that this is made for.
package final class TokenTable: Sendable {
  let rows: [Row]
  /// The rows' ids and labels, one after the other, as UTF-8.
  let texts: [UInt8]
  let statuses: [String]
  let users: [User]
  let scopeLists: [[String]]
  /// Rows with fields that could not be read.
  let problems: [Int: [RecordProblem]]

  init(
    rows: [Row], texts: [UInt8], statuses: [String], users: [User], scopeLists: [[String]],
    problems: [Int: [RecordProblem]]
  ) {
    self.rows = rows
    self.texts = texts
    self.statuses = statuses
    self.users = users
    self.scopeLists = scopeLists
    self.problems = problems
  }

  /// One token. A field that is no plain number is an index into the table's lists; the two lowest values of each
  /// field's type stand for absent and unknown.
  struct Row: Sendable {
    /// Where the id begins in `texts`; the label follows it.
    var textOffset = 0
    var idLength: UInt32 = 0
    var labelLength: Int32 = TokenTable.absent()
    var createdAt: Int64 = TokenTable.absent()
    var expiresAt: Int64 = TokenTable.absent()
    var lastActiveAt: Int64 = TokenTable.absent()
    var user: Int32 = TokenTable.absent()
    var scopes: Int32 = TokenTable.absent()
    var status: Int32 = TokenTable.absent()
  }

  static func absent<Number: FixedWidthInteger>() -> Number { .min }
  static func unknown<Number: FixedWidthInteger>() -> Number { .min + 1 }

  func text(at offset: Int, length: Int) -> String {
    String(decoding: texts[offset..<(offset + length)], as: UTF8.self)
  }
}

extension TokenTable: RandomAccessCollection {
  package var startIndex: Int { 0 }
  package var endIndex: Int { rows.count }
  package subscript(position: Int) -> APIToken { APIToken(table: self, index: position) }
}
