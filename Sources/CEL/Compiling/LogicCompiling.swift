/// `&&`, `||`, `!` and `?:` (langdef, "Logical Operators").
extension Compiler {
  /// An operand that settles the result makes up for errors of the others, on whichever side they are.
  mutating func logical(_ operands: [SyntaxNode], settledBy decisive: Bool) -> Code {
    Self.logical(operands.map { compile($0).bool }[...], settledBy: decisive)
  }

  private static func logical(_ operands: ArraySlice<Evaluation<Bool>>, settledBy decisive: Bool) -> Code {
    // A few operands are called one by one: a loop over closures costs more than they do.
    guard let first = operands.first, 2...8 ~= operands.count else { return chain(Array(operands), decisive) }
    let rest = operands.dropFirst()
    let second = rest.count == 1 ? rest[rest.startIndex] : logical(rest, settledBy: decisive).bool
    return .bool { frame throws(EvaluationError) in
      let failure: EvaluationError
      do throws(EvaluationError) {
        if try first(&frame) == decisive { return decisive }
      } catch {
        failure = error
        if (try? second(&frame)) == decisive { return decisive }
        throw failure
      }
      return try second(&frame)
    }
  }

  private static func chain(_ operands: [Evaluation<Bool>], _ decisive: Bool) -> Code {
    .bool { frame throws(EvaluationError) in
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
    case (.bool, .bool):
      let (then, otherwise) = (then.bool, otherwise.bool)
      return .bool { frame throws(EvaluationError) in try test(&frame) ? try then(&frame) : try otherwise(&frame) }
    case (.int, .int):
      let (then, otherwise) = (then.int, otherwise.int)
      return .int { frame throws(EvaluationError) in try test(&frame) ? try then(&frame) : try otherwise(&frame) }
    case (.string, .string):
      let (then, otherwise) = (then.string, otherwise.string)
      return .string { frame throws(EvaluationError) in try test(&frame) ? try then(&frame) : try otherwise(&frame) }
    case (.timestamp, .timestamp):
      let (then, otherwise) = (then.timestamp, otherwise.timestamp)
      return .timestamp { frame throws(EvaluationError) in try test(&frame) ? try then(&frame) : try otherwise(&frame) }
    case (.duration, .duration):
      let (then, otherwise) = (then.duration, otherwise.duration)
      return .duration { frame throws(EvaluationError) in try test(&frame) ? try then(&frame) : try otherwise(&frame) }
    default:
      let (then, otherwise) = (then.value, otherwise.value)
      return .value { frame throws(EvaluationError) in try test(&frame) ? try then(&frame) : try otherwise(&frame) }
    }
  }
}
