/// Selections and presence tests.
extension Compiler {
  mutating func select(
    _ node: SyntaxNode, _ operand: SyntaxNode, _ field: String, isOptional: Bool
  ) -> Code {
    if case .field(let index, let type) = checked.reference(node) {
      if isOptional { return optionalField(operand, field) }
      let absent = EvaluationError("\(type) has no `\(field)`", kind: .noSuchField)
      let (record, isConstant) = record(operand)
      let code = Code.reading(self.type(node), FieldReader(record: record, index: index, absent: absent))
      return isConstant ? fold(code) : code
    }
    if isOptional { return optionalField(operand, field) }
    useRecordTypes()
    let operand = compile(operand)
    let value = operand.value
    let code = Code.value { frame throws(EvaluationError) in
      try Lookup.field(try value(&frame), field, &frame)
    }
    return operand.constant == nil ? code : fold(code)
  }

  private mutating func optionalField(_ operand: SyntaxNode, _ field: String) -> Code {
    useRecordTypes()
    let operand = compile(operand).value
    return .value { frame throws(EvaluationError) in
      .optional(try Lookup.optionalField(try operand(&frame), field, &frame))
    }
  }

  mutating func presence(_ node: SyntaxNode, _ operand: SyntaxNode, _ field: String) -> Code {
    if case .field(let index, _) = checked.reference(node) {
      let (record, isConstant) = record(operand)
      let code = Code.bool(record.presence(of: index))
      return isConstant ? fold(code) : code
    }
    useRecordTypes()
    let operand = compile(operand).value
    return .bool { frame throws(EvaluationError) in try Lookup.presence(try operand(&frame), field, &frame) }
  }

  private mutating func record(_ node: SyntaxNode) -> (RecordSource, isConstant: Bool) {
    switch checked.reference(node) {
    case .variable(let slot): return (.variable(slot), false)
    case .local(let slot): return (.local(slot), false)
    default:
      let code = compile(node)
      return (.evaluation(code.value), code.constant != nil)
    }
  }
}
