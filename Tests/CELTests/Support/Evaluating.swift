import CEL

/// The value of an expression without variables.
func evaluate(_ source: String, in environment: Environment = Environment()) throws -> Value {
  try environment.compile(source).evaluate([])
}

/// The problems of an expression; none when it compiles.
func problems(_ source: String, in environment: Environment = Environment(), expecting: CELType? = nil) -> [Problem] {
  do throws(CompilationFailure) {
    _ = try environment.compile(source, expecting: expecting)
    return []
  } catch {
    return error.problems
  }
}

/// The error that evaluating an expression ends in; nil when it has a value.
func evaluationError(_ source: String, in environment: Environment = Environment()) throws -> EvaluationError? {
  let program = try environment.compile(source)
  do throws(EvaluationError) {
    _ = try program.evaluate([])
    return nil
  } catch {
    return error
  }
}
