// The clause `%s`.
extension FormatOutput {
  /// Writes a value as people read it: text as it is, lists in brackets, maps in braces sorted by their keys' text.
  mutating func append(readable value: Value, _ frame: inout Frame) throws(EvaluationError) {
    switch value {
    case .null: try append("null", &frame)
    case .bool(let flag): try append(flag ? "true" : "false", &frame)
    case .int(let number): try append(String(number), &frame)
    case .uint(let number): try append(String(number), &frame)
    case .double(let number): try append(NumberText.plain(number), &frame)
    case .string(let text): try append(text, &frame)
    case .bytes(let bytes): try append(Self.text(bytes), &frame)
    case .timestamp(let instant): try append(instant.text, &frame)
    case .duration(let span): try append(span.text, &frame)
    case .type(let type): try append(type.name, &frame)
    case .list(let list): try append(list, &frame)
    case .map(let map): try append(map, &frame)
    case .optional, .object, .opaque:
      throw value.failure
        ?? EvaluationError("format: `%s` can't write a value of type \(value.type.name)", kind: .noSuchOverload)
    }
  }

  private mutating func append(_ list: ListValue, _ frame: inout Frame) throws(EvaluationError) {
    try frame.budget.enter()
    defer { frame.budget.leave() }
    try append("[", &frame)
    for index in 0..<list.count {
      if index > 0 { try append(", ", &frame) }
      try append(readable: list[index], &frame)
    }
    try append("]", &frame)
  }

  private mutating func append(_ map: MapValue, _ frame: inout Frame) throws(EvaluationError) {
    try frame.budget.enter()
    defer { frame.budget.leave() }
    var entries: [(key: String, value: Value)] = []
    for entry in map.entries {
      var key = FormatOutput()
      try key.append(readable: entry.key, &frame)
      entries.append((key.text, entry.value))
    }
    entries.sort { precedesByCodePoints($0.key, $1.key) }
    try append("{", &frame)
    for (index, entry) in entries.enumerated() {
      try append("\(index > 0 ? ", " : "")\(entry.key): ", &frame)
      try append(readable: entry.value, &frame)
    }
    try append("}", &frame)
  }

  /// Bytes as UTF-8, with one U+FFFD for all that are not in a row.
  private static func text(_ bytes: [UInt8]) -> String {
    var text = ""
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var isInvalid = false
    while true {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let scalar):
        text.unicodeScalars.append(Unicode.UTF8.decode(scalar))
        isInvalid = false
      case .error:
        if !isInvalid { text += "\u{FFFD}" }
        isInvalid = true
      case .emptyInput: return text
      }
    }
  }
}
