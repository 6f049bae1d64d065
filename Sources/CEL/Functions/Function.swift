/// A function with its overloads, as the checker and the compiler see it.
struct Function: Sendable {
  let name: String
  var overloads: [Overload]

  struct Overload: Sendable {
    let parameters: [CELType]
    let result: CELType
    /// Called as `first.name(rest)`; else as `name(all)`.
    let isReceiverStyle: Bool
    let implementation: Implementation

    /// Whether the overload takes values of these types.
    func takes(_ arguments: [Value]) -> Bool {
      arguments.count == parameters.count && zip(parameters, arguments).allSatisfy { $0.takes($1) }
    }
  }

  enum Implementation: Sendable {
    case unary(@Sendable (Value, inout Frame) throws(EvaluationError) -> Value)
    case binary(@Sendable (Value, Value, inout Frame) throws(EvaluationError) -> Value)
    case variadic(@Sendable ([Value], inout Frame) throws(EvaluationError) -> Value)

    func call(_ arguments: [Value], _ frame: inout Frame) throws(EvaluationError) -> Value {
      switch self {
      case .unary(let function) where arguments.count == 1: return try function(arguments[0], &frame)
      case .binary(let function) where arguments.count == 2: return try function(arguments[0], arguments[1], &frame)
      case .variadic(let function): return try function(arguments, &frame)
      default: throw EvaluationError("a function is called with \(arguments.count) arguments", kind: .noSuchOverload)
      }
    }
  }
}

extension CELType {
  /// Whether a value has this type as far as values know their types: a list is a list, whatever its elements.
  func takes(_ value: Value) -> Bool {
    switch (self, value) {
    case (.dyn, _), (.parameter, _), (.error, _): value.failure == nil
    case (.bool, .bool), (.int, .int), (.uint, .uint), (.double, .double), (.string, .string), (.bytes, .bytes),
      (.null, .null), (.timestamp, .timestamp), (.duration, .duration), (.list, .list), (.map, .map),
      (.optional, .optional), (.type, .type), (.wrapper, .null):
      true
    case (.wrapper(let wrapped), _): wrapped.takes(value)
    case (.object(let name), .object(let object)): object.typeName == name
    case (.opaque(let name, _), .opaque(let opaque)): opaque.typeName == name
    default: false
    }
  }
}
