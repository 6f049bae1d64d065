/// Functions and operators.
extension Checker {
  mutating func call(
    _ node: SyntaxNode, _ name: String, isRooted: Bool, _ target: SyntaxNode?, _ arguments: [SyntaxNode]
  ) -> CELType {
    // `a.b.f(x)` is the function `a.b.f` where there is one.
    if let target, let (prefix, isRooted) = qualifiedName(target),
      let function = names.function("\(prefix).\(name)", isRooted: isRooted)
    {
      return resolve(node, function, target: nil, arguments)
    }
    if let function = names.function(name, isRooted: isRooted) {
      return resolve(node, function, target: target, arguments)
    }
    return unknown(node, name, target, arguments)
  }

  private mutating func unknown(
    _ node: SyntaxNode, _ name: String, _ target: SyntaxNode?, _ arguments: [SyntaxNode]
  ) -> CELType {
    let functions = environment.declarations.functions.functions
    let prefix = target.flatMap { qualifiedName($0)?.name }.map { $0 + "." } ?? ""
    let isNamespace = !prefix.isEmpty && functions.keys.contains { $0.hasPrefix(prefix) }
    let macros = isNamespace ? [] : Self.macros(isReceiverStyle: target != nil)
    let known =
      isNamespace
      ? functions.keys.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
      : functions.values.filter { function in
        function.overloads.contains { $0.isReceiverStyle == (target != nil) }
      }.map(\.name).filter { Operator.symbol($0) == nil }
    if let target, let suggestion = misspelledNamespace(target, name) {
      for argument in arguments { _ = check(argument) }
      return fail(
        node, "there is no function `\(prefix)\(name)`", suggestion,
        at: SourceRange(start: target.range.start, end: node.focus.end))
    }
    // A namespace is no variable, and what stands in a macro is wrong only because the macro's name is.
    if let target, !isNamespace { _ = check(target) }
    if didYouMean(name, among: macros) == nil { for argument in arguments { _ = check(argument) } }
    return fail(node, "there is no function `\(name)`", didYouMean(name, among: known + macros), at: node.focus)
  }

  /// What was meant by `mth.greatest`: then the name before the point is no variable that is missing besides.
  private func misspelledNamespace(_ target: SyntaxNode, _ name: String) -> String? {
    guard case .identifier = target.kind, let (namespace, isRooted) = qualifiedName(target),
      names.identifier(namespace, isRooted: isRooted) == nil
    else { return nil }
    let qualified = environment.declarations.functions.functions.keys.filter { $0.hasSuffix(".\(name)") }
    return didYouMean("\(namespace).\(name)", among: qualified)
  }

  private static func macros(isReceiverStyle: Bool) -> [String] {
    isReceiverStyle
      ? [
        "all", "exists", "exists_one", "existsOne", "map", "filter", "transformList", "transformMap",
        "transformMapEntry", "optMap", "optFlatMap", "sortBy",
      ] : ["has"]
  }

  private mutating func resolve(
    _ node: SyntaxNode, _ function: Function, target: SyntaxNode?, _ arguments: [SyntaxNode]
  ) -> CELType {
    let nodes = [target].compactMap { $0 } + arguments
    let types = nodes.map { check($0) }
    let candidates = function.overloads.filter {
      $0.isReceiverStyle == (target != nil) && $0.parameters.count == nodes.count
    }
    guard mode == .checked else {
      guard candidates.isEmpty else {
        references[node.id] = .function(function, overloads: candidates, hasTarget: target != nil)
        return .dyn
      }
      return fail(node, mismatch(function, target, types).message, at: node.focus)
    }
    var result: CELType?
    var matching: [Function.Overload] = []
    for overload in candidates {
      let (parameters, overloadResult) = substitution.instantiate(overload)
      guard substitution.assign(types, to: parameters) else { continue }
      matching.append(overload)
      let type = substitution.resolve(overloadResult)
      if let known = result { result = known == type ? known : .dyn } else { result = type }
    }
    guard let result else {
      let (message, suggestion) = mismatch(function, target, types)
      return fail(node, message, suggestion, at: node.focus)
    }
    references[node.id] = .function(function, overloads: matching, hasTarget: target != nil)
    return result
  }

  private func mismatch(
    _ function: Function, _ target: SyntaxNode?, _ types: [CELType]
  ) -> (message: String, suggestion: String?) {
    let types = types.map { finished($0).description }
    if let symbol = Operator.symbol(function.name) {
      let operands = types.joined(separator: " and ")
      return ("`\(symbol)` can't be applied to \(operands)", operatorAdvice(types))
    }
    let hasTarget = target != nil
    let written = hasTarget ? "\(types[0]).\(function.name)" : function.name
    let arguments = types.dropFirst(hasTarget ? 1 : 0).joined(separator: ", ")
    let forms = function.overloads.prefix(6).map { overload in
      let parameters = overload.parameters.map(\.description)
      return overload.isReceiverStyle
        ? "\(parameters[0]).\(function.name)(\(parameters.dropFirst().joined(separator: ", ")))"
        : "\(function.name)(\(parameters.joined(separator: ", ")))"
    }
    return ("there is no `\(written)(\(arguments))`", "it is called as \(forms.joined(separator: " or "))")
  }

  /// There is no arithmetic or comparison across number types.
  private func operatorAdvice(_ types: [String]) -> String? {
    let numbers: Set<String> = ["int", "uint", "double"]
    guard types.count == 2, types[0] != types[1], types.allSatisfy(numbers.contains) else { return nil }
    return "convert one of them, as in \(types[0])(…)"
  }
}
