/// Consecutive tokens of a `TokenTable`, field by field.
package final class TokenSegment: Sendable {
  package let count: Int
  // One element for each token. A field that is no plain number is an index into the vocabulary's lists; the two lowest
  // values of each type stand for absent and unknown.
  let createdAt: TimeColumn
  let expiresAt: TimeColumn
  let lastActiveAt: TimeColumn
  let user: [Int32]
  let scopes: NumberColumn
  let status: NumberColumn
  /// Where the label begins in `texts`; the id stands before it.
  let labelOffset: [UInt32]
  let labelLength: NumberColumn
  /// The length of the id in `texts`; absent for one that is kept as a UUID's bytes.
  private let idLength: NumberColumn
  /// The tokens' ids and labels, one after the other, as UTF-8.
  let texts: [UInt8]
  /// Of tokens with fields that could not be read, the index of the list of what is wrong with them.
  let problems: [Int: Int32]

  init(_ rows: [TokenRow], texts: [UInt8], problems: [Int: Int32]) {
    count = rows.count
    createdAt = TimeColumn(rows.lazy.map(\.createdAt))
    expiresAt = TimeColumn(rows.lazy.map(\.expiresAt))
    lastActiveAt = TimeColumn(rows.lazy.map(\.lastActiveAt))
    user = rows.map(\.user)
    scopes = NumberColumn(rows.map(\.scopes))
    status = NumberColumn(rows.map(\.status))
    labelOffset = rows.map(\.labelOffset)
    labelLength = NumberColumn(rows.map(\.labelLength))
    idLength = NumberColumn(rows.map(\.idLength))
    self.texts = texts
    self.problems = problems
  }

  /// The id of a token.
  func id(_ row: Int) -> String {
    let texts = texts
    let end = Int(labelOffset[row])
    let length = idLength[row]
    guard length < 0 else { return String(decoding: texts[end - Int(length)..<end], as: UTF8.self) }
    var id: [UInt8] = []
    unsafe UUIDBytes(bytes: texts.span.bytes, at: end - UUIDBytes.byteCount).appendText(to: &id)
    return String(decoding: id, as: UTF8.self)
  }

  /// The label of a token that has one.
  func label(_ row: Int) -> String {
    let start = Int(labelOffset[row])
    return String(decoding: texts[start..<start + Int(labelLength[row])], as: UTF8.self)
  }
}

/// One token of a `TokenSegment` that is being read.
struct TokenRow: Sendable {
  var createdAt: Int64 = TokenTable.absent()
  var expiresAt: Int64 = TokenTable.absent()
  var lastActiveAt: Int64 = TokenTable.absent()
  var user: Int32 = TokenTable.absent()
  var scopes: Int32 = TokenTable.absent()
  var status: Int32 = TokenTable.absent()
  var labelOffset: UInt32 = 0
  var labelLength: Int32 = TokenTable.absent()
  /// Absent for an id that is kept as a UUID's bytes.
  var idLength: Int32 = TokenTable.absent()
}
