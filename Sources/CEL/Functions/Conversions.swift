extension FunctionTable {
  mutating func addConversions() {
    for (name, result, sources, convert) in Self.conversions {
      for source in sources {
        global(name, source, result) { (value, frame) throws(EvaluationError) in
          guard let converted = try convert(value, &frame) else {
            throw value.failure ?? .noOverload(name, [value])
          }
          return converted
        }
      }
    }
  }

  /// Nil for a value of a type that there is no conversion from.
  private typealias Conversion = @Sendable (Value, inout Frame) throws(EvaluationError) -> Value?

  private static let conversions: [(name: String, result: CELType, sources: [CELType], convert: Conversion)] = [
    ("bool", .bool, [.bool, .string], Convert.toBool),
    ("int", .int, [.int, .uint, .double, .string, .timestamp], Convert.toInt),
    ("uint", .uint, [.uint, .int, .double, .string], Convert.toUint),
    ("double", .double, [.double, .int, .uint, .string], Convert.toDouble),
    ("string", .string, [.string, .bool, .int, .uint, .double, .bytes, .timestamp, .duration], Convert.toString),
    ("bytes", .bytes, [.bytes, .string], Convert.toBytes),
    ("timestamp", .timestamp, [.timestamp, .string, .int], Convert.toTimestamp),
    ("duration", .duration, [.duration, .string], Convert.toDuration),
  ]
}

/// Conversions between types (langdef, "Types and Conversions"); nil where there is none from a value's type.
enum Convert {
  @Sendable static func toBool(_ value: Value, _ frame: inout Frame) throws(EvaluationError) -> Value? {
    switch value {
    case .bool: return value
    case .string(let text):
      switch text {
      case "1", "t", "T", "true", "TRUE", "True": return .bool(true)
      case "0", "f", "F", "false", "FALSE", "False": return .bool(false)
      default: throw unreadable(text, "a bool")
      }
    default: return nil
    }
  }

  @Sendable static func toInt(_ value: Value, _ frame: inout Frame) throws(EvaluationError) -> Value? {
    switch value {
    case .int: return value
    case .uint(let number):
      guard let number = Int64(exactly: number) else { throw .integerOverflow }
      return .int(number)
    case .double(let number):
      // The bounds themselves are out of range (langdef, "Overflow").
      guard number > -0x1p63, number < 0x1p63 else { throw .integerOverflow }
      return .int(Int64(number))
    case .string(let text):
      guard let number = NumberText.int(text) else { throw unreadable(text, "an int") }
      return .int(number)
    case .timestamp(let instant): return .int(instant.seconds)
    default: return nil
    }
  }

  @Sendable static func toUint(_ value: Value, _ frame: inout Frame) throws(EvaluationError) -> Value? {
    switch value {
    case .uint: return value
    case .int(let number):
      guard let number = UInt64(exactly: number) else { throw .unsignedOverflow }
      return .uint(number)
    case .double(let number):
      guard number >= 0, number < 0x1p64 else { throw .unsignedOverflow }
      return .uint(UInt64(number))
    case .string(let text):
      guard let number = NumberText.uint(text) else { throw unreadable(text, "a uint") }
      return .uint(number)
    default: return nil
    }
  }

  @Sendable static func toDouble(_ value: Value, _ frame: inout Frame) throws(EvaluationError) -> Value? {
    switch value {
    case .double: return value
    case .int(let number): return .double(Double(number))
    case .uint(let number): return .double(Double(number))
    case .string(let text):
      try frame.budget.spend(textCost + text.utf8.count)
      guard let number = NumberText.double(text) else { throw unreadable(text, "a double") }
      return .double(number)
    default: return nil
    }
  }

  @Sendable static func toString(_ value: Value, _ frame: inout Frame) throws(EvaluationError) -> Value? {
    switch value {
    case .string: return value
    case .bool(let flag): return .string(flag ? "true" : "false")
    case .int(let number): return .string(String(number))
    case .uint(let number): return .string(String(number))
    case .double(let number):
      try frame.budget.spend(textCost)
      return .string(NumberText.text(number))
    case .timestamp(let instant):
      try frame.budget.spend(textCost)
      return .string(instant.text)
    case .duration(let span):
      try frame.budget.spend(textCost)
      return .string(span.text)
    case .bytes(let bytes):
      try frame.budget.makeString(bytes: bytes.count)
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw EvaluationError("the bytes are not UTF-8")
      }
      return .string(text)
    default: return nil
    }
  }

  @Sendable static func toBytes(_ value: Value, _ frame: inout Frame) throws(EvaluationError) -> Value? {
    switch value {
    case .bytes: return value
    case .string(let text):
      try frame.budget.makeString(bytes: text.utf8.count)
      return .bytes(Array(text.utf8))
    default: return nil
    }
  }

  @Sendable static func toTimestamp(_ value: Value, _ frame: inout Frame) throws(EvaluationError) -> Value? {
    switch value {
    case .timestamp: return value
    case .int(let seconds):
      guard let instant = Timestamp(seconds: seconds) else { throw .timestampOverflow }
      return .timestamp(instant)
    case .string(let text):
      try frame.budget.spend(textCost)
      guard let instant = Timestamp(parsing: text) else {
        throw unreadable(text, "a timestamp, as in 2026-03-01T00:00:00Z, in the years 1 to 9999")
      }
      return .timestamp(instant)
    default: return nil
    }
  }

  @Sendable static func toDuration(_ value: Value, _ frame: inout Frame) throws(EvaluationError) -> Value? {
    switch value {
    case .duration: return value
    case .string(let text):
      try frame.budget.spend(textCost + text.utf8.count)
      guard let span = Duration(parsing: text) else {
        throw unreadable(text, "a duration, as in 36h or 1h30m, of at most 292 years")
      }
      return .duration(span)
    default: return nil
    }
  }

  /// Reading and writing a timestamp, a duration or a double takes as long as so many simple operations.
  private static let textCost = 20

  private static func unreadable(_ text: String, _ what: String) -> EvaluationError {
    EvaluationError("'\(text.prefix(100))' is not \(what)")
  }
}
