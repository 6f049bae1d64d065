/// Functions by name.
struct FunctionTable: Sendable {
  private(set) var functions: [String: Function] = [:]

  subscript(name: String) -> Function? { functions[name] }

  mutating func add(_ name: String, _ overloads: [Function.Overload]) {
    functions[name, default: Function(name: name, overloads: [])].overloads += overloads
  }

  // MARK: - The library's own

  mutating func global(
    _ name: String, _ parameter: CELType, _ result: CELType,
    _ implementation: @escaping @Sendable (Value, inout Frame) throws(EvaluationError) -> Value
  ) {
    add(name, [overload([parameter], result, false, .unary(implementation))])
  }

  mutating func global(
    _ name: String, _ first: CELType, _ second: CELType, _ result: CELType,
    _ implementation: @escaping @Sendable (Value, Value, inout Frame) throws(EvaluationError) -> Value
  ) {
    add(name, [overload([first, second], result, false, .binary(implementation))])
  }

  mutating func receiver(
    _ name: String, _ parameter: CELType, _ result: CELType,
    _ implementation: @escaping @Sendable (Value, inout Frame) throws(EvaluationError) -> Value
  ) {
    add(name, [overload([parameter], result, true, .unary(implementation))])
  }

  mutating func receiver(
    _ name: String, _ first: CELType, _ second: CELType, _ result: CELType,
    _ implementation: @escaping @Sendable (Value, Value, inout Frame) throws(EvaluationError) -> Value
  ) {
    add(name, [overload([first, second], result, true, .binary(implementation))])
  }

  mutating func receiver(
    _ name: String, _ parameters: [CELType], _ result: CELType,
    _ implementation: @escaping @Sendable ([Value], inout Frame) throws(EvaluationError) -> Value
  ) {
    add(name, [overload(parameters, result, true, .variadic(implementation))])
  }

  mutating func global(
    _ name: String, _ parameters: [CELType], _ result: CELType,
    _ implementation: @escaping @Sendable ([Value], inout Frame) throws(EvaluationError) -> Value
  ) {
    add(name, [overload(parameters, result, false, .variadic(implementation))])
  }

  private func overload(
    _ parameters: [CELType], _ result: CELType, _ isReceiverStyle: Bool, _ implementation: Function.Implementation
  ) -> Function.Overload {
    Function.Overload(
      parameters: parameters, result: result, isReceiverStyle: isReceiverStyle, implementation: implementation)
  }

  /// The standard's functions with all extensions.
  static let standard: FunctionTable = {
    var table = FunctionTable()
    table.addOperators()
    table.addContainerFunctions()
    table.addTextFunctions()
    table.addConversions()
    table.addTimeFunctions()
    table.addOptionalFunctions()
    table.addMathFunctions()
    table.addStringFunctions()
    table.addNetworkFunctions()
    table.addListFunctions()
    return table
  }()
}

extension CELType {
  static let a = CELType.parameter("A")
  static let b = CELType.parameter("B")
}
