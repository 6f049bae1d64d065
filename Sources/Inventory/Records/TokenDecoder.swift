/// Reads the records of API tokens into segments of a `TokenTable`.
struct TokenDecoder: Sendable {
  let vocabulary: TokenVocabularyBuilder
  private var rows: [TokenRow] = []
  private var texts: [UInt8] = []
  private var problems: [Int: [RecordProblem]] = [:]
  /// People who are looked up when the segment ends, and whose rows they are.
  private var users: [UserText] = []
  private var userRows: [Int] = []
  private var otherUsers: [User] = []
  private var otherUserRows: [Int] = []

  init(vocabulary: TokenVocabularyBuilder) { self.vocabulary = vocabulary }

  /// The number of tokens in the segment so far.
  var count: Int { rows.count }

  /// Ends the segment; nil when it has no tokens.
  mutating func closeSegment() -> TokenSegment? {
    let none: [UInt8] = []
    return unsafe closeSegment(none.span.bytes)
  }

  /// Ends the segment; nil when it has no tokens.
  /// - Parameter bytes: in which the users of the segment's tokens are named.
  mutating func closeSegment(_ bytes: RawSpan) -> TokenSegment? {
    guard !rows.isEmpty else { return nil }
    // All at once: other decoders wait meanwhile.
    let indexes = vocabulary.users(bytes, users, others: otherUsers)
    for (row, user) in zip(userRows + otherUserRows, indexes) { rows[row].user = user }
    defer {
      // The next segment will be about as long.
      rows.removeAll(keepingCapacity: true)
      texts.removeAll(keepingCapacity: true)
      users.removeAll(keepingCapacity: true)
      userRows.removeAll(keepingCapacity: true)
      (otherUsers, otherUserRows) = ([], [])
      problems = [:]
    }
    // A copy, which has no more room than it needs.
    var copy: [UInt8] = []
    copy.reserveCapacity(texts.count)
    copy.append(contentsOf: texts)
    return TokenSegment(rows, texts: copy, problems: vocabulary.problems(problems))
  }

  /// Consumes one record and returns its id; throws only when the bytes are not JSON.
  mutating func append(_ scanner: inout JSONScanner) throws(JSONError) -> String {
    var reader = FieldReader()
    var row = TokenRow()
    var id: Field<String> = .absent
    var label: Field<String> = .absent
    let start = try scanner.startOfValue()
    if try scanner.peek() == .object {
      try reader.members(of: &scanner) { reader, scanner, name throws(JSONError) in
        switch name {
        case "id": id = try reader.text(&scanner, name)
        case "label": label = try reader.text(&scanner, name)
        case "status": row.status = Self.number(try reader.text(&scanner, name)) { vocabulary.status($0) }
        case "createdAt": row.createdAt = Self.time(try reader.instant(&scanner, name))
        case "expiresAt": row.expiresAt = Self.time(try reader.instant(&scanner, name))
        case "lastActiveAt": row.lastActiveAt = Self.time(try reader.instant(&scanner, name))
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
      (row.user, row.scopes, row.status) =
        (TokenTable.unknown(), TokenTable.unknown(), TokenTable.unknown())
    }
    let identity = identity(id, of: scanner, from: start, &reader)
    appendID(identity, to: &row)
    row.labelLength = Self.number(label) { text in
      texts.append(contentsOf: text.utf8)
      return Int32(text.utf8.count)
    }
    append(row, reader.problems)
    return identity
  }

  // MARK: - Records that are read otherwise: the id, then the label, then the row

  mutating func appendID(_ id: UUIDBytes, to row: inout TokenRow) {
    id.append(to: &texts)
    row.labelOffset = UInt32(texts.count)
  }

  mutating func appendID(_ bytes: RawSpan, _ range: Range<Int>, to row: inout TokenRow) {
    bytes.append(range, to: &texts)
    row.idLength = Int32(range.count)
    row.labelOffset = UInt32(texts.count)
  }

  mutating func appendID(_ id: String, to row: inout TokenRow) {
    let bytes = Array(id.utf8)
    let span = unsafe bytes.span.bytes
    if bytes.count == UUIDBytes.characterCount, let uuid = UUIDBytes(span, at: 0) {
      appendID(uuid, to: &row)
    } else {
      appendID(span, 0..<bytes.count, to: &row)
    }
  }

  mutating func appendLabel(_ bytes: RawSpan, _ range: Range<Int>, to row: inout TokenRow) {
    bytes.append(range, to: &texts)
    row.labelLength = Int32(range.count)
  }

  mutating func append(_ row: TokenRow, _ recordProblems: [RecordProblem]) {
    if !recordProblems.isEmpty { problems[rows.count] = recordProblems }
    rows.append(row)
  }

  /// The user of the row that is appended next, to be looked up when the segment ends.
  mutating func append(_ user: UserText) {
    users.append(user)
    userRows.append(rows.count)
  }

  mutating func append(_ user: User) {
    otherUsers.append(user)
    otherUserRows.append(rows.count)
  }

  /// Takes back the last record.
  mutating func removeLast() {
    rows.removeLast()
    problems[rows.count] = nil
    if userRows.last == rows.count {
      users.removeLast()
      userRows.removeLast()
    }
    if otherUserRows.last == rows.count {
      otherUsers.removeLast()
      otherUserRows.removeLast()
    }
  }

  private static func number<Value>(_ field: Field<Value>, _ number: (Value) -> Int32) -> Int32 {
    switch field {
    case .absent: TokenTable.absent()
    case .unknown: TokenTable.unknown()
    case .value(let value): number(value)
    }
  }

  private static func time(_ field: Field<Instant>) -> Int64 {
    switch field {
    case .absent: TokenTable.absent()
    case .unknown: TokenTable.unknown()
    case .value(let instant): instant.milliseconds
    }
  }
}
