extension EvaluationError {
  /// No overload for these arguments; names what was called as it is written.
  static func noOverload(_ function: String, _ arguments: [Value]) -> EvaluationError {
    let types = arguments.map(\.type.name).joined(separator: ", ")
    return EvaluationError(
      "`\(Operator.symbol(function) ?? function)` can't be applied to (\(types))", kind: .noSuchOverload)
  }

  static func unexpected(_ value: Value, expected: String) -> EvaluationError {
    value.failure ?? EvaluationError("a value is \(value.type.name), but should be \(expected)", kind: .noSuchOverload)
  }

  static let integerOverflow = EvaluationError("the result is out of the range of an int", kind: .overflow)
  static let unsignedOverflow = EvaluationError("the result is out of the range of a uint", kind: .overflow)
  static let timestampOverflow = EvaluationError("the timestamp is outside the years 1 to 9999", kind: .overflow)
  static let durationOverflow = EvaluationError("the duration is longer than 292 years", kind: .overflow)
  static let divisionByZero = EvaluationError("division by zero", kind: .divisionByZero)
  static let remainderByZero = EvaluationError("remainder of a division by zero", kind: .divisionByZero)
}
