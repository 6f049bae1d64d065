/// Takes a condition apart for evaluation in batches.
struct BatchCompiler {
  private var compiler: Compiler
  private let checked: CheckedExpression
  /// The variables that stand for the record, by their places.
  private let records: Set<Int>
  private let columns: [Int: ColumnKind]
  private(set) var memoCount = 0
  /// How many parts are evaluated on their own: they share the budget of one evaluation.
  private(set) var partCount = 0

  init(_ checked: CheckedExpression, _ environment: Environment, records: Set<Int>, columns: [Int: ColumnKind]) {
    compiler = Compiler(checked, environment)
    self.checked = checked
    self.records = records
    self.columns = columns
  }

  var needsRecordTypes: Bool { compiler.needsRecordTypes }

  mutating func condition(_ node: SyntaxNode) -> BatchNode {
    if let column = column(node) { return column }
    let fields = fields(of: node)
    if fields?.isEmpty == true, case .bool(let flag)? = compiler.compile(node).constant {
      return .constant(Truth(flag))
    }
    if let fields, fields.count == 1, let field = fields.first, columns[field] == .coded {
      memoCount += 1
      partCount += 1
      return .coded(field: field, memo: memoCount - 1, compiler.compile(node).bool)
    }
    if let parts = parts(of: node) { return parts }
    partCount += 1
    return .record(compiler.compile(node).bool)
  }

  /// What is nothing but a question to a column.
  private func column(_ node: SyntaxNode) -> BatchNode? {
    switch node.kind {
    case .presence(let operand, _):
      guard isRecord(operand), let field = fieldIndex(node), columns[field] != nil else { return nil }
      return .presence(field)
    case .select(let operand, _, isOptional: false):
      guard isRecord(operand), let field = fieldIndex(node), columns[field] == .flag else { return nil }
      return .flag(field)
    default: return nil
    }
  }

  private mutating func parts(of node: SyntaxNode) -> BatchNode? {
    switch node.kind {
    case .and(let operands): return .and(operands.map { condition($0) })
    case .or(let operands): return .or(operands.map { condition($0) })
    case .conditional(let test, let then, let otherwise):
      return .conditional(condition(test), then: condition(then), otherwise: condition(otherwise))
    case .call(let name, _, target: nil, let arguments):
      guard case .function = checked.reference(node) else { return nil }
      if name == Operator.not, arguments.count == 1 { return .not(condition(arguments[0])) }
      guard let comparison = TimeComparison(name), arguments.count == 2,
        isTime(arguments[0]), checked.type(arguments[0]) == checked.type(arguments[1]),
        let left = time(arguments[0]), let right = time(arguments[1])
      else { return nil }
      return .comparison(comparison, left, right)
    default: return nil
    }
  }

  // MARK: - Times

  private func isTime(_ node: SyntaxNode) -> Bool { [.timestamp, .duration].contains(checked.type(node)) }

  private mutating func time(_ node: SyntaxNode) -> TimeNode? {
    guard isTime(node) else { return nil }
    if fields(of: node)?.isEmpty == true, let constant = compiler.compile(node).constant {
      let nanoseconds = BatchTime.nanoseconds(constant)
      return nanoseconds == BatchTime.none ? nil : .constant(nanoseconds)
    }
    if case .variable(let slot)? = checked.reference(node) { return .variable(slot) }
    switch node.kind {
    case .select(let operand, _, isOptional: false):
      guard isRecord(operand), let field = fieldIndex(node), columns[field] == .time else { return nil }
      return .column(field)
    case .call(let name, _, target: nil, let arguments):
      guard name == "_+_" || name == "_-_", arguments.count == 2, case .function = checked.reference(node),
        let left = time(arguments[0]), let right = time(arguments[1])
      else { return nil }
      return name == "_+_" ? .sum(left, right) : .difference(left, right)
    default: return nil
    }
  }

  // MARK: - What a node reads

  private func isRecord(_ node: SyntaxNode) -> Bool {
    if case .variable(let slot)? = checked.reference(node) { records.contains(slot) } else { false }
  }

  private func fieldIndex(_ node: SyntaxNode) -> Int? {
    if case .field(let index, _)? = checked.reference(node) { index } else { nil }
  }

  /// The fields of the record that the node reads or asks for; nil when it uses the record in another way.
  private func fields(of node: SyntaxNode) -> Set<Int>? {
    switch checked.reference(node) {
    case .variable(let slot): return records.contains(slot) ? nil : []
    case .local, .constant, .failure: return []
    default: break
    }
    switch node.kind {
    case .select(let operand, _, _), .presence(let operand, _):
      if isRecord(operand) { return fieldIndex(node).map { [$0] } }
      return fields(of: operand)
    case .literal, .identifier: return []
    case .call(_, _, let target, let arguments): return fields(of: [target].compactMap(\.self) + arguments)
    case .conditional(let test, let then, let otherwise): return fields(of: [test, then, otherwise])
    case .and(let operands), .or(let operands): return fields(of: operands)
    case .list(let elements): return fields(of: elements.map(\.value))
    case .map(let entries): return fields(of: entries.flatMap { [$0.key, $0.value] })
    case .construction(_, let members): return fields(of: members.map(\.value))
    case .comprehension(let macro): return fields(of: [macro.range, macro.body] + [macro.filter].compactMap(\.self))
    case .binding(let values, let body): return fields(of: values.map(\.value) + [body])
    case .optionalMap(let target, _, let body, _): return fields(of: [target, body])
    }
  }

  private func fields(of nodes: [SyntaxNode]) -> Set<Int>? {
    var all: Set<Int> = []
    for node in nodes {
      guard let fields = fields(of: node) else { return nil }
      all.formUnion(fields)
    }
    return all
  }
}
