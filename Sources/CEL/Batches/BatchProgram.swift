/// A condition for many records at once. What it decides is what ``Program/evaluateBool(_:)`` gives for the record;
/// what it leaves undecided, every error among it, is for that to tell.
package struct BatchProgram: Sendable {
  let root: BatchNode
  let memoCount: Int
  /// What each part may spend, so that all of them together spend no more than one evaluation may.
  let budget: Budget
  let recordTypes: [String: ObjectType]
  /// The variables that stand for the record, by their places.
  let records: [Int]

  /// What parts of the condition gave for codes of fields; belongs to one program and one set of codes.
  package struct Memory: Sendable {
    var truths: [[Truth?]]
  }

  package func memory() -> Memory { Memory(truths: Array(repeating: [], count: memoCount)) }

  /// - Parameters:
  ///   - bindings: The values of the environment's variables; whatever stands for the record is replaced.
  ///   - active: Which of the records are asked; nil for all. What is said of the others has no meaning.
  package func evaluate(
    _ columns: any RecordColumns, _ bindings: [Value], active: [Bool]? = nil, _ memory: inout Memory
  ) -> [Truth] {
    var evaluation = BatchEvaluation(program: self, columns: columns, bindings: bindings, memory: memory)
    // One owner at a time, so that what is noted is not copied.
    memory = Memory(truths: [])
    let truths = evaluation.evaluate(root, active ?? Array(repeating: true, count: columns.count))
    memory = evaluation.memory
    return truths
  }
}

extension Program {
  /// The condition for records of which columns are known.
  /// - Parameters:
  ///   - variables: The names of the variables that stand for the record.
  ///   - columns: What the columns of the record's fields hold, by field; fields that have none are left out.
  package func batch(over variables: Set<String>, columns: [Int: ColumnKind]) -> BatchProgram {
    let records = environment.variables.indices.filter { variables.contains(environment.variables[$0].name) }
    var compiler = BatchCompiler(checked, environment, records: Set(records), columns: columns)
    let root = compiler.condition(checked.root)
    var limits = environment.limits
    limits.evaluationCost /= max(1, compiler.partCount)
    return BatchProgram(
      root: root, memoCount: compiler.memoCount, budget: Budget(limits),
      recordTypes: compiler.needsRecordTypes ? environment.declarations.objects : [:], records: records)
  }
}
