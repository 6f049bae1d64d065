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
  /// The variable of a macro that stands for the record.
  let local: Int?
  /// The coded field of the record that the condition depends on, when it is the only one.
  package let codedField: Int?

  /// What parts of the condition gave for codes of fields; belongs to one program and one set of codes.
  package struct Memory: Sendable {
    /// Nil for a code that has not been met.
    var coded: [[Truth?]]
    /// The same of all values of a field that are records.
    var nested: [Truths?]
  }

  package func memory() -> Memory {
    Memory(coded: Array(repeating: [], count: memoCount), nested: Array(repeating: nil, count: memoCount))
  }

  /// - Parameters:
  ///   - bindings: The values of the environment's variables; whatever stands for the record is replaced.
  ///   - active: Which of the records are asked; nil for all. What is said of the others has no meaning.
  package func evaluate(
    _ columns: any RecordColumns, _ bindings: [Value], active: Bitmap? = nil, _ memory: inout Memory
  ) -> Truths {
    var evaluation = BatchEvaluation(program: self, columns: columns, bindings: bindings, memory: memory)
    // One owner at a time, so that what is noted is not copied.
    memory = Memory(coded: [], nested: [])
    let truths = evaluation.evaluate(root, active ?? Bitmap(repeating: true, count: columns.count))
    memory = evaluation.memory
    return truths
  }
}

extension Program {
  /// The condition for records of which columns are known, as the declaration of their type says.
  /// - Parameter variables: The names of the variables that stand for the record, which have one type.
  package func batch(over variables: Set<String>) -> BatchProgram {
    let records = environment.variables.indices.filter { variables.contains(environment.variables[$0].name) }
    let columns = records.first.map { environment.declarations.columns(of: environment.variables[$0].type) } ?? [:]
    var compiler = BatchCompiler(checked, environment, records: Set(records), columns: columns, elements: elements)
    return compiler.program(checked.root, environment.limits)
  }

  /// What macros in the expression ask of the elements of lists that lie in columns.
  package var elementConditions: [ElementCondition] { elements.sorted { $0.key < $1.key }.map(\.value) }
}

extension BatchCompiler {
  mutating func program(_ root: SyntaxNode, _ limits: Limits) -> BatchProgram {
    let root = condition(root)
    var limits = limits
    limits.evaluationCost /= max(1, partCount)
    return BatchProgram(
      root: root, memoCount: memoCount, budget: Budget(limits), recordTypes: recordTypes, records: records.sorted(),
      local: local, codedField: codedField(of: root))
  }
}
