/// Reads the fields of one record with the three states that `Field` has, and collects what could not be read.
struct FieldReader {
  var problems: [RecordProblem] = []
  private var seen: Set<String> = []

  static let notADateTime = "is not a date-time"

  /// Consumes a string or null.
  mutating func text(_ scanner: inout JSONScanner, _ name: String) throws(JSONError) -> Field<String> {
    try typed(&scanner, name, .string, "is not a string") { scanner throws(JSONError) in
      .value(scanner.text(try scanner.readString()))
    }
  }

  /// Consumes an RFC 3339 string or null.
  mutating func instant(_ scanner: inout JSONScanner, _ name: String) throws(JSONError) -> Field<Instant> {
    try typed(&scanner, name, .string, Self.notADateTime) { scanner throws(JSONError) in
      let string = try scanner.readString()
      guard let instant = Instant(utf8: scanner.unescaped(string)[...]) else { return nil }
      return .value(instant)
    }
  }

  /// Consumes an array of strings or null.
  mutating func texts(_ scanner: inout JSONScanner, _ name: String) throws(JSONError) -> Field<[String]> {
    try typed(&scanner, name, .array, "is not a list of strings") { scanner throws(JSONError) in
      var texts: [String]? = []
      try scanner.readArray { scanner throws(JSONError) in
        if try scanner.peek() == .string {
          texts?.append(scanner.text(try scanner.readString()))
        } else {
          try scanner.skipValue()
          texts = nil
        }
      }
      return texts.map { .value($0) }
    }
  }

  /// Consumes an object with the fields of a person, or null.
  mutating func user(_ scanner: inout JSONScanner, _ name: String) throws(JSONError) -> Field<User> {
    guard !isRepeated(name) else { return try skipRepeated(&scanner, name) }
    guard try scanner.peek() == .object else { return try refuse(&scanner, name, "is not an object") }
    var user = User()
    try members(of: &scanner) { reader, scanner, member throws(JSONError) in
      switch member {
      case "id": user.id = try reader.text(&scanner, name + ".id")
      case "orgId": user.orgID = try reader.text(&scanner, name + ".orgId")
      case "name": user.name = try reader.text(&scanner, name + ".name")
      case "email": user.email = try reader.text(&scanner, name + ".email")
      default: try scanner.skipValue()
      }
    }
    return .value(user)
  }

  /// Walks an object's members, handing the reader along.
  mutating func members(
    of scanner: inout JSONScanner,
    _ member: (inout FieldReader, inout JSONScanner, String) throws(JSONError) -> Void
  ) throws(JSONError) {
    try scanner.readObject { scanner, key throws(JSONError) in try member(&self, &scanner, scanner.text(key)) }
  }

  /// Whether the field has been met in this record before; remembers that it has now.
  mutating func isRepeated(_ name: String) -> Bool { !seen.insert(name).inserted }

  /// Notes that a field stands twice in its record, where it is anybody's guess which of the two counts.
  mutating func repeated<Value>(_ name: String) -> Field<Value> { problem(name, "stands twice in the record") }

  mutating func skipRepeated<Value>(_ scanner: inout JSONScanner, _ name: String) throws(JSONError) -> Field<Value> {
    try scanner.skipValue()
    return repeated(name)
  }

  mutating func problem<Value>(_ name: String, _ message: String) -> Field<Value> {
    .unknown(note(name, message))
  }

  /// Puts a problem on record and returns it in words.
  mutating func note(_ name: String, _ message: String) -> String {
    let problem = RecordProblem(field: name, message: message)
    problems.append(problem)
    return problem.text
  }

  /// Consumes a value that is null (absent) or of another kind than it should be (a problem).
  mutating func refuse<Value>(
    _ scanner: inout JSONScanner, _ name: String, _ message: String
  ) throws(JSONError) -> Field<Value> {
    if try scanner.peek() == .null {
      try scanner.readNull()
      return .absent
    }
    try scanner.skipValue()
    return problem(name, message)
  }

  /// `read` consumes a value of the expected kind and returns nil when its content is not what it should be.
  private mutating func typed<Value>(
    _ scanner: inout JSONScanner, _ name: String, _ kind: JSONScanner.Kind, _ message: String,
    _ read: (inout JSONScanner) throws(JSONError) -> Field<Value>?
  ) throws(JSONError) -> Field<Value> {
    guard !isRepeated(name) else { return try skipRepeated(&scanner, name) }
    guard try scanner.peek() == kind else { return try refuse(&scanner, name, message) }
    return try read(&scanner) ?? problem(name, message)
  }
}
