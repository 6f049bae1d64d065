/// A value of the Common Expression Language.
///
/// ``==(_:_:)`` is the language's own equality: numbers of different types that stand for the same number are equal,
/// strings are equal when their code points are, and NaN equals nothing.
public enum Value: Sendable {
  /// `null`.
  case null
  /// `true` and `false`.
  case bool(Bool)
  /// A 64-bit signed integer.
  case int(Int64)
  /// A 64-bit unsigned integer.
  case uint(UInt64)
  /// A 64-bit IEEE floating-point number.
  case double(Double)
  /// A sequence of Unicode code points.
  case string(String)
  /// A sequence of octets.
  case bytes([UInt8])
  /// A list of values of any types.
  case list(ListValue)
  /// Values by key.
  case map(MapValue)
  /// An instant.
  case timestamp(Timestamp)
  /// A span of time.
  case duration(Duration)
  /// A type as a value: what `type(x)` gives.
  case type(TypeValue)
  /// A value that may be missing: `optional.of(x)`, or `optional.none()` for nil.
  indirect case optional(Value?)
  /// A record of the application's, with fields of declared types.
  case object(any Object)
  /// A value that only functions can look into, such as an IP address.
  indirect case opaque(any OpaqueValue)

  /// The type that the value has when it is evaluated, such as `list` for every list.
  public var type: TypeValue {
    switch self {
    case .null: .null
    case .bool: .bool
    case .int: .int
    case .uint: .uint
    case .double: .double
    case .string: .string
    case .bytes: .bytes
    case .list: .list
    case .map: .map
    case .timestamp: .timestamp
    case .duration: .duration
    case .type: .type
    case .optional: .optional
    case .object(let object): TypeValue(name: object.typeName)
    case .opaque(let value): TypeValue(name: value.typeName)
    }
  }
}

/// A type as a value, known by its name: `int`, `list`, `google.protobuf.Timestamp`, or an application's own.
public struct TypeValue: Hashable, Sendable {
  /// The name by which expressions call the type.
  public let name: String

  /// The type of this name.
  public init(name: String) { self.name = name }

  static let null = TypeValue(name: "null_type")
  static let bool = TypeValue(name: "bool")
  static let int = TypeValue(name: "int")
  static let uint = TypeValue(name: "uint")
  static let double = TypeValue(name: "double")
  static let string = TypeValue(name: "string")
  static let bytes = TypeValue(name: "bytes")
  static let list = TypeValue(name: "list")
  static let map = TypeValue(name: "map")
  static let timestamp = TypeValue(name: "google.protobuf.Timestamp")
  static let duration = TypeValue(name: "google.protobuf.Duration")
  static let type = TypeValue(name: "type")
  static let optional = TypeValue(name: "optional_type")
}

/// A value of a type that the language has no syntax for: only functions make it, compare it or look into it.
public protocol OpaqueValue: Sendable {
  /// The name of the value's type, such as `net.IP`.
  var typeName: String { get }

  /// Whether the language's `==` holds between this value and one of the same type.
  func isEqual(to other: any OpaqueValue) -> Bool
}
