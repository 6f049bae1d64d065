/// `&&`, `||`, `!` and `?:` (langdef, "Logical Operators").
extension Compiler {
  /// An operand that settles the result makes up for errors of the others, on whichever side they are.
  mutating func logical(_ operands: [SyntaxNode], settledBy decisive: Bool) -> Code {
    let operands = operands.map { compile($0).bool }
    if operands.count == 2 {
      let (first, second) = (operands[0], operands[1])
      return .bool { frame throws(EvaluationError) in
        let failure: EvaluationError
        do throws(EvaluationError) {
          if try first(&frame) == decisive { return decisive }
        } catch {
          failure = error
          if try second(&frame) == decisive { return decisive }
          throw failure
        }
        return try second(&frame)
      }
    }
    return .bool { frame throws(EvaluationError) in
      var failure: EvaluationError?
      for operand in operands {
        do throws(EvaluationError) {
          if try operand(&frame) == decisive { return decisive }
        } catch {
          failure = failure ?? error
        }
      }
      if let failure { throw failure }
      return !decisive
    }
  }

  mutating func conditional(_ condition: SyntaxNode, _ then: SyntaxNode, _ otherwise: SyntaxNode) -> Code {
    let (condition, then, otherwise) = (compile(condition), compile(then), compile(otherwise))
    if case .bool(let flag)? = condition.constant { return flag ? then : otherwise }
    let test = condition.bool
    switch (then.nativeType, otherwise.nativeType) {
    case (.bool, .bool): return .bool(choose(test, then.bool, otherwise.bool))
    case (.int, .int): return .int(choose(test, then.int, otherwise.int))
    case (.string, .string): return .string(choose(test, then.string, otherwise.string))
    case (.timestamp, .timestamp): return .timestamp(choose(test, then.timestamp, otherwise.timestamp))
    case (.duration, .duration): return .duration(choose(test, then.duration, otherwise.duration))
    default: return .value(choose(test, then.value, otherwise.value))
    }
  }

  @inline(__always)
  private func choose<Result>(
    _ test: @escaping Evaluation<Bool>, _ then: @escaping Evaluation<Result>,
    _ otherwise: @escaping Evaluation<Result>
  ) -> Evaluation<Result> {
    { frame throws(EvaluationError) in try test(&frame) ? try then(&frame) : try otherwise(&frame) }
  }
}
