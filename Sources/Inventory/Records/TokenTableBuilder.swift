/// Fills a `TokenTable` record by record.
package struct TokenTableBuilder: Sendable {
  private var rows: [TokenTable.Row] = []
  private var texts: [UInt8] = []
  private var problems: [Int: [RecordProblem]] = [:]
  private var statuses = Interned<String>()
  private var users = Interned<User>()
  private var scopeLists = Interned<[String]>()

  package init() {}

  /// The number of tokens so far.
  package var count: Int { rows.count }

  /// Consumes one record and returns its id; throws only when the bytes are not JSON.
  @discardableResult
  package mutating func append(_ scanner: inout JSONScanner) throws(JSONError) -> String {
    var reader = FieldReader()
    var row = TokenTable.Row()
    var id: Field<String> = .absent
    var label: Field<String> = .absent
    let start = try scanner.startOfValue()
    if try scanner.peek() == .object {
      try reader.members(of: &scanner) { reader, scanner, name throws(JSONError) in
        switch name {
        case "id": id = try reader.text(&scanner, name)
        case "label": label = try reader.text(&scanner, name)
        case "status": row.status = statuses.index(of: try reader.text(&scanner, name))
        case "createdAt": row.createdAt = Self.number(try reader.instant(&scanner, name))
        case "expiresAt": row.expiresAt = Self.number(try reader.instant(&scanner, name))
        case "lastActiveAt": row.lastActiveAt = Self.number(try reader.instant(&scanner, name))
        case "user": row.user = users.index(of: try reader.user(&scanner, name))
        case "scopes": row.scopes = scopeLists.index(of: try reader.texts(&scanner, name))
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
    store(&row, identity, label)
    if !reader.problems.isEmpty { problems[rows.count] = reader.problems }
    rows.append(row)
    return identity
  }

  package consuming func build() -> TokenTable {
    TokenTable(
      rows: rows, texts: texts, statuses: statuses.values, users: users.values, scopeLists: scopeLists.values,
      problems: problems)
  }

  private mutating func store(_ row: inout TokenTable.Row, _ id: String, _ label: Field<String>) {
    row.textOffset = texts.count
    texts.append(contentsOf: id.utf8)
    row.idLength = UInt32(texts.count - row.textOffset)
    switch label {
    case .absent: row.labelLength = TokenTable.absent()
    case .unknown: row.labelLength = TokenTable.unknown()
    case .value(let text):
      texts.append(contentsOf: text.utf8)
      row.labelLength = Int32(texts.count - row.textOffset - Int(row.idLength))
    }
  }

  private static func number(_ field: Field<Instant>) -> Int64 {
    switch field {
    case .absent: TokenTable.absent()
    case .unknown: TokenTable.unknown()
    case .value(let instant): instant.milliseconds
    }
  }
}

/// Values that repeat, each kept once and named by its index.
private struct Interned<Value: Hashable & Sendable>: Sendable {
  private(set) var values: [Value] = []
  private var indexes: [Value: Int32] = [:]

  mutating func index(of field: Field<Value>) -> Int32 {
    switch field {
    case .absent: return TokenTable.absent()
    case .unknown: return TokenTable.unknown()
    case .value(let value):
      if let index = indexes[value] { return index }
      let index = Int32(values.count)
      values.append(value)
      indexes[value] = index
      return index
    }
  }
}
