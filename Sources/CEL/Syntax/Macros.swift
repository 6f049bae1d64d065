/// Macros look like calls, but their arguments are expressions to be evaluated for each element, or never as such
/// (langdef, "Macros"). One that is called with another number of arguments is an ordinary function.
extension Parser {
  mutating func macro(
    _ name: String, _ target: SyntaxNode?, _ arguments: [SyntaxNode], _ range: SourceRange, _ focus: SourceRange
  ) throws(Failure) -> SyntaxNode? {
    let kind: SyntaxNode.Kind?
    if let target {
      kind =
        switch target.kind {
        case .identifier("cel", isRooted: false): try bindingMacro(name, arguments)
        case .identifier("math", isRooted: false): try extremeMacro(name, target, arguments, focus)
        default: try receiverMacro(name, target, arguments)
        }
    } else {
      kind = try presenceMacro(name, arguments)
    }
    guard let kind else { return nil }
    try countMacro(focus)
    let made = if case .call(_, _, _, let arguments) = kind { arguments } else { arguments }
    return try node(kind, range, focus: focus, over: made + (target.map { [$0] } ?? []))
  }

  private mutating func presenceMacro(
    _ name: String, _ arguments: [SyntaxNode]
  ) throws(Failure) -> SyntaxNode.Kind? {
    guard name == "has", arguments.count == 1 else { return nil }
    guard case .select(let operand, let field, isOptional: false) = arguments[0].kind else {
      throw note("has() takes a field, as in has(a.b)", at: arguments[0].range)
    }
    return .presence(operand, field: field)
  }

  private mutating func receiverMacro(
    _ name: String, _ target: SyntaxNode, _ arguments: [SyntaxNode]
  ) throws(Failure) -> SyntaxNode.Kind? {
    switch (name, arguments.count) {
    case ("optMap", 2), ("optFlatMap", 2):
      return .optionalMap(
        target, name: try variable(arguments[0]), body: arguments[1], isFlat: name == "optFlatMap")
    case ("exists_one", 2), ("exists_one", 3), ("existsOne", 2), ("existsOne", 3):
      return try comprehension(.existsOne, target, arguments, variables: arguments.count - 1, filters: false)
    case ("all", 2), ("all", 3), ("exists", 2), ("exists", 3), ("filter", 2), ("sortBy", 2):
      guard let macro = Comprehension.Macro(rawValue: name) else { return nil }
      return try comprehension(macro, target, arguments, variables: arguments.count - 1, filters: false)
    case ("map", 2), ("map", 3):
      return try comprehension(.map, target, arguments, variables: 1, filters: arguments.count == 3)
    case ("transformList", 3...4), ("transformMap", 3...4), ("transformMapEntry", 3...4):
      guard let macro = Comprehension.Macro(rawValue: name) else { return nil }
      return try comprehension(macro, target, arguments, variables: 2, filters: arguments.count == 4)
    default: return nil
    }
  }

  private mutating func comprehension(
    _ macro: Comprehension.Macro, _ range: SyntaxNode, _ arguments: [SyntaxNode], variables count: Int, filters: Bool
  ) throws(Failure) -> SyntaxNode.Kind {
    var variables: [String] = []
    for argument in arguments.prefix(count) {
      let variable = try variable(argument)
      if variables.contains(variable) {
        throw note("the macro's variables have the same name `\(variable)`", at: argument.range)
      }
      variables.append(variable)
    }
    return .comprehension(
      Comprehension(
        macro: macro, range: range, variables: variables, filter: filters ? arguments[count] : nil,
        body: arguments[arguments.count - 1]))
  }

  private mutating func variable(_ node: SyntaxNode) throws(Failure) -> String {
    guard case .identifier(let name, isRooted: false) = node.kind else {
      throw note("a macro's variable is a simple name", at: node.range)
    }
    return name
  }

  /// `math.greatest` and `math.least` take any number of numbers, or one list of them; more than two go to the function
  /// as a list. What is plainly no number is refused here, since the type of a list of several types would hide it.
  private mutating func extremeMacro(
    _ name: String, _ target: SyntaxNode, _ arguments: [SyntaxNode], _ focus: SourceRange
  ) throws(Failure) -> SyntaxNode.Kind? {
    guard name == "greatest" || name == "least" else { return nil }
    guard let first = arguments.first, let last = arguments.last else {
      throw note("math.\(name)() takes at least one number", at: focus)
    }
    var numbers = arguments
    if arguments.count == 1, case .list(let elements) = first.kind {
      guard !elements.isEmpty else { throw note("math.\(name)() of an empty list", at: first.range) }
      numbers = elements.map(\.value)
    }
    if let stranger = numbers.first(where: { !$0.mayBeNumber }) {
      throw note("math.\(name)() takes numbers", at: stranger.range)
    }
    guard arguments.count > 2 else { return nil }
    let list = try node(
      .list(arguments.map { SyntaxNode.ListElement(value: $0, isOptional: false) }),
      first.range.joined(to: last.range), over: arguments)
    return .call(name, isRooted: false, target: target, arguments: [list])
  }

  // MARK: - cel.…

  /// `cel.bind`, and the macros of `cel.block`, in which common subexpressions are called by their numbers.
  private mutating func bindingMacro(
    _ name: String, _ arguments: [SyntaxNode]
  ) throws(Failure) -> SyntaxNode.Kind? {
    switch (name, arguments.count) {
    case ("bind", 3): return .binding([(try variable(arguments[0]), arguments[1])], body: arguments[2])
    case ("block", 2):
      guard case .list(let elements) = arguments[0].kind, elements.allSatisfy({ !$0.isOptional }) else {
        throw note("cel.block() takes a list of expressions first", at: arguments[0].range)
      }
      return .binding(elements.enumerated().map { ("@index\($0)", $1.value) }, body: arguments[1])
    case ("index", 1): return .identifier("@index\(try number(arguments[0]))", isRooted: false)
    case ("iterVar", 2):
      return .identifier("@it:\(try number(arguments[0])):\(try number(arguments[1]))", isRooted: false)
    case ("accuVar", 2):
      return .identifier("@ac:\(try number(arguments[0])):\(try number(arguments[1]))", isRooted: false)
    default: return nil
    }
  }

  private mutating func number(_ node: SyntaxNode) throws(Failure) -> Int64 {
    guard case .literal(.int(let number)) = node.kind, number >= 0 else {
      throw note("the number of a variable should stand here", at: node.range)
    }
    return number
  }
}

extension SyntaxNode {
  /// Whether the expression is not plainly of another type.
  fileprivate var mayBeNumber: Bool {
    switch kind {
    case .literal(.int), .literal(.uint), .literal(.double): true
    case .literal, .list, .map: false
    default: true
    }
  }
}
