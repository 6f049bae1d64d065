import CEL
import Inventory
import Policy

/// Judges many resources of one kind at a time: conditions go over columns as far as those decide them, and over the
/// resource itself where they don't. The outcome is the same as if each rule had been asked of each resource.
struct ColumnEvaluation: Sendable {
  private let evaluation: Evaluation
  private let kind: ResourceKind
  private var rules: [BatchRule]
  /// Rules with overrides, which are asked of each resource.
  private let others: [Evaluation.AskedRule]
  /// The values of a condition's variables, but for those that stand for the resource.
  private let bindings: [Value]

  private struct BatchRule: Sendable {
    let index: Int
    let programs: RulePrograms
    let applies: BatchProgram
    let condition: BatchProgram
    var appliesMemory: BatchProgram.Memory
    var conditionMemory: BatchProgram.Memory
    /// What the rule's expressions give for codes of the one coded field that they depend on, where columns don't tell:
    /// for some thousands of codes at most, since many codes stand for few records each.
    var appliesOutcomes: [Int32: Outcome?] = [:]
    var conditionOutcomes: [Int32: Outcome] = [:]

    private static let codeLimit = 4096

    // A record's outcome is that of its code, where there is one: an error says nothing of other fields.

    mutating func outcomeOfApplies(ofCode code: Int32?, _ bindings: @autoclosure () -> [Value]) -> Outcome? {
      guard let code, code >= 0 else { return programs.outcomeOfApplies(bindings()) }
      if let known = appliesOutcomes[code] { return known }
      let outcome = programs.outcomeOfApplies(bindings())
      if appliesOutcomes.count < Self.codeLimit { appliesOutcomes[code] = .some(outcome) }
      return outcome
    }

    mutating func outcomeOfCondition(ofCode code: Int32?, _ bindings: @autoclosure () -> [Value]) -> Outcome {
      guard let code, code >= 0 else { return programs.outcomeOfCondition(bindings()) }
      if let known = conditionOutcomes[code] { return known }
      let outcome = programs.outcomeOfCondition(bindings())
      if conditionOutcomes.count < Self.codeLimit { conditionOutcomes[code] = outcome }
      return outcome
    }
  }

  init(_ evaluation: Evaluation, _ kind: ResourceKind) {
    self.evaluation = evaluation
    self.kind = kind
    bindings = evaluation.bindings(kind, .null)
    let asked = evaluation.askedRules(of: kind)
    others = asked.filter(\.programs.hasVariants)
    rules = asked.filter { !$0.programs.hasVariants }.map { rule in
      let variables: Set<String> = ["record", kind.variable]
      let applies = rule.programs.applies.batch(over: variables)
      let condition = rule.programs.condition.batch(over: variables)
      return BatchRule(
        index: rule.index, programs: rule.programs, applies: applies, condition: condition,
        appliesMemory: applies.memory(),
        conditionMemory: condition.memory())
    }
  }

  /// Judges the batch's resources, which lie in the columns.
  mutating func evaluate(_ columns: any RecordColumns, in batch: inout Evaluation.Batch) {
    let (evaluation, kind, start) = (evaluation, kind, batch.range.lowerBound)
    // What one rule can't be decided on, others often can't either.
    var asked: [Int: [Value]] = [:]
    func bindings(_ row: Int) -> [Value] {
      if let known = asked[row] { return known }
      let made = evaluation.bindings(kind, columns.record(at: row))
      asked[row] = made
      return made
    }
    for place in rules.indices {
      let rule = rules[place].index
      let applies = rules[place].applies.evaluate(columns, self.bindings, &rules[place].appliesMemory)
      let condition = rules[place].condition.evaluate(
        columns, self.bindings, active: applies.yes, &rules[place].conditionMemory)
      let flagged = applies.yes.intersection(condition.yes)
      let undecided = applies.undecided.union(applies.yes.intersection(condition.undecided))
      let passed = applies.yes.subtracting(condition.yes).subtracting(condition.undecided)
      batch.tallies[rule].passed += passed.setCount
      batch.tallies[rule].notApplicable += applies.no.setCount
      evaluation.noteFlagged(rule, kind, flagged, in: &batch, bindings)
      guard !undecided.isEmpty else { continue }
      let appliesCodes = rules[place].applies.codedField.map { columns.codes($0) }
      let conditionCodes = rules[place].condition.codedField.map { columns.codes($0) }
      undecided.forEachSet { row in
        let outcome =
          (applies.yes[row] ? nil : rules[place].outcomeOfApplies(ofCode: appliesCodes?[row], bindings(row)))
          ?? rules[place].outcomeOfCondition(ofCode: conditionCodes?[row], bindings(row))
        evaluation.note(outcome, of: rule, kind, start + row, bindings(row), in: &batch)
      }
    }
    if !others.isEmpty {
      for row in 0..<columns.count {
        let bindings = bindings(row)
        for rule in others {
          evaluation.note(rule.programs.outcome(bindings), of: rule.index, kind, start + row, bindings, in: &batch)
        }
      }
    }
  }
}
