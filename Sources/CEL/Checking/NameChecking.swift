/// Identifiers and fields.
extension Checker {
  mutating func identifier(_ node: SyntaxNode, _ name: String, isRooted: Bool) -> CELType {
    if !isRooted, let local = local(name) {
      references[node.id] = .local(local.slot)
      return local.type
    }
    if let type = declared(node, name, isRooted: isRooted) { return type }
    let known =
      locals.map(\.name) + environment.variables.map(\.name)
      + environment.declarations.constants.keys.filter { !$0.contains(".") }
    return fail(
      node, "there is no variable `\(name)`",
      environment.declarations.functions[name] == nil
        ? didYouMean(name, among: known) : "`\(name)` is a function: write \(name)(…)",
      at: node.focus, kind: .unbound)
  }

  private func local(_ name: String) -> Local? { locals.last { $0.name == name } }

  private mutating func declared(_ node: SyntaxNode, _ name: String, isRooted: Bool) -> CELType? {
    switch names.identifier(name, isRooted: isRooted) {
    case .variable(let index):
      references[node.id] = .variable(index)
      return environment.variables[index].type
    case .constant(let constant):
      references[node.id] = .constant(constant.value)
      return constant.type
    case nil: return nil
    }
  }

  /// `a.b.c` when the node is a chain of plain names of which the first is no local variable.
  func qualifiedName(_ node: SyntaxNode) -> (name: String, isRooted: Bool)? {
    switch node.kind {
    case .identifier(let name, let isRooted): isRooted || local(name) == nil ? (name, isRooted) : nil
    case .select(let operand, let field, isOptional: false):
      qualifiedName(operand).map { ("\($0.name).\(field)", $0.isRooted) }
    default: nil
    }
  }

  mutating func select(_ node: SyntaxNode, _ operand: SyntaxNode, _ field: String, isOptional: Bool) -> CELType {
    // The longest prefix that is declared counts.
    if let (name, isRooted) = qualifiedName(node), let type = declared(node, name, isRooted: isRooted) { return type }
    let (type, isOfOptional) = fieldType(node, operand, field)
    return isOptional || isOfOptional ? .optional(type) : type
  }

  mutating func presence(_ node: SyntaxNode, _ operand: SyntaxNode, _ field: String) -> CELType {
    _ = fieldType(node, operand, field)
    return .bool
  }

  /// The type of a field, and whether it is one of an optional record, which makes it optional.
  private mutating func fieldType(
    _ node: SyntaxNode, _ operand: SyntaxNode, _ field: String
  ) -> (CELType, isOfOptional: Bool) {
    let operandType = check(operand)
    guard mode == .checked else { return (.dyn, false) }
    switch substitution.resolve(operandType) {
    case .optional(let wrapped): return (fieldType(node, wrapped, of: operand, field, isDirect: false), true)
    case let type: return (fieldType(node, type, of: operand, field, isDirect: true), false)
    }
  }

  private mutating func fieldType(
    _ node: SyntaxNode, _ type: CELType, of operand: SyntaxNode, _ field: String, isDirect: Bool
  ) -> CELType {
    switch type {
    case .map(_, let value): return value
    case .object(let name):
      guard let object = environment.declarations.objects[name] else { return .dyn }
      guard let index = object.index(of: field) else {
        let known = object.fields.map(\.name)
        report(
          "\(name) has no field `\(field)`",
          didYouMean(field, among: known)
            ?? (known.isEmpty ? "it has none" : "it has \(known.prefix(20).map { "`\($0)`" }.joined(separator: ", "))"),
          at: fieldRange(node, field))
        return .error
      }
      noteField(field, index, of: name)
      if isDirect { references[node.id] = .field(index, of: name) }
      return object.fields[index].type
    case .parameter:
      _ = substitution.assign(.dyn, to: type)
      return .dyn
    case .dyn, .error: return .dyn
    case .type:
      if case .identifier(let name, _) = operand.kind {
        let variables = environment.variables.map { "`\($0.name)`" }.joined(separator: ", ")
        report(
          "there is no variable `\(name)`", "`\(name)` is the name of a type; the variables are \(variables)",
          at: operand.focus)
        return .error
      }
      fallthrough
    default:
      report("a value of type \(finished(type)) has no fields", at: fieldRange(node, field))
      return .error
    }
  }

  /// Where the field stands: `has` itself is the focus of its node.
  private func fieldRange(_ node: SyntaxNode, _ field: String) -> SourceRange {
    if case .presence(let operand, _) = node.kind {
      SourceRange(start: operand.range.end + 1, end: max(operand.range.end + 1, node.range.end - 1))
    } else {
      node.focus
    }
  }
}
