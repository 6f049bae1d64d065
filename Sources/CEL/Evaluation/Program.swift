/// A compiled expression, ready to be evaluated any number of times, by any number of tasks.
public struct Program: Sendable {
  /// The type of the values that the expression has.
  public var resultType: CELType { checked.type(checked.root) }
  /// The fields of declared records that the expression reads or asks for, each once, in the order of the text.
  public var referencedFields: [FieldReference] { checked.referencedFields }

  private let value: Evaluation<Value>
  private let bool: Evaluation<Bool>
  let checked: CheckedExpression
  let environment: Environment
  private let budget: Budget
  /// Empty when no evaluation needs them: handing them over costs something.
  private let recordTypes: [String: ObjectType]
  /// What macros ask of elements that lie in columns, by the macro's node.
  let elements: [Int: ElementCondition]

  init(
    code: Code, checked: CheckedExpression, recordTypes: [String: ObjectType], environment: Environment,
    elements: [Int: ElementCondition]
  ) {
    value = code.value
    bool = code.bool
    self.checked = checked
    self.environment = environment
    budget = Budget(environment.limits)
    self.recordTypes = recordTypes
    self.elements = elements
  }

  /// The expression's value.
  /// - Parameter bindings: The values of the environment's variables, in the order of their declaration and of their
  ///   declared types.
  /// - Throws: Why the expression has no value.
  public func evaluate(_ bindings: [Value]) throws(EvaluationError) -> Value {
    var frame = try frame(bindings)
    return try value(&frame)
  }

  /// The value of an expression that is a bool.
  /// - Parameter bindings: As for ``evaluate(_:)``.
  /// - Throws: Why the expression has no value, or that it is no bool.
  public func evaluateBool(_ bindings: [Value]) throws(EvaluationError) -> Bool {
    var frame = try frame(bindings)
    return try bool(&frame)
  }

  /// The expression's value.
  /// - Parameter bindings: What is known of variables, by name. Using one that is absent or unknown is an error.
  /// - Throws: Why the expression has no value.
  public func evaluate(_ bindings: [String: Field]) throws(EvaluationError) -> Value {
    try evaluate(
      environment.variables.map { name, _ in
        switch bindings[name] ?? .absent {
        case .value(let value): value
        case .absent:
          .opaque(FailedValue(error: EvaluationError("the variable `\(name)` has no value", kind: .unbound)))
        case .unknown(let reason): .opaque(FailedValue(error: EvaluationError(reason, kind: .unknown)))
        }
      })
  }

  private func frame(_ bindings: [Value]) throws(EvaluationError) -> Frame {
    guard bindings.count == environment.variables.count else {
      throw EvaluationError(
        "\(bindings.count) values were given for the variables "
          + environment.variables.map(\.name).joined(separator: ", "), kind: .unbound)
    }
    return Frame(variables: bindings, budget: budget, types: recordTypes)
  }
}
