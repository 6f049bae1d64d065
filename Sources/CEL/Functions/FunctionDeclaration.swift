/// A function of the application's that expressions can call.
public struct FunctionDeclaration: Sendable {
  /// One form of a function: the types that it takes, the type that it gives, and what it does.
  public struct Overload: Sendable {
    let overload: Function.Overload

    /// A form of a function.
    /// - Parameters:
    ///   - parameters: The types of the arguments; the receiver's first. ``CELType/parameter(_:)`` stands for any type.
    ///   - result: The type of the result.
    ///   - isReceiverStyle: Called as `first.name(others)` rather than `name(all)`.
    ///   - implementation: Gets as many values as there are parameters, of their types: of a list or map it is only
    ///     known that it is one. It has no side effects and gives the same for the same arguments, so a call with
    ///     constants alone is made once, when the expression is compiled.
    public init(
      parameters: [CELType], result: CELType, isReceiverStyle: Bool = false,
      implementation: @escaping @Sendable ([Value]) throws(EvaluationError) -> Value
    ) {
      overload = Function.Overload(
        parameters: parameters, result: result, isReceiverStyle: isReceiverStyle,
        implementation: .variadic { (arguments, _) throws(EvaluationError) in try implementation(arguments) })
    }
  }

  /// The name by which expressions call the function; may be qualified with dots.
  public let name: String
  let overloads: [Function.Overload]

  /// A function with these overloads, which must differ in the types that they take.
  public init(_ name: String, overloads: [Overload]) {
    self.name = name
    self.overloads = overloads.map(\.overload)
  }
}
