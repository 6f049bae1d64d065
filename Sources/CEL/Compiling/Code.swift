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

  var bool: Evaluation<Bool> {
    if case .bool(let evaluation) = self { return evaluation }
    if let constant = constant.flatMap(Bool.init) { return { _ throws(EvaluationError) in constant } }
    let value = value
    return { frame throws(EvaluationError) in try Bool.unwrap(try value(&frame)) }
  }

  var int: Evaluation<Int64> {
    if case .int(let evaluation) = self { return evaluation }
    if let constant = constant.flatMap(Int64.init) { return { _ throws(EvaluationError) in constant } }
    let value = value
    return { frame throws(EvaluationError) in try Int64.unwrap(try value(&frame)) }
  }

  var uint: Evaluation<UInt64> {
    if case .uint(let evaluation) = self { return evaluation }
    if let constant = constant.flatMap(UInt64.init) { return { _ throws(EvaluationError) in constant } }
    let value = value
    return { frame throws(EvaluationError) in try UInt64.unwrap(try value(&frame)) }
  }

  var double: Evaluation<Double> {
    if case .double(let evaluation) = self { return evaluation }
    if let constant = constant.flatMap(Double.init) { return { _ throws(EvaluationError) in constant } }
    let value = value
    return { frame throws(EvaluationError) in try Double.unwrap(try value(&frame)) }
  }

  var string: Evaluation<String> {
    if case .string(let evaluation) = self { return evaluation }
    if let constant = constant.flatMap(String.init) { return { _ throws(EvaluationError) in constant } }
    let value = value
    return { frame throws(EvaluationError) in try String.unwrap(try value(&frame)) }
  }

  var timestamp: Evaluation<Timestamp> {
    if case .timestamp(let evaluation) = self { return evaluation }
    if let constant = constant.flatMap(Timestamp.init) { return { _ throws(EvaluationError) in constant } }
    let value = value
    return { frame throws(EvaluationError) in try Timestamp.unwrap(try value(&frame)) }
  }

  var duration: Evaluation<Duration> {
    if case .duration(let evaluation) = self { return evaluation }
    if let constant = constant.flatMap(Duration.init) { return { _ throws(EvaluationError) in constant } }
    let value = value
    return { frame throws(EvaluationError) in try Duration.unwrap(try value(&frame)) }
  }

  var list: Evaluation<ListValue> {
    if case .list(let evaluation) = self { return evaluation }
    if let constant = constant.flatMap(ListValue.init) { return { _ throws(EvaluationError) in constant } }
    let value = value
    return { frame throws(EvaluationError) in try ListValue.unwrap(try value(&frame)) }
  }

  // MARK: - By type

  /// Code that reads values of a type.
  static func reading(_ type: CELType, _ reader: some Reader) -> Code {
    switch type {
    case .bool: .bool { frame throws(EvaluationError) in try Bool.unwrap(try reader.read(&frame)) }
    case .int: .int { frame throws(EvaluationError) in try Int64.unwrap(try reader.read(&frame)) }
    case .uint: .uint { frame throws(EvaluationError) in try UInt64.unwrap(try reader.read(&frame)) }
    case .double: .double { frame throws(EvaluationError) in try Double.unwrap(try reader.read(&frame)) }
    case .string: .string { frame throws(EvaluationError) in try String.unwrap(try reader.read(&frame)) }
    case .timestamp: .timestamp { frame throws(EvaluationError) in try Timestamp.unwrap(try reader.read(&frame)) }
    case .duration: .duration { frame throws(EvaluationError) in try Duration.unwrap(try reader.read(&frame)) }
    case .list: .list { frame throws(EvaluationError) in try ListValue.unwrap(try reader.read(&frame)) }
    default:
      .value { frame throws(EvaluationError) in
        let value = try reader.read(&frame)
        if let failure = value.failure { throw failure }
        return value
      }
    }
  }
}
