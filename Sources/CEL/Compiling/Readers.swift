/// Reads a variable of the environment.
struct VariableReader: Reader {
  let slot: Int
  let name: String

  @inline(__always)
  func evaluation<Result: Native>() -> Evaluation<Result> {
    let slot = slot
    let name = name
    return { frame throws(EvaluationError) in
      let value = frame.variables[slot]
      guard let native = Result.unwrap(value) else {
        throw value.failure
          ?? EvaluationError(
            "the variable `\(name)` is \(value.type.name), not \(Result.celName) as declared", kind: .noSuchOverload)
      }
      if Result.self == Value.self, let failure = value.failure { throw failure }
      return native
    }
  }
}

/// Reads a variable that a macro declares.
struct LocalReader: Reader {
  let slot: Int

  @inline(__always)
  func evaluation<Result: Native>() -> Evaluation<Result> {
    let slot = slot
    return { frame throws(EvaluationError) in
      let value = frame.locals[slot]
      guard let native = Result.unwrap(value) else { throw .unexpected(value, expected: Result.celName) }
      if Result.self == Value.self, let failure = value.failure { throw failure }
      return native
    }
  }
}

/// Reads a field of a record by its index.
struct FieldReader: Reader {
  let record: RecordSource
  let index: Int
  /// What selecting the field is when the record does not have it.
  let absent: EvaluationError

  @inline(__always)
  func evaluation<Result: Native>() -> Evaluation<Result> {
    let (index, absent) = (index, absent)
    switch record {
    case .variable(let slot):
      return { frame throws(EvaluationError) in
        guard case .object(let object) = frame.variables[slot] else {
          throw .unexpected(frame.variables[slot], expected: "a record")
        }
        return try Self.result(object.field(index), absent)
      }
    case .local(let slot):
      return { frame throws(EvaluationError) in
        guard case .object(let object) = frame.locals[slot] else {
          throw .unexpected(frame.locals[slot], expected: "a record")
        }
        return try Self.result(object.field(index), absent)
      }
    case .evaluation(let evaluation):
      return { frame throws(EvaluationError) in
        let value = try evaluation(&frame)
        guard case .object(let object) = value else { throw .unexpected(value, expected: "a record") }
        return try Self.result(object.field(index), absent)
      }
    }
  }

  @inline(__always)
  private static func result<Result: Native>(
    _ field: Field, _ absent: EvaluationError
  ) throws(EvaluationError) -> Result {
    switch field {
    case .absent: throw absent
    case .unknown(let reason): throw EvaluationError(reason, kind: .unknown)
    case .value(let value):
      guard let native = Result.unwrap(value) else { throw .unexpected(value, expected: Result.celName) }
      return native
    }
  }
}

/// Where a record comes from; variables are read in place.
enum RecordSource: Sendable {
  case variable(Int)
  case local(Int)
  case evaluation(Evaluation<Value>)

  /// Whether the record has the field; not knowing is an error.
  func presence(of index: Int) -> Evaluation<Bool> {
    switch self {
    case .variable(let slot):
      return { frame throws(EvaluationError) in
        guard case .object(let object) = frame.variables[slot] else {
          throw .unexpected(frame.variables[slot], expected: "a record")
        }
        return try Self.isPresent(object.field(index))
      }
    case .local(let slot):
      return { frame throws(EvaluationError) in
        guard case .object(let object) = frame.locals[slot] else {
          throw .unexpected(frame.locals[slot], expected: "a record")
        }
        return try Self.isPresent(object.field(index))
      }
    case .evaluation(let evaluation):
      return { frame throws(EvaluationError) in
        let value = try evaluation(&frame)
        guard case .object(let object) = value else { throw .unexpected(value, expected: "a record") }
        return try Self.isPresent(object.field(index))
      }
    }
  }

  @inline(__always)
  private static func isPresent(_ field: Field) throws(EvaluationError) -> Bool {
    switch field {
    case .absent: return false
    case .unknown(let reason): throw EvaluationError(reason, kind: .unknown)
    case .value: return true
    }
  }
}
