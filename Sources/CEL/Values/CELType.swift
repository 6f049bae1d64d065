/// A type as the type checker knows it.
public indirect enum CELType: Hashable, Sendable {
  case bool, int, uint, double, string, bytes, null, timestamp, duration
  /// Any value: what is done with it is checked when it is evaluated.
  case dyn
  /// A list with elements of one type.
  case list(CELType)
  /// A map with keys of one type and values of another.
  case map(CELType, CELType)
  /// A value that may be missing.
  case optional(CELType)
  /// A value of this type, or null.
  case wrapper(CELType)
  /// A type as a value, such as that of the expression `int`.
  case type(CELType)
  /// A record of a declared type, by its name.
  case object(String)
  /// A type that only functions can look into, by its name, with its parameters.
  case opaque(String, [CELType])
  /// Stands for any one type in a function's declaration: `list(T)`.
  case parameter(String)
  /// The type of an expression that is wrong: it goes with every other, so that an error is reported once.
  case error

  var isDynamic: Bool { self == .dyn || self == .error }

  /// Whether values of the type can be records, or have records in them.
  var mayHoldRecords: Bool {
    switch self {
    case .bool, .int, .uint, .double, .string, .bytes, .null, .timestamp, .duration, .type: false
    case .dyn, .error, .object, .parameter, .opaque: true
    case .list(let type), .optional(let type), .wrapper(let type): type.mayHoldRecords
    case .map(let key, let value): key.mayHoldRecords || value.mayHoldRecords
    }
  }
}

extension CELType: CustomStringConvertible {
  /// The type as people write it: `list(int)`, `map(string, timestamp)`.
  public var description: String {
    switch self {
    case .bool: "bool"
    case .int: "int"
    case .uint: "uint"
    case .double: "double"
    case .string: "string"
    case .bytes: "bytes"
    case .null: "null"
    case .timestamp: "timestamp"
    case .duration: "duration"
    case .dyn: "dyn"
    case .list(let element): "list(\(element))"
    case .map(let key, let value): "map(\(key), \(value))"
    case .optional(let wrapped): "optional_type(\(wrapped))"
    case .wrapper(let wrapped): "wrapper(\(wrapped))"
    case .type(let type): "type(\(type))"
    case .object(let name): name
    case .opaque(let name, let parameters):
      parameters.isEmpty ? name : "\(name)(\(parameters.map(\.description).joined(separator: ", ")))"
    case .parameter(let name): name
    case .error: "error"
    }
  }
}
