/// A Swift type that stands for one of the language's, so that values of it need no wrapping while they are worked on.
protocol Native: Sendable {
  /// Nil when the value has another type.
  static func unwrap(_ value: Value) -> Self?
  var wrapped: Value { get }
  static var celName: String { get }
}

extension Bool: Native {
  static func unwrap(_ value: Value) -> Bool? { if case .bool(let flag) = value { flag } else { nil } }
  var wrapped: Value { .bool(self) }
  static var celName: String { "bool" }
}

extension Int64: Native {
  static func unwrap(_ value: Value) -> Int64? { if case .int(let number) = value { number } else { nil } }
  var wrapped: Value { .int(self) }
  static var celName: String { "int" }
}

extension UInt64: Native {
  static func unwrap(_ value: Value) -> UInt64? { if case .uint(let number) = value { number } else { nil } }
  var wrapped: Value { .uint(self) }
  static var celName: String { "uint" }
}

extension Double: Native {
  static func unwrap(_ value: Value) -> Double? { if case .double(let number) = value { number } else { nil } }
  var wrapped: Value { .double(self) }
  static var celName: String { "double" }
}

extension String: Native {
  static func unwrap(_ value: Value) -> String? { if case .string(let text) = value { text } else { nil } }
  var wrapped: Value { .string(self) }
  static var celName: String { "string" }
}

extension Timestamp: Native {
  static func unwrap(_ value: Value) -> Timestamp? { if case .timestamp(let instant) = value { instant } else { nil } }
  var wrapped: Value { .timestamp(self) }
  static var celName: String { "timestamp" }
}

extension Duration: Native {
  static func unwrap(_ value: Value) -> Duration? { if case .duration(let span) = value { span } else { nil } }
  var wrapped: Value { .duration(self) }
  static var celName: String { "duration" }
}

extension ListValue: Native {
  static func unwrap(_ value: Value) -> ListValue? { if case .list(let list) = value { list } else { nil } }
  var wrapped: Value { .list(self) }
  static var celName: String { "list" }
}

extension Value: Native {
  static func unwrap(_ value: Value) -> Value? { value }
  var wrapped: Value { self }
  static var celName: String { "a value" }
}
