package import Inventory

/// What a rule makes of one of its examples.
package struct ExampleCheck: Sendable {
  package let example: Rule.Example
  package let outcome: Outcome
  /// What the finding says; nil when nothing was flagged.
  package let message: String?

  /// Whether the rule comes out as its author says.
  package var isAsExpected: Bool {
    switch (example.outcome, outcome) {
    case (.flagged, .flagged), (.passed, .passed), (.notApplicable, .notApplicable): true
    case (.notEvaluable, .notEvaluable): true
    default: false
    }
  }
}

extension SelectedRule {
  /// Evaluates the example. Throws `JSONError` when it can't be a record, or nothing of its kind.
  package func check(_ example: Rule.Example) throws(JSONError) -> ExampleCheck {
    let inventory = try example.inventory()
    guard let programs = programs[example.kind], inventory.count(of: example.kind) > 0 else {
      throw JSONError("the example is no \(example.kind.rawValue)", at: 0)
    }
    let bindings = ConditionEnvironment.bindings(
      example.kind, inventory.object(example.kind, 0), now: conditionTimestamp(inventory.now),
      org: inventory.object(.organization, 0))
    let outcome = programs.outcome(bindings)
    return ExampleCheck(
      example: example, outcome: outcome, message: outcome == .flagged ? programs.message.text(bindings) : nil)
  }
}
