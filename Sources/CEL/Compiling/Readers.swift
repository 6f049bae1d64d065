/// Something that values are read from.
protocol Reader: Sendable {
  func read(_ frame: inout Frame) throws(EvaluationError) -> Value
}

/// Reads a variable of the environment.
struct VariableReader: Reader {
  let slot: Int

  @inline(__always)
  func read(_ frame: inout Frame) throws(EvaluationError) -> Value { frame.variables[slot] }
}

/// Reads a variable that a macro declares.
struct LocalReader: Reader {
  let slot: Int

  @inline(__always)
  func read(_ frame: inout Frame) throws(EvaluationError) -> Value { frame.locals[slot] }
}

/// Reads a field of a record by its index.
struct FieldReader: Reader {
  let record: RecordSource
  let index: Int
  /// What selecting the field is when the record does not have it.
  let absent: EvaluationError

  @inline(__always)
  func read(_ frame: inout Frame) throws(EvaluationError) -> Value {
    switch try record.record(&frame).field(index) {
    case .value(let value): return value
    case .absent: throw absent
    case .unknown(let reason): throw EvaluationError(reason, kind: .unknown)
    }
  }
}

/// Reads what an evaluation gives.
struct EvaluationReader: Reader {
  private let evaluation: Evaluation<Value>

  init(_ evaluation: @escaping Evaluation<Value>) { self.evaluation = evaluation }

  @inline(__always)
  func read(_ frame: inout Frame) throws(EvaluationError) -> Value { try evaluation(&frame) }
}

/// Where a record comes from; variables are read in place.
enum RecordSource: Sendable {
  case variable(Int)
  case local(Int)
  case evaluation(Evaluation<Value>)

  @inline(__always)
  func record(_ frame: inout Frame) throws(EvaluationError) -> any Object {
    switch self {
    case .variable(let slot):
      if case .object(let object) = frame.variables[slot] { return object }
      throw .unexpected(frame.variables[slot], expected: "a record")
    case .local(let slot):
      let value = frame.locals[slot]
      if case .object(let object) = value { return object }
      throw .unexpected(value, expected: "a record")
    case .evaluation(let evaluation):
      let value = try evaluation(&frame)
      if case .object(let object) = value { return object }
      throw .unexpected(value, expected: "a record")
    }
  }

  /// Whether the record has the field; not knowing is an error.
  func presence(of index: Int) -> Evaluation<Bool> {
    { frame throws(EvaluationError) in
      switch try record(&frame).field(index) {
      case .value: return true
      case .absent: return false
      case .unknown(let reason): throw EvaluationError(reason, kind: .unknown)
      }
    }
  }
}
