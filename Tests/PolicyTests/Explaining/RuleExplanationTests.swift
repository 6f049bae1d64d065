import CEL
import Inventory
import Policy
import Testing

/// Explaining is evaluating: whatever the record, the explanation's own value is the one that an audit gets.
struct RuleExplanationTests {
  @Test(arguments: BuiltInRulesTests.rules)
  func theExplanationOfEveryExampleEndsInItsOutcome(_ rule: Rule) throws {
    for example in rule.examples {
      let selected = try rule.selected(for: example)
      let inventory = try example.inventory()
      let bindings = ConditionEnvironment.bindings(
        example.kind, inventory.object(example.kind, 0), now: conditionTimestamp(inventory.now),
        org: inventory.object(.organization, 0),
        facts: .object(FactsObject(rule.facts, try example.factTables(rule.facts))))
      let explanation = try #require(selected.explanation(example.kind, bindings, facts: rule.facts))
      let programs = try #require(selected.programs[example.kind])
      #expect(explanation.outcome == programs.outcome(bindings))
      #expect(same(explanation.applies.result, as: programs.applies, bindings), "\(example.place)")
      #expect(same(explanation.condition.result, as: programs.condition, bindings), "\(example.place)")
      #expect(wrongValues(explanation.condition) == [], "\(example.place)")
    }
  }

  private func same(_ result: Result<Value, EvaluationError>, as program: Program, _ bindings: [Value]) -> Bool {
    let evaluated = Result { () throws(EvaluationError) in try program.evaluateBool(bindings) }
    return switch (result, evaluated) {
    case (.success(.bool(let left)), .success(let right)): left == right
    case (.failure(let left), .failure(let right)): left == right
    default: false
    }
  }

  /// The parts whose value doesn't follow from the values of their own parts, by the standard's rules for `&&`, `||`,
  /// `!` and `?:`.
  private func wrongValues(_ explanation: Explanation) -> [String] {
    let parts = explanation.parts.compactMap { part -> Explanation? in
      if case .expression(let part) = part { part } else { nil }
    }
    let values = parts.map { part -> Bool? in if case .success(.bool(let flag)) = part.result { flag } else { nil } }
    var wrong = parts.flatMap(wrongValues)
    if case .success(.bool(let value)) = explanation.result, explanation.form == .operation, parts.count > 1,
      values.allSatisfy({ $0 != nil }), explanation.stepCount == nil
    {
      let flags = values.compactMap { $0 }
      let isPossible =
        value == flags.allSatisfy { $0 } || value == flags.contains(true) || value == (flags[0] == flags[1])
        || value == (flags[0] != flags[1])
      if !isPossible { wrong.append(explanation.text) }
    }
    return wrong
  }
}

extension Rule {
  /// The rule as a policy selects it that sets the example's parameters.
  fileprivate func selected(for example: Example) throws -> SelectedRule {
    let settings = example.parameters.map { name, value in
      if case .strings(let texts) = value { return "\(name): [\(texts.map { "'\($0)'" }.joined(separator: ", "))]" }
      return "\(name): '\(value.text)'"
    }
    let policy = try PolicyText.load("rules: { \(id): { parameters: { \(settings.joined(separator: ", ")) } } }").policy
    return try #require(policy.rules.first)
  }
}
