/// Finds what names stand for (langdef, "Name Resolution").
struct NameResolution {
  let container: String
  let declarations: Declarations

  /// The names to try, the most qualified first.
  func candidates(_ name: String, isRooted: Bool) -> [String] {
    if isRooted || container.isEmpty && declarations.abbreviations.isEmpty { return [name] }
    let first = String(name.prefix { $0 != "." })
    if let full = declarations.abbreviations[first] { return [full + name.dropFirst(first.count)] }
    var candidates: [String] = []
    var prefix = container[...]
    while !prefix.isEmpty {
      candidates.append("\(prefix).\(name)")
      prefix = prefix[..<(prefix.lastIndex(of: ".") ?? prefix.startIndex)]
    }
    return candidates + [name]
  }

  enum Identifier {
    case variable(Int)
    case constant(Declarations.Constant)
  }

  func identifier(_ name: String, isRooted: Bool) -> Identifier? {
    for candidate in candidates(name, isRooted: isRooted) {
      if let index = declarations.variables[candidate] { return .variable(index) }
      if let constant = declarations.constants[candidate] { return .constant(constant) }
      if declarations.objects[candidate] != nil {
        return .constant(
          Declarations.Constant(type: .type(.object(candidate)), value: .type(TypeValue(name: candidate))))
      }
    }
    return nil
  }

  func function(_ name: String, isRooted: Bool) -> Function? {
    for candidate in candidates(name, isRooted: isRooted) {
      if let function = declarations.functions[candidate] { return function }
    }
    return nil
  }
}
