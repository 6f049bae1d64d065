package import CEL

/// A rule's expressions, compiled for one kind of resource and the policy's parameters.
package struct RulePrograms: Sendable {
  /// Whether the rule is asked of the resource.
  package let applies: Program
  package let condition: Program
  package let message: MessageTemplate
  /// A number for each finding; nil when the rule declares none.
  let measure: Program?
  /// The fields of the resource that the condition reads.
  let evidenceFields: [EvidenceField]
  /// What the policy's overrides make of them, in the order in which they are asked; for most rules none.
  var variants: [RuleVariant] = []

  struct EvidenceField: Sendable {
    /// The field's path as the API names it: `expiresAt`, `attributes.status`.
    let name: String
    /// Its index in the resource, or that of the object it is in and its own.
    let path: [Int]
  }

  init(applies: Program, condition: Program, message: MessageTemplate, measure: Program?, kind: ResourceKind) {
    self.applies = applies
    self.condition = condition
    self.message = message
    self.measure = measure
    evidenceFields = Self.evidenceFields(of: condition, in: kind.objectType)
  }

  private static func evidenceFields(
    of condition: Program, in type: ObjectType, prefix: String = "", path: [Int] = []
  ) -> [EvidenceField] {
    let names = Set(condition.referencedFields.filter { $0.type == type.name }.map(\.field))
    return type.fields.enumerated().filter { names.contains($0.element.name) }.flatMap { index, field in
      let name = prefix + field.name
      if case .object(let typeName) = field.type,
        let nested = ConditionEnvironment.types.first(where: { $0.name == typeName })
      {
        return evidenceFields(of: condition, in: nested, prefix: name + ".", path: path + [index])
      }
      return [EvidenceField(name: name, path: path + [index])]
    }
  }

  /// Asks the rule of one resource. An error in either expression is not evaluable, never passed.
  package func outcome(_ bindings: [Value]) -> Outcome {
    variants.isEmpty ? ownOutcome(bindings) : outcomeByVariants(bindings)
  }

  /// The outcome by these expressions, whatever the variants say.
  func ownOutcome(_ bindings: [Value]) -> Outcome { outcomeOfApplies(bindings) ?? outcomeOfCondition(bindings) }

  /// The outcome as far as it takes no more than whether the rule is asked of the resource: not applicable, or not
  /// evaluable; nil when the rule is asked. For rules without variants.
  package func outcomeOfApplies(_ bindings: [Value]) -> Outcome? {
    do throws(EvaluationError) { return try applies.evaluateBool(bindings) ? nil : .notApplicable } catch {
      return .notEvaluable(reason(error))
    }
  }

  /// The outcome for a resource to which the rule applies. For rules without variants.
  package func outcomeOfCondition(_ bindings: [Value]) -> Outcome {
    do throws(EvaluationError) { return try condition.evaluateBool(bindings) ? .flagged : .passed } catch {
      return .notEvaluable(reason(error))
    }
  }

  /// A text that could not be converted is quoted. Reasons for what is unknown are our own words.
  func reason(_ error: EvaluationError) -> String {
    error.kind == .unknown ? error.message : maskingSecrets(error.message)
  }

  /// How bad a finding on the resource is, greater is worse; nil when the rule declares no measure, or it can't be
  /// evaluated.
  package func measure(_ bindings: [Value]) -> Double? {
    switch try? measure?.evaluate(bindings) {
    case .int(let number): Double(number)
    case .uint(let number): Double(number)
    case .double(let number) where number.isFinite: number
    default: nil
    }
  }

  /// The fields that the condition reads, with their values as people read them; absent ones say so.
  package func evidence(_ bindings: [Value]) -> [(field: String, value: String)] {
    guard case .object(let record)? = bindings.first else { return [] }
    return evidenceFields.map { ($0.name, Self.text(of: record, $0.path[...])) }
  }

  private static func text(of record: any CEL.Object, _ path: ArraySlice<Int>) -> String {
    guard let index = path.first else { return "" }
    switch record.field(index) {
    case .absent: return "absent"
    case .unknown(let reason): return "unknown: \(reason)"
    case .value(.object(let object)): return text(of: object, path.dropFirst())
    case .value(.list(let list)) where list.count > 0 && isObject(list[0]): return "\(list.count)"
    case .value(let value): return displayText(value)
    }
  }
}

private func isObject(_ value: Value) -> Bool { if case .object = value { true } else { false } }

/// A waiver's condition, compiled for one kind of resource.
package struct CompiledMatch: Sendable {
  package let condition: Program
}
