import CEL
import Inventory
import Policy

/// Judges tokens a segment at a time: conditions go over columns as far as those decide them, and over the token itself
/// where they don't. The outcome is the same as if each rule had been asked of each token.
struct TokenEvaluation {
  private let evaluation: Evaluation
  private var rules: [BatchRule]
  private let now: Value
  private let org: Value

  /// Rules with overrides, which are asked of each token.
  private let others: [Int]

  private struct BatchRule {
    let index: Int
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
    rules = evaluation.policy.rules.enumerated().compactMap { index, selected in
      guard let programs = selected.programs[.apiToken], !programs.hasVariants else { return nil }
      let applies = selected.rule.applies == nil ? nil : TokenColumns.batch(programs.applies)
      let condition = TokenColumns.batch(programs.condition)
      return BatchRule(
        index: index, applies: applies, condition: condition, appliesMemory: applies?.memory(),
        conditionMemory: condition.memory())
    }
    others = evaluation.policy.rules.indices.filter {
      evaluation.policy.rules[$0].programs[.apiToken]?.hasVariants ?? false
    }
  }

  mutating func evaluate(_ segment: Int) -> Evaluation.Batch {
    var batch = evaluation.emptyBatch
    let tokens = evaluation.inventory.snapshot.tokens
    let columns = TokenColumns(tokens, segment: segment, now: evaluation.inventory.now)
    let bindings = ConditionEnvironment.bindings(.apiToken, .null, now: now, org: org)
    let start = tokens.starts[segment]
    for place in rules.indices {
      let rule = rules[place].index
      let applies: [Truth]
      if let program = rules[place].applies {
        applies = Self.evaluate(program, columns, bindings, nil, &rules[place].appliesMemory)
      } else {
        applies = columns.live
      }
      let active = applies.map { $0 == .yes }
      let truths = rules[place].condition.evaluate(columns, bindings, active: active, &rules[place].conditionMemory)
      for row in 0..<columns.count {
        switch (applies[row], truths[row]) {
        case (.no, _): batch.tallies[rule].notApplicable += 1
        case (.yes, .no): batch.tallies[rule].passed += 1
        case (.yes, .yes):
          evaluation.noteFlagged(rule, .apiToken, start + row, values(columns, row), in: &batch)
        case (.undecided, _), (.yes, .undecided):
          evaluation.note(rule, .apiToken, start + row, values(columns, row), in: &batch)
        }
      }
    }
    if !others.isEmpty {
      for row in 0..<columns.count {
        let values = values(columns, row)
        for rule in others { evaluation.note(rule, .apiToken, start + row, values, in: &batch) }
      }
    }
    return batch
  }

  private func values(_ columns: TokenColumns, _ row: Int) -> [Value] {
    ConditionEnvironment.bindings(.apiToken, columns.record(at: row), now: now, org: org)
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
