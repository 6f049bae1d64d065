/// The arithmetic operators on values whose types are known when they are evaluated.
enum Arithmetic {
  static func add(_ left: Value, _ right: Value, _ frame: inout Frame) throws(EvaluationError) -> Value {
    switch (left, right) {
    case (.int(let left), .int(let right)): return .int(try add(left, right))
    case (.uint(let left), .uint(let right)): return .uint(try add(left, right))
    case (.double(let left), .double(let right)): return .double(left + right)
    case (.string(let left), .string(let right)): return .string(try concatenate(left, right, &frame))
    case (.bytes(let left), .bytes(let right)):
      try frame.budget.makeString(bytes: left.count + right.count)
      return .bytes(left + right)
    case (.list(let left), .list(let right)):
      try frame.budget.spend(left.count + right.count)
      return .list(left.appending(right))
    case (.timestamp(let instant), .duration(let span)), (.duration(let span), .timestamp(let instant)):
      return .timestamp(try add(instant, span))
    case (.duration(let left), .duration(let right)): return .duration(try add(left, right))
    default: throw .noOverload("_+_", [left, right])
    }
  }

  static func subtract(_ left: Value, _ right: Value) throws(EvaluationError) -> Value {
    switch (left, right) {
    case (.int(let left), .int(let right)): return .int(try subtract(left, right))
    case (.uint(let left), .uint(let right)): return .uint(try subtract(left, right))
    case (.double(let left), .double(let right)): return .double(left - right)
    case (.timestamp(let left), .timestamp(let right)): return .duration(try subtract(left, right))
    case (.timestamp(let instant), .duration(let span)): return .timestamp(try subtract(instant, span))
    case (.duration(let left), .duration(let right)): return .duration(try subtract(left, right))
    default: throw .noOverload("_-_", [left, right])
    }
  }

  static func multiply(_ left: Value, _ right: Value) throws(EvaluationError) -> Value {
    switch (left, right) {
    case (.int(let left), .int(let right)): return .int(try multiply(left, right))
    case (.uint(let left), .uint(let right)): return .uint(try multiply(left, right))
    case (.double(let left), .double(let right)): return .double(left * right)
    default: throw .noOverload("_*_", [left, right])
    }
  }

  static func divide(_ left: Value, _ right: Value) throws(EvaluationError) -> Value {
    switch (left, right) {
    case (.int(let left), .int(let right)): return .int(try divide(left, right))
    case (.uint(let left), .uint(let right)): return .uint(try divide(left, right))
    case (.double(let left), .double(let right)): return .double(left / right)
    default: throw .noOverload("_/_", [left, right])
    }
  }

  static func remainder(_ left: Value, _ right: Value) throws(EvaluationError) -> Value {
    switch (left, right) {
    case (.int(let left), .int(let right)): return .int(try remainder(left, right))
    case (.uint(let left), .uint(let right)): return .uint(try remainder(left, right))
    default: throw .noOverload("_%_", [left, right])
    }
  }

  static func negate(_ operand: Value) throws(EvaluationError) -> Value {
    switch operand {
    case .int(let number): return .int(try subtract(0, number))
    case .double(let number): return .double(-number)
    default: throw .noOverload(Operator.negate, [operand])
    }
  }
}

/// Overflow is an error (langdef, "Overflow").
extension Arithmetic {
  static func add<Number: FixedWidthInteger>(_ left: Number, _ right: Number) throws(EvaluationError) -> Number {
    try checked(left.addingReportingOverflow(right))
  }

  static func subtract<Number: FixedWidthInteger>(_ left: Number, _ right: Number) throws(EvaluationError) -> Number {
    try checked(left.subtractingReportingOverflow(right))
  }

  static func multiply<Number: FixedWidthInteger>(_ left: Number, _ right: Number) throws(EvaluationError) -> Number {
    try checked(left.multipliedReportingOverflow(by: right))
  }

  static func divide<Number: FixedWidthInteger>(_ left: Number, _ right: Number) throws(EvaluationError) -> Number {
    if right == 0 { throw .divisionByZero }
    return try checked(left.dividedReportingOverflow(by: right))
  }

  static func remainder<Number: FixedWidthInteger>(_ left: Number, _ right: Number) throws(EvaluationError) -> Number {
    if right == 0 { throw .remainderByZero }
    return try checked(left.remainderReportingOverflow(dividingBy: right))
  }

  private static func checked<Number: FixedWidthInteger>(
    _ result: (partialValue: Number, overflow: Bool)
  ) throws(EvaluationError) -> Number {
    if result.overflow { throw Number.isSigned ? .integerOverflow : .unsignedOverflow }
    return result.partialValue
  }

  static func add(_ instant: Timestamp, _ span: Duration) throws(EvaluationError) -> Timestamp {
    guard let sum = instant.adding(span) else { throw .timestampOverflow }
    return sum
  }

  static func add(_ left: Duration, _ right: Duration) throws(EvaluationError) -> Duration {
    guard let sum = left.adding(right) else { throw .durationOverflow }
    return sum
  }

  static func subtract(_ left: Timestamp, _ right: Timestamp) throws(EvaluationError) -> Duration {
    guard let difference = left.duration(since: right) else { throw .durationOverflow }
    return difference
  }

  static func subtract(_ instant: Timestamp, _ span: Duration) throws(EvaluationError) -> Timestamp {
    guard let difference = instant.subtracting(span) else { throw .timestampOverflow }
    return difference
  }

  static func subtract(_ left: Duration, _ right: Duration) throws(EvaluationError) -> Duration {
    guard let difference = left.subtracting(right) else { throw .durationOverflow }
    return difference
  }

  static func concatenate(_ left: String, _ right: String, _ frame: inout Frame) throws(EvaluationError) -> String {
    try frame.budget.makeString(bytes: left.utf8.count + right.utf8.count)
    return left + right
  }
}

/// The operators that take two integers and give one.
enum ArithmeticOperator: String {
  case add = "_+_"
  case subtract = "_-_"
  case multiply = "_*_"
  case divide = "_/_"
  case remainder = "_%_"

  @inline(__always)
  func callAsFunction<Number: FixedWidthInteger>(
    _ left: Number, _ right: Number
  ) throws(EvaluationError) -> Number {
    switch self {
    case .add: try Arithmetic.add(left, right)
    case .subtract: try Arithmetic.subtract(left, right)
    case .multiply: try Arithmetic.multiply(left, right)
    case .divide: try Arithmetic.divide(left, right)
    case .remainder: try Arithmetic.remainder(left, right)
    }
  }
}
