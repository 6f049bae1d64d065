/// Consecutive tokens of a `TokenTable`, field by field.
package final class TokenSegment: Sendable {
  package let count: Int
  // One element for each token. A field that is no plain number is an index into the vocabulary's lists; the two lowest
  // values of each type stand for absent and unknown.
  let createdAt: [Int64]
  let expiresAt: [Int64]
  let lastActiveAt: [Int64]
  let user: [Int32]
  let scopes: [Int32]
  let status: [Int32]
  /// Where the label begins in `texts`; the id stands before it.
  let labelOffset: [UInt32]
  let labelLength: [Int32]
  /// The length of the id in `texts`; `uuidLength` when it is kept as a UUID's bytes.
  let idLength: [UInt32]
  /// The tokens' ids and labels, one after the other, as UTF-8.
  let texts: [UInt8]
  /// Tokens with fields that could not be read.
  let problems: [Int: [RecordProblem]]

  static let uuidLength: UInt32 = .max

  init(_ rows: [TokenRow], texts: [UInt8], problems: [Int: [RecordProblem]]) {
    count = rows.count
    createdAt = rows.map(\.createdAt)
    expiresAt = rows.map(\.expiresAt)
    lastActiveAt = rows.map(\.lastActiveAt)
    user = rows.map(\.user)
    scopes = rows.map(\.scopes)
    status = rows.map(\.status)
    labelOffset = rows.map(\.labelOffset)
    labelLength = rows.map(\.labelLength)
    idLength = rows.map(\.idLength)
    self.texts = texts
    self.problems = problems
  }

  /// The id of a token.
  func id(_ row: Int) -> String {
    let end = Int(labelOffset[row])
    var id: [UInt8] = []
    if idLength[row] == Self.uuidLength {
      let texts = texts
      unsafe UUIDBytes(bytes: texts.span.bytes, at: end - UUIDBytes.byteCount).appendText(to: &id)
    } else {
      id.append(contentsOf: texts[end - Int(idLength[row])..<end])
    }
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
  var idLength: UInt32 = 0
}
