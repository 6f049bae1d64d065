/// What an expression, or a part of one, comes to, with what each part of it comes to: what a test framework shows of
/// an assertion that failed.
public struct Explanation: Sendable {
  /// How an expression comes to its value.
  public enum Form: Sendable {
    /// Written out: its text is its value.
    case literal
    /// A variable or a constant of the environment's.
    case name
    /// A variable that a macro declares.
    case local
    /// `operand.field`, or `has(operand.field)`.
    case field
    /// An operator, a function, a macro, a list or a map.
    case operation
  }

  /// Something that the value of an expression is made from.
  public enum Part: Sendable {
    case expression(Explanation)
    case step(Step)
  }

  /// A step of a macro: what it makes of one element of a list, or one entry of a map.
  public struct Step: Sendable {
    /// The step's number, from 0.
    public let index: Int
    /// The macro's variables with what they stand for.
    public let variables: [(name: String, value: Value)]
    /// The filter, if there is one, and the body.
    public let parts: [Explanation]
  }

  /// The expression as it is written.
  public let text: String
  /// How it comes to its value.
  public let form: Form
  /// The value, or why there is none.
  public let result: Result<Value, EvaluationError>
  /// Whether evaluating the whole expression comes by here. Where it doesn't, as behind a `&&` whose left side is
  /// false, the result is what it would come to.
  public let isNeeded: Bool
  /// What the value is made from, in the order of the text. Of the steps of a macro these are the ones that settle the
  /// result or fail, then the first ones.
  public let parts: [Part]
  /// How many elements or entries a macro goes over; nil for everything else.
  public let stepCount: Int?

  /// Why there is no value; nil when there is one.
  public var failure: EvaluationError? { if case .failure(let error) = result { error } else { nil } }

  /// Whether the error arises here, and not in a part of the expression.
  public var isOriginOfFailure: Bool {
    guard let failure else { return false }
    return !parts.contains { part in
      switch part {
      case .expression(let explanation): explanation.failure == failure
      case .step(let step): step.parts.contains { $0.failure == failure }
      }
    }
  }
}

extension Environment {
  /// Evaluates an expression and each part of it, as ``Program/evaluate(_:)`` does.
  /// - Parameters:
  ///   - bindings: As for ``Program/evaluate(_:)``.
  ///   - expecting: As for ``compile(_:expecting:)``.
  ///   - stepLimit: The most steps of a macro that are explained.
  /// - Throws: Everything that is wrong with the expression.
  public func explain(
    _ source: String, _ bindings: [Value], expecting: CELType? = nil, stepLimit: Int = 5
  ) throws(CompilationFailure) -> Explanation {
    let (root, nodeCount) = try Parser.parse(source, limits, recognizesMacros: recognizesMacros)
    let checked = try Checker.check(root, nodeCount: nodeCount, in: self, .checked, expecting: expecting)
    var explainer = Explainer(checked, source, in: self, bindings, stepLimit: stepLimit)
    return explainer.explain(root, Locals(), isNeeded: true)
  }
}
