import CEL
import Inventory
import Policy

/// Judges tokens a segment at a time: conditions go over columns as far as those decide them, and over the token itself
/// where they don't. The outcome is the same as if each rule had been asked of each token.
struct TokenEvaluation: Sendable {
  private let evaluation: Evaluation
  private var rules: [BatchRule]
  private let now: Value
  private let org: Value

  /// Rules with overrides, which are asked of each token.
  private let others: [Evaluation.AskedRule]

  private struct BatchRule: Sendable {
    let asked: Evaluation.AskedRule
    /// Nil when the rule is asked of live tokens, as most are.
    let applies: BatchProgram?
    let condition: BatchProgram
    var appliesMemory: BatchProgram.Memory?
    var conditionMemory: BatchProgram.Memory
  }

  init(_ evaluation: Evaluation) {
    self.evaluation = evaluation
    now = conditionTimestamp(evaluation.inventory.now)
    org = evaluation.inventory.object(.organization, 0)
    let asked = evaluation.askedRules(of: .apiToken)
    others = asked.filter(\.programs.hasVariants)
    rules = asked.filter { !$0.programs.hasVariants }.map { rule in
      let isDefault = evaluation.policy.rules[rule.index].rule.applies == nil
      let applies = isDefault ? nil : TokenColumns.batch(rule.programs.applies)
      let condition = TokenColumns.batch(rule.programs.condition)
      return BatchRule(
        asked: rule, applies: applies, condition: condition, appliesMemory: applies?.memory(),
        conditionMemory: condition.memory())
    }
  }

  mutating func evaluate(_ segment: Int) -> Evaluation.Batch {
    var batch = evaluation.emptyBatch
    let tokens = evaluation.inventory.snapshot.tokens
    let columns = TokenColumns(tokens, segment: segment, now: evaluation.inventory.now)
    let bindings = values(.null)
    let start = tokens.starts[segment]
    let liveOnes = columns.live.map { $0 == .yes }
    for place in rules.indices {
      let rule = rules[place].asked.index
      var (applies, active) = (columns.live, liveOnes)
      if let program = rules[place].applies {
        applies = Self.evaluate(program, columns, bindings, nil, &rules[place].appliesMemory)
        active = applies.map { $0 == .yes }
      }
      let truths = rules[place].condition.evaluate(columns, bindings, active: active, &rules[place].conditionMemory)
      var (passed, notApplicable) = (0, 0)
      for row in 0..<columns.count {
        switch (applies[row], truths[row]) {
        case (.no, _): notApplicable += 1
        case (.yes, .no): passed += 1
        case (.yes, .yes):
          evaluation.noteFlagged(rule, .apiToken, start + row, values(columns.record(at: row)), in: &batch)
        case (.undecided, _), (.yes, .undecided):
          evaluation.note(rules[place].asked, .apiToken, start + row, values(columns.record(at: row)), in: &batch)
        }
      }
      batch.tallies[rule].passed += passed
      batch.tallies[rule].notApplicable += notApplicable
    }
    if !others.isEmpty {
      for row in 0..<columns.count {
        let values = values(columns.record(at: row))
        for rule in others { evaluation.note(rule, .apiToken, start + row, values, in: &batch) }
      }
    }
    return batch
  }

  private func values(_ record: Value) -> [Value] {
    ConditionEnvironment.bindings(.apiToken, record, now: now, org: org, facts: evaluation.inventory.facts)
  }

  private static func evaluate(
    _ program: BatchProgram, _ columns: TokenColumns, _ bindings: [Value], _ active: [Bool]?,
    _ memory: inout BatchProgram.Memory?
  ) -> [Truth] {
    var known = memory ?? program.memory()
    memory = nil
    defer { memory = known }
    return program.evaluate(columns, bindings, active: active, &known)
  }
}
