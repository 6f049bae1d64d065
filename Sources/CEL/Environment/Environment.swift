/// What an expression can refer to: variables, constants, functions and types, besides the standard's own.
public struct Environment: Sendable {
  /// The namespace in which names are looked up first: in `a.b`, `x` can be `a.b.x`, `a.x` or `x`.
  public var container = ""

  /// Bounds on expressions and evaluations.
  public var limits = Limits()

  /// Whether `has(…)`, `exists(…)` and the other macros are recognised. Without, they are calls like others.
  public var recognizesMacros = true

  /// Whether texts that stand in an expression as regular expressions, timestamps or durations are checked when it is
  /// compiled. Without it such a mistake is an error of the evaluation, as the standard has it.
  public var checksLiterals = false

  /// Variables in the order in which ``Program/evaluate(_:)`` takes their values.
  public private(set) var variables: [(name: String, type: CELType)] = []
  /// The places of those that have one value for all evaluations.
  private(set) var sharedVariables: Set<Int> = []

  private(set) var declarations = Declarations()

  /// An environment with the standard's types, functions and macros and all extensions.
  public init() {}

  /// Declares a type of records. Expressions can name it as a value, too.
  public mutating func declare(object type: ObjectType) { declarations.objects[type.name] = type }

  /// Declares a variable; of two with the same name the later one counts.
  public mutating func declare(variable name: String, _ type: CELType) {
    declarations.variables[name] = variables.count
    variables.append((name, type))
  }

  /// Declares a variable that has one value for all evaluations of an application, so that what depends on nothing else
  /// may be remembered from one to the next.
  package mutating func declare(sharedVariable name: String, _ type: CELType) {
    sharedVariables.insert(variables.count)
    declare(variable: name, type)
  }

  /// Declares a name whose value is the same in each evaluation; what is made of constants alone is evaluated once.
  public mutating func declare(constant name: String, _ type: CELType, _ value: Value) {
    declarations.constants[name] = Declarations.Constant(type: type, value: value)
  }

  /// Declares a function, or more overloads of one.
  public mutating func declare(function: FunctionDeclaration) {
    declarations.functions.add(function.name, function.overloads)
  }

  /// Lets the last part of a qualified name stand for all of it: `Name` for `my.package.Name`.
  public mutating func declare(abbreviation qualifiedName: String) {
    guard let alias = qualifiedName.split(separator: ".").last else { return }
    declarations.abbreviations[String(alias)] = qualifiedName
  }

  /// Parses, checks and compiles an expression.
  /// - Parameter expecting: The type that the expression must have; any when nil.
  /// - Throws: Everything that is wrong with the expression.
  public func compile(_ source: String, expecting: CELType? = nil) throws(CompilationFailure) -> Program {
    try compile(source, mode: .checked, expecting: expecting)
  }

  /// Parses and compiles an expression without checking its types: what a check would find is an error of the
  /// evaluation.
  /// - Throws: The syntax errors of the expression.
  public func compileUnchecked(_ source: String) throws(CompilationFailure) -> Program {
    try compile(source, mode: .unchecked, expecting: nil)
  }

  private func compile(
    _ source: String, mode: Checker.Mode, expecting: CELType?
  ) throws(CompilationFailure) -> Program {
    let (root, nodeCount) = try Parser.parse(source, limits, recognizesMacros: recognizesMacros)
    let checked = try Checker.check(root, nodeCount: nodeCount, in: self, mode, expecting: expecting)
    return try Compiler.compile(checked, in: self)
  }
}

/// What an environment declares, by name.
struct Declarations: Sendable {
  struct Constant: Sendable {
    let type: CELType
    let value: Value
  }

  var variables: [String: Int] = [:]
  var constants: [String: Constant] = Self.types
  var objects: [String: ObjectType] = [:]
  var functions = FunctionTable.standard
  var abbreviations: [String: String] = [:]

  /// What the columns of records of a type hold; empty for a type that has none.
  func columns(of type: CELType) -> [Int: ColumnKind] {
    if case .object(let name) = type { objects[name]?.columns ?? [:] } else { [:] }
  }

  /// The standard's types, which are values by their names.
  private static let types: [String: Constant] = {
    let types: [(TypeValue, CELType)] = [
      (.bool, .bool), (.int, .int), (.uint, .uint), (.double, .double), (.string, .string), (.bytes, .bytes),
      (.null, .null), (.timestamp, .timestamp), (.duration, .duration), (.list, .list(.dyn)), (.map, .map(.dyn, .dyn)),
      (.type, .type(.dyn)), (.optional, .optional(.dyn)), (TypeValue(name: "dyn"), .dyn),
      (TypeValue(name: "net.IP"), .opaque("net.IP", [])), (TypeValue(name: "net.CIDR"), .opaque("net.CIDR", [])),
    ]
    return Dictionary(
      uniqueKeysWithValues: types.map { ($0.name, Constant(type: .type($1), value: .type($0))) })
  }()
}
