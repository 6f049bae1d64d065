package import CEL

/// A rule's expressions, compiled for one kind of resource and the policy's parameters.
package struct RulePrograms: Sendable {
  /// Whether the rule is asked of the resource.
  package let applies: Program
  package let condition: Program
  package let message: MessageTemplate
  /// The fields of the resource that the condition reads: name and index.
  let evidenceFields: [(name: String, index: Int)]

  /// Asks the rule of one resource. An error in either expression is not evaluable, never passed.
  package func outcome(_ bindings: [Value]) -> Outcome {
    do throws(EvaluationError) {
      guard try applies.evaluateBool(bindings) else { return .notApplicable }
      return try condition.evaluateBool(bindings) ? .flagged : .passed
    } catch {
      return .notEvaluable(error.message)
    }
  }

  /// The fields that the condition read, with their values as people read them; absent ones say so.
  package func evidence(_ bindings: [Value]) -> [(field: String, value: String)] {
    guard case .object(let record)? = bindings.first else { return [] }
    return evidenceFields.compactMap { name, index in
      switch record.field(index) {
      case .absent: (name, "absent")
      case .unknown(let reason): (name, "unknown: \(reason)")
      case .value(.object): nil
      case .value(.list(let list)) where list.count > 0 && isObject(list[0]): (name, "\(list.count)")
      case .value(let value): (name, displayText(value))
      }
    }
  }
}

private func isObject(_ value: Value) -> Bool { if case .object = value { true } else { false } }

/// A waiver's condition, compiled for one kind of resource.
package struct CompiledMatch: Sendable {
  package let condition: Program
}
