import CEL

/// One case of the standard's conformance tests (cel-spec, proto/cel/expr/conformance/test/simple.proto, in JSON).
package struct ConformanceCase: Sendable {
  /// `file/section/test`
  package let name: String
  package let expression: String
  private let json: JSON

  package enum Outcome: Sendable {
    case passed
    /// What was expected and what came.
    case failed(String)
    /// Why the case can't be run.
    case skipped(String)
  }

  /// The cases of a file.
  package static func cases(in file: JSON) -> [ConformanceCase] {
    let fileName = file["name"]?.text ?? ""
    return (file["section"]?.elements ?? []).flatMap { section in
      (section["test"]?.elements ?? []).map { test in
        ConformanceCase(
          name: "\(fileName)/\(section["name"]?.text ?? "")/\(test["name"]?.text ?? "")",
          expression: test["expr"]?.text ?? "", json: test)
      }
    }
  }

  package func run() -> Outcome {
    do throws(Unsupported) {
      let expectation = try expectation()
      let environment = try environment()
      let program: Program
      do throws(CompilationFailure) {
        program =
          json["disable_check"]?.flag == true
          ? try environment.compileUnchecked(expression) : try environment.compile(expression)
      } catch {
        if expectation.allowsCompilationFailure { return .passed }
        return .failed("does not compile: \(error.problems.map(\.message).joined(separator: "; "))")
      }
      if case .compilationFailure = expectation.result {
        return .failed("compiles, with the type \(program.resultType)")
      }
      if let type = expectation.type, type != program.resultType {
        return .failed("expected type \(type), got \(program.resultType)")
      }
      return json["check_only"]?.flag == true ? .passed : evaluate(program, expectation.result, try bindings())
    } catch {
      return .skipped(error.reason)
    }
  }

  private func evaluate(_ program: Program, _ expected: Expectation.Result, _ bindings: [String: Field]) -> Outcome {
    do throws(EvaluationError) {
      let value = try program.evaluate(bindings)
      switch expected {
      case .value(let expected):
        return value.isSame(as: expected) ? .passed : .failed("expected \(expected), got \(value)")
      case .error: return .failed("expected an error, got \(value)")
      case .any, .compilationFailure: return .passed
      }
    } catch {
      if case .error = expected { return .passed }
      return .failed("error: \(error.message)")
    }
  }

  // MARK: - What the case says

  private struct Expectation {
    enum Result {
      case value(Value)
      case error
      /// Only the type counts.
      case any
      /// The parser or the checker refuses the expression.
      case compilationFailure
    }

    let result: Result
    let type: CELType?

    /// Whether a refused expression is as good as one whose evaluation fails; not when it is said to have a type.
    var allowsCompilationFailure: Bool {
      switch result {
      case .error: type == nil
      case .compilationFailure: true
      case .value, .any: false
      }
    }
  }

  private func expectation() throws(Unsupported) -> Expectation {
    if let value = json["value"] { return Expectation(result: .value(try Value(conformance: value)), type: nil) }
    if json["compile_error"] != nil { return Expectation(result: .compilationFailure, type: nil) }
    let deduced = json["typed_result"]?["deduced_type"]
    let type = try deduced.map { json throws(Unsupported) in try CELType(conformance: json) }
    if json["eval_error"] != nil || json["any_eval_errors"] != nil { return Expectation(result: .error, type: type) }
    if json["unknown"] != nil || json["any_unknowns"] != nil { throw Unsupported(reason: "sets of unknowns") }
    guard let typed = json["typed_result"] else { return Expectation(result: .value(.bool(true)), type: nil) }
    guard let value = typed["result"] else { return Expectation(result: .any, type: type) }
    return Expectation(result: .value(try Value(conformance: value)), type: type)
  }

  private func environment() throws(Unsupported) -> Environment {
    var environment = Environment()
    environment.container = json["container"]?.text ?? ""
    environment.recognizesMacros = json["disable_macros"]?.flag != true
    var declared: Set<String> = []
    for declaration in json["type_env"]?.elements ?? [] {
      guard let name = declaration["name"]?.text else { continue }
      if let type = declaration["ident"]?["type"] {
        environment.declare(variable: name, try CELType(conformance: type))
        declared.insert(name)
      } else if let overloads = declaration["function"]?["overloads"] {
        environment.declare(function: try function(name, overloads.elements))
      }
    }
    for name in (json["bindings"]?.members.keys.sorted() ?? []) where !declared.contains(name) {
      environment.declare(variable: name, .dyn)
    }
    return environment
  }

  /// A declared function has no implementation: calling it is an error.
  private func function(_ name: String, _ overloads: [JSON]) throws(Unsupported) -> FunctionDeclaration {
    var forms: [FunctionDeclaration.Overload] = []
    for overload in overloads {
      var parameters: [CELType] = []
      for parameter in overload["params"]?.elements ?? [] { parameters.append(try CELType(conformance: parameter)) }
      let result = try overload["result_type"].map { json throws(Unsupported) in try CELType(conformance: json) }
      forms.append(
        FunctionDeclaration.Overload(
          parameters: parameters, result: result ?? .dyn,
          isReceiverStyle: overload["is_instance_function"]?.flag == true
        ) { _ throws(EvaluationError) in throw EvaluationError("unbound function \(name)", kind: .noSuchOverload) })
    }
    return FunctionDeclaration(name, overloads: forms)
  }

  private func bindings() throws(Unsupported) -> [String: Field] {
    var bindings: [String: Field] = [:]
    for (name, binding) in json["bindings"]?.members ?? [:] {
      if let value = binding["value"] {
        bindings[name] = .value(try Value(conformance: value))
      } else if binding["error"] != nil {
        bindings[name] = .unknown("the variable `\(name)` is an error")
      } else {
        throw Unsupported(reason: "a binding to a set of unknowns")
      }
    }
    return bindings
  }
}
