import CEL
import Inventory

/// What a rule makes of one of its examples.
package struct ExampleCheck: Sendable {
  package let example: Rule.Example
  package let outcome: Outcome
  /// What the finding says; nil when nothing was flagged.
  package let message: String?
  /// The finding's measure; nil when nothing was flagged, or the rule declares none.
  package let measure: Double?

  /// Whether the rule comes out as its author says.
  package var isAsExpected: Bool {
    switch (example.outcome, outcome) {
    case (.flagged, .flagged), (.passed, .passed), (.notApplicable, .notApplicable): true
    case (.notEvaluable, .notEvaluable): true
    default: false
    }
  }
}

/// Why an example can't be evaluated at all.
package struct InvalidExample: Error {
  /// Where it stands: `file:line`.
  package let place: String
  package let message: String
}

extension Rule {
  /// Evaluates the example with the rule's defaults and the parameters that the example sets.
  ///
  /// - Parameter facts: The tables of the policy that defines the rule; nil for those of the rule alone.
  package func check(
    _ example: Example, facts declarations: [FactDeclaration]? = nil
  ) throws(InvalidExample) -> ExampleCheck {
    let declarations = declarations ?? facts
    var compiler = RuleCompiler(facts: declarations)
    let values = parameters.map {
      ParameterSetting(name: $0.name, value: example.parameters[$0.name] ?? $0.defaultValue, origin: .rule)
    }
    guard let programs = compiler.programs(of: self, values)[example.kind] else {
      let message = compiler.diagnostics.first?.rendered ?? "the rule is not asked of \(example.kind.rawValue)"
      throw InvalidExample(place: example.place, message: message)
    }
    let inventory: AuditedInventory
    do throws(JSONError) {
      inventory = try example.inventory()
    } catch {
      throw InvalidExample(place: example.place, message: error.message)
    }
    guard let index = example.index(in: inventory) else {
      throw InvalidExample(place: example.place, message: "the example has no \(example.kind.rawValue)")
    }
    let bindings = ConditionEnvironment.bindings(
      example.kind, inventory.object(example.kind, index), now: conditionTimestamp(inventory.now),
      org: inventory.object(.organization, 0),
      facts: .object(FactsObject(declarations, try example.factTables(declarations))))
    let outcome = programs.outcome(bindings)
    return ExampleCheck(
      example: example, outcome: outcome, message: outcome == .flagged ? programs.message.text(bindings) : nil,
      measure: outcome == .flagged ? programs.measure(bindings) : nil)
  }
}
