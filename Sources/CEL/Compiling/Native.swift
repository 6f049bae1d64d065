/// A Swift type that stands for one of the language's, so that values of it need no wrapping while they are worked on.
protocol Native {
  /// Nil when the value has another type.
  init?(_ value: Value)
  static var celName: String { get }
}

extension Native {
  /// Takes a value whose type the checker has found. One of another type comes from an application that does not keep
  /// to its declarations, or stands for a failure.
  @inline(__always)
  static func unwrap(_ value: Value) throws(EvaluationError) -> Self {
    guard let native = Self(value) else { throw .unexpected(value, expected: celName) }
    return native
  }
}

extension Bool: Native {
  @inline(__always)
  init?(_ value: Value) { if case .bool(let flag) = value { self = flag } else { return nil } }
  static var celName: String { "bool" }
}

extension Int64: Native {
  @inline(__always)
  init?(_ value: Value) { if case .int(let number) = value { self = number } else { return nil } }
  static var celName: String { "int" }
}

extension UInt64: Native {
  @inline(__always)
  init?(_ value: Value) { if case .uint(let number) = value { self = number } else { return nil } }
  static var celName: String { "uint" }
}

extension Double: Native {
  @inline(__always)
  init?(_ value: Value) { if case .double(let number) = value { self = number } else { return nil } }
  static var celName: String { "double" }
}

extension String: Native {
  @inline(__always)
  init?(_ value: Value) { if case .string(let text) = value { self = text } else { return nil } }
  static var celName: String { "string" }
}

extension Timestamp: Native {
  @inline(__always)
  init?(_ value: Value) { if case .timestamp(let instant) = value { self = instant } else { return nil } }
  static var celName: String { "timestamp" }
}

extension Duration: Native {
  @inline(__always)
  init?(_ value: Value) { if case .duration(let span) = value { self = span } else { return nil } }
  static var celName: String { "duration" }
}

extension ListValue: Native {
  @inline(__always)
  init?(_ value: Value) { if case .list(let list) = value { self = list } else { return nil } }
  static var celName: String { "list" }
}
