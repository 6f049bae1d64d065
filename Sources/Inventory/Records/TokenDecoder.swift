/// Reads the records of API tokens into segments of a `TokenTable`.
struct TokenDecoder: Sendable {
  var vocabulary = TokenVocabularyBuilder()
  private let number: Int
  private(set) var rows: [TokenSegment.Row] = []
  private var texts: [UInt8] = []
  private var problems: [Int: [RecordProblem]] = [:]

  /// - Parameter number: of the vocabulary among those of the table.
  init(vocabulary number: Int) { self.number = number }

  /// The number of tokens in the segment so far.
  var count: Int { rows.count }

  /// Ends the segment; nil when it has no tokens.
  mutating func closeSegment() -> TokenSegment? {
    guard !rows.isEmpty else { return nil }
    defer {
      // The next segment will be about as long; arrays that are handed over keep no more than they need.
      (rows, texts, problems) = ([], [], [:])
    }
    return TokenSegment(rows: rows, texts: texts, problems: problems, vocabulary: number)
  }

  mutating func reserve(rows rowCount: Int, texts textCount: Int) {
    rows.reserveCapacity(rowCount)
    texts.reserveCapacity(textCount)
  }

  /// Consumes one record and returns its id; throws only when the bytes are not JSON.
  mutating func append(_ scanner: inout JSONScanner) throws(JSONError) -> String {
    var reader = FieldReader()
    var row = TokenSegment.Row()
    var id: Field<String> = .absent
    var label: Field<String> = .absent
    let start = try scanner.startOfValue()
    if try scanner.peek() == .object {
      try reader.members(of: &scanner) { reader, scanner, name throws(JSONError) in
        switch name {
        case "id": id = try reader.text(&scanner, name)
        case "label": label = try reader.text(&scanner, name)
        case "status": row.status = Self.number(try reader.text(&scanner, name)) { vocabulary.status($0) }
        case "createdAt": row.createdAt = Self.number(try reader.instant(&scanner, name)) { $0.milliseconds }
        case "expiresAt": row.expiresAt = Self.number(try reader.instant(&scanner, name)) { $0.milliseconds }
        case "lastActiveAt": row.lastActiveAt = Self.number(try reader.instant(&scanner, name)) { $0.milliseconds }
        case "user": row.user = Self.number(try reader.user(&scanner, name)) { vocabulary.user($0) }
        case "scopes": row.scopes = Self.number(try reader.texts(&scanner, name)) { vocabulary.scopes($0) }
        default: try scanner.skipValue()
        }
      }
    } else {
      try scanner.skipValue()
      label = reader.problem("", notAnObject)
      (row.createdAt, row.expiresAt, row.lastActiveAt) =
        (TokenTable.unknown(), TokenTable.unknown(), TokenTable.unknown())
      (row.user, row.scopes, row.status) = (TokenTable.unknown(), TokenTable.unknown(), TokenTable.unknown())
    }
    let identity = identity(id, of: scanner, from: start, &reader)
    row.textOffset = UInt32(texts.count)
    texts.append(contentsOf: identity.utf8)
    row.idLength = UInt32(identity.utf8.count)
    row.labelLength = Self.number(label) { text in
      texts.append(contentsOf: text.utf8)
      return Int32(text.utf8.count)
    }
    if !reader.problems.isEmpty { problems[rows.count] = reader.problems }
    rows.append(row)
    return identity
  }

  /// Appends a record that has been read without a problem.
  mutating func append(_ row: TokenSegment.Row, _ bytes: RawSpan, id: Range<Int>, label: Range<Int>?) {
    var row = row
    row.textOffset = UInt32(texts.count)
    bytes.append(id, to: &texts)
    row.idLength = UInt32(id.count)
    if let label {
      bytes.append(label, to: &texts)
      row.labelLength = Int32(label.count)
    }
    rows.append(row)
  }

  /// Takes back the last record.
  mutating func removeLast() {
    rows.removeLast()
    problems[rows.count] = nil
  }

  private static func number<Value, Number: FixedWidthInteger>(
    _ field: Field<Value>, _ number: (Value) -> Number
  ) -> Number {
    switch field {
    case .absent: TokenTable.absent()
    case .unknown: TokenTable.unknown()
    case .value(let value): number(value)
    }
  }
}
