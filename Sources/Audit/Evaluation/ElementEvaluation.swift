import CEL
import Policy

/// Asks of tokens what rules on their owners and on the organization want to know of them.
struct ElementEvaluation {
  private var parts: [Part]

  /// A condition in a rule on resources of a kind.
  struct Asked: Sendable {
    let condition: ElementCondition
    let kind: ResourceKind
  }

  private struct Part: Sendable {
    let program: BatchProgram
    let bindings: [Value]
    var memory: BatchProgram.Memory
  }

  init(_ conditions: [Asked], _ evaluation: Evaluation) {
    parts = conditions.map { asked in
      let program = asked.condition.program
      return Part(program: program, bindings: evaluation.bindings(asked.kind, .null), memory: program.memory())
    }
  }

  /// What each of the conditions is of the tokens in the columns.
  mutating func evaluate(_ columns: TokenColumns) -> [Truths] {
    parts.indices.map { parts[$0].program.evaluate(columns, parts[$0].bindings, &parts[$0].memory) }
  }
}
