/// A compiled expression: a constant, or what evaluates it, by the Swift type of its value.
enum Code: Sendable {
  case constant(Value)
  case bool(Evaluation<Bool>)
  case int(Evaluation<Int64>)
  case uint(Evaluation<UInt64>)
  case double(Evaluation<Double>)
  case string(Evaluation<String>)
  case timestamp(Evaluation<Timestamp>)
  case duration(Evaluation<Duration>)
  case list(Evaluation<ListValue>)
  /// Of a type that is known only when it is evaluated, or that has no Swift type of its own.
  case value(Evaluation<Value>)

  var constant: Value? { if case .constant(let value) = self { value } else { nil } }

  /// The type of the values, where it has a Swift type of its own; else `dyn`.
  var nativeType: CELType {
    switch self {
    case .constant(.bool), .bool: .bool
    case .constant(.int), .int: .int
    case .constant(.uint), .uint: .uint
    case .constant(.double), .double: .double
    case .constant(.string), .string: .string
    case .constant(.timestamp), .timestamp: .timestamp
    case .constant(.duration), .duration: .duration
    case .constant(.list), .list: .list(.dyn)
    case .constant, .value: .dyn
    }
  }

  // MARK: - As a Swift type

  var value: Evaluation<Value> {
    switch self {
    case .constant(let value): { _ throws(EvaluationError) in value }
    case .bool(let evaluation): { frame throws(EvaluationError) in .bool(try evaluation(&frame)) }
    case .int(let evaluation): { frame throws(EvaluationError) in .int(try evaluation(&frame)) }
    case .uint(let evaluation): { frame throws(EvaluationError) in .uint(try evaluation(&frame)) }
    case .double(let evaluation): { frame throws(EvaluationError) in .double(try evaluation(&frame)) }
    case .string(let evaluation): { frame throws(EvaluationError) in .string(try evaluation(&frame)) }
    case .timestamp(let evaluation): { frame throws(EvaluationError) in .timestamp(try evaluation(&frame)) }
    case .duration(let evaluation): { frame throws(EvaluationError) in .duration(try evaluation(&frame)) }
    case .list(let evaluation): { frame throws(EvaluationError) in .list(try evaluation(&frame)) }
    case .value(let evaluation): evaluation
    }
  }

  var bool: Evaluation<Bool> { if case .bool(let evaluation) = self { evaluation } else { unwrapped() } }
  var int: Evaluation<Int64> { if case .int(let evaluation) = self { evaluation } else { unwrapped() } }
  var uint: Evaluation<UInt64> { if case .uint(let evaluation) = self { evaluation } else { unwrapped() } }
  var double: Evaluation<Double> { if case .double(let evaluation) = self { evaluation } else { unwrapped() } }
  var string: Evaluation<String> { if case .string(let evaluation) = self { evaluation } else { unwrapped() } }
  var timestamp: Evaluation<Timestamp> {
    if case .timestamp(let evaluation) = self { evaluation } else { unwrapped() }
  }
  var duration: Evaluation<Duration> { if case .duration(let evaluation) = self { evaluation } else { unwrapped() } }
  var list: Evaluation<ListValue> { if case .list(let evaluation) = self { evaluation } else { unwrapped() } }

  /// Another type than the one that is asked for is an error when it is evaluated.
  @inline(__always)
  private func unwrapped<Result: Native>() -> Evaluation<Result> {
    if let constant, let native = Result.unwrap(constant) { return { _ throws(EvaluationError) in native } }
    let evaluation = value
    return { frame throws(EvaluationError) in
      let value = try evaluation(&frame)
      guard let native = Result.unwrap(value) else { throw .unexpected(value, expected: Result.celName) }
      return native
    }
  }

  // MARK: - By type

  /// Code that reads values of a type; `read` makes the evaluation for the Swift type of the type's values.
  static func reading(_ type: CELType, _ reader: some Reader) -> Code {
    switch type {
    case .bool: .bool(reader.evaluation())
    case .int: .int(reader.evaluation())
    case .uint: .uint(reader.evaluation())
    case .double: .double(reader.evaluation())
    case .string: .string(reader.evaluation())
    case .timestamp: .timestamp(reader.evaluation())
    case .duration: .duration(reader.evaluation())
    case .list: .list(reader.evaluation())
    default: .value(reader.evaluation())
    }
  }
}

/// Something that values of any type can be read from.
protocol Reader {
  func evaluation<Result: Native>() -> Evaluation<Result>
}
