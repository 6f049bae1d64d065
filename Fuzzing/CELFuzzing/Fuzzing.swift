import CEL

/// What has to hold for any input. Each function gives what does not, which a fuzzer makes a crash of.
package enum Fuzzing {
  /// Any bytes as an expression: parsing and checking end, and every problem lies within the text.
  package static func parsing(_ bytes: [UInt8]) -> String? {
    let text = String(decoding: bytes, as: UTF8.self)
    for isChecked in [true, false] {
      do throws(CompilationFailure) {
        let program = isChecked ? try environment.compile(text) : try environment.compileUnchecked(text)
        if isChecked, let violation = evaluation(of: program, text) { return violation }
      } catch {
        let length = text.unicodeScalars.count
        if error.problems.isEmpty { return "refused without a reason: \(text)" }
        for problem in error.problems where !(0...length).contains(problem.offset) || problem.message.isEmpty {
          return "the problem `\(problem.message)` lies at \(problem.offset) of \(length): \(text)"
        }
      }
    }
    return nil
  }

  /// Bytes as the choices of a well-typed expression: it compiles, and its value has the type that was inferred.
  package static func evaluation(_ bytes: [UInt8]) -> String? {
    let text = GeneratedExpression.text(bytes)
    do throws(CompilationFailure) {
      return evaluation(of: try environment.compile(text), text)
    } catch {
      // The generator does not know the limits, nor that equal types may stand on both sides of `?:` only.
      return nil
    }
  }

  private static func evaluation(of program: Program, _ text: String) -> String? {
    let first = Result { () throws(EvaluationError) in try program.evaluate(bindings) }
    let second = Result { () throws(EvaluationError) in try program.evaluate(bindings) }
    switch (first, second) {
    case (.success(let value), .success(let other)):
      if value.type != other.type { return "two evaluations differ: \(text)" }
      if !isOf(program.resultType, value) { return "is \(value.type.name), not \(program.resultType): \(text)" }
    case (.failure(let error), .failure(let other)):
      if error != other { return "two evaluations differ: \(text)" }
      if error.message.isEmpty { return "an error without a message: \(text)" }
      if error.kind == .unbound || error.kind == .unknown { return "\(error.message): \(text)" }
    default: return "two evaluations differ: \(text)"
    }
    return nil
  }

  /// Whether a value has the type that was inferred, as far as a value shows it.
  private static func isOf(_ type: CELType, _ value: Value) -> Bool {
    switch type {
    case .dyn, .parameter, .error, .wrapper, .object, .opaque: true
    case .list(let element):
      if case .list(let list) = value { list.elements.allSatisfy { isOf(element, $0) } } else { false }
    case .map(let key, let element):
      if case .map(let map) = value {
        map.entries.allSatisfy { isOf(key, $0.key) && isOf(element, $0.value) }
      } else {
        false
      }
    case .optional(let wrapped):
      if case .optional(let content) = value { content.map { isOf(wrapped, $0) } ?? true } else { false }
    case .null: value.type.name == "null_type"
    case .timestamp: value.type.name == "google.protobuf.Timestamp"
    case .duration: value.type.name == "google.protobuf.Duration"
    case .type: value.type.name == "type"
    case .bool, .int, .uint, .double, .string, .bytes: value.type.name == type.description
    }
  }

  private static let environment: Environment = {
    let types: [String: CELType] = [
      "bool": .bool, "int": .int, "uint": .uint, "double": .double, "string": .string, "bytes": .bytes,
      "timestamp": .timestamp, "duration": .duration, "list": .list(.int), "map": .map(.string, .int), "dyn": .dyn,
    ]
    var environment = Environment()
    environment.limits.evaluationCost = 100_000
    environment.limits.stringLength = 10_000
    for (name, type) in GeneratedExpression.variables {
      environment.declare(variable: name, types[type] ?? .dyn)
    }
    return environment
  }()

  /// In the order of ``GeneratedExpression/variables``.
  private static let bindings: [Value] = [
    .bool(true), .int(5), .uint(7), .double(2.5), .string("naïve"), .bytes([0, 255]),
    Timestamp(seconds: 1_772_323_200, nanoseconds: 5).map { .timestamp($0) } ?? .null,
    .duration(Duration(nanoseconds: 90_000_000_001)), .list(ListValue([.int(3), .int(-1)])),
    .map(MapValue([("a", .int(1)), ("b", .int(2))])), .list(ListValue([.string("a"), .int(1), .null])),
  ]
}
