/// Takes a condition apart for evaluation in batches.
struct BatchCompiler {
  private var compiler: Compiler
  private let checked: CheckedExpression
  private let environment: Environment
  /// The variables that stand for the record, by their places.
  let records: Set<Int>
  /// The variable of a macro that stands for the record.
  let local: Int?
  /// The field in which the record lies in the one that these variables stand for; nil when it is that one.
  private let nesting: Int?
  private let columns: [Int: ColumnKind]
  private(set) var memoCount = 0
  /// How many parts are evaluated on their own: they share the budget of one evaluation.
  private(set) var partCount = 0

  init(
    _ checked: CheckedExpression, _ environment: Environment, records: Set<Int> = [], local: Int? = nil,
    nesting: Int? = nil, columns: [Int: ColumnKind], elements: [Int: ElementCondition] = [:]
  ) {
    compiler = Compiler(checked, environment, elements: elements)
    self.checked = checked
    self.environment = environment
    self.records = records
    self.local = local
    self.nesting = nesting
    self.columns = columns
  }

  /// What evaluations need to know of the declared types.
  var recordTypes: [String: ObjectType] { compiler.needsRecordTypes ? environment.declarations.objects : [:] }

  /// What a macro asks of each element, for lists whose elements lie in columns; nil when they don't, or when the
  /// condition depends on more than the element and what is the same for all evaluations.
  static func elementCondition(
    _ comprehension: Comprehension, _ slots: [Int], _ checked: CheckedExpression, _ environment: Environment
  ) -> ElementCondition? {
    guard slots.count == 1, [.all, .exists, .existsOne, .filter].contains(comprehension.macro),
      case .list(let element) = checked.type(comprehension.range)
    else { return nil }
    let columns = environment.declarations.columns(of: element)
    guard !columns.isEmpty else { return nil }
    var compiler = BatchCompiler(checked, environment, local: slots[0], columns: columns)
    guard compiler.dependsOnRecordAlone(comprehension.body) else { return nil }
    return ElementCondition(
      compiler.program(comprehension.body, environment.limits), cost: comprehension.stepCost)
  }

  mutating func condition(_ node: SyntaxNode) -> BatchNode {
    if let column = column(node) { return column }
    let fields = fields(of: node)
    if fields?.isEmpty == true, case .bool(let flag)? = compiler.compile(node).constant {
      return .constant(Truth(flag))
    }
    if let fields, fields.count == 1, let field = fields.first, columns[field] == .coded {
      return coded(node, field)
    }
    if let parts = parts(of: node) { return parts }
    partCount += 1
    return .record(compiler.compile(node).bool)
  }

  /// A condition that depends on one coded field alone.
  private mutating func coded(_ node: SyntaxNode, _ field: Int) -> BatchNode {
    let type = typeOfField(field, in: node)
    let columns = type.map { environment.declarations.columns(of: $0) } ?? [:]
    if !columns.isEmpty, nesting == nil {
      var compiler = BatchCompiler(
        checked, environment, records: records, local: local, nesting: field, columns: columns)
      let condition = compiler.condition(node)
      if condition.isToldByColumns {
        memoCount += 1
        partCount += compiler.partCount
        return .nested(field: field, memo: memoCount - 1, condition)
      }
      // Whether the record is there at all is asked of the column that it lies in.
      if node.isLogic, let parts = parts(of: node) { return parts }
    }
    memoCount += 1
    partCount += 1
    return .coded(field: field, memo: memoCount - 1, compiler.compile(node).bool)
  }

  /// The type of a field of the record that the node reads somewhere.
  private func typeOfField(_ field: Int, in node: SyntaxNode) -> CELType? {
    if case .select(let operand, _, _) = node.kind, isRecord(operand), fieldIndex(node) == field {
      return checked.type(node)
    }
    return node.children.lazy.compactMap { typeOfField(field, in: $0) }.first
  }

  /// What is nothing but a question to a column.
  private func column(_ node: SyntaxNode) -> BatchNode? {
    switch node.kind {
    case .presence(let operand, _):
      guard isRecord(operand), let field = fieldIndex(node), columns[field] != nil else { return nil }
      return .presence(field)
    case .select: return column(node, .flag).map { .flag($0) }
    case .call(Operator.not, _, target: nil, let arguments):
      guard case .function = checked.reference(node), arguments.count == 1 else { return nil }
      return column(arguments[0]).map { .not($0) }
    default: return nil
    }
  }

  private mutating func parts(of node: SyntaxNode) -> BatchNode? {
    switch node.kind {
    case .and(let operands): return .and(operands.map { condition($0) })
    case .or(let operands): return .or(operands.map { condition($0) })
    case .conditional(let test, let then, let otherwise):
      return .conditional(condition(test), then: condition(then), otherwise: condition(otherwise))
    case .comprehension(let comprehension) where comprehension.macro == .exists:
      guard let field = list(comprehension.range), let condition = compiler.elementCondition(node, comprehension)
      else { return nil }
      partCount += 1
      return .exists(field, condition)
    case .call(let name, _, let target, let arguments):
      guard case .function = checked.reference(node) else { return nil }
      let operands = [target].compactMap(\.self) + arguments
      if name == Operator.not, operands.count == 1 { return .not(condition(operands[0])) }
      guard operands.count == 2 else { return nil }
      if name == "matches" { return pattern(operands[0], operands[1]) }
      return Comparison(name).flatMap { compared($0, operands[0], operands[1]) }
    default: return nil
    }
  }

  private mutating func compared(_ comparison: Comparison, _ left: SyntaxNode, _ right: SyntaxNode) -> BatchNode? {
    guard checked.type(left) == checked.type(right) else { return nil }
    if isTime(left), let left = time(left), let right = time(right) { return .times(comparison, left, right) }
    if checked.type(left) == .string, let text = text(comparison, left, right) ?? text(comparison, right, left) {
      return text
    }
    if checked.type(left) == .int, let left = number(left), let right = number(right) {
      partCount += 2
      return .numbers(comparison, left, right)
    }
    return nil
  }

  // MARK: - Texts

  /// Whether a text is, or is not, another one that is the same for all records.
  private mutating func text(_ comparison: Comparison, _ text: SyntaxNode, _ other: SyntaxNode) -> BatchNode? {
    guard let field = column(text, .text), case .string(let other)? = compiler.compile(other).constant else {
      return nil
    }
    switch comparison {
    case .equal: return .text(field, Array(other.utf8))
    case .unequal: return .not(.text(field, Array(other.utf8)))
    case .ordering: return nil
    }
  }

  /// A pattern that can't be read is left for the evaluation to report.
  private mutating func pattern(_ text: SyntaxNode, _ pattern: SyntaxNode) -> BatchNode? {
    guard let field = column(text, .text), case .string(let pattern)? = compiler.compile(pattern).constant,
      let expression = try? RegularExpression(pattern)
    else { return nil }
    partCount += 1
    return .pattern(field, expression)
  }

  // MARK: - Numbers

  private mutating func number(_ node: SyntaxNode) -> NumberNode? {
    if fields(of: node)?.isEmpty == true, case .int(let number)? = compiler.compile(node).constant {
      return .constant(number)
    }
    guard case .call("size", _, let target, let arguments) = node.kind, case .function = checked.reference(node),
      let operand = ([target].compactMap(\.self) + arguments).first
    else { return nil }
    if let field = column(operand, .text) { return .length(field) }
    if let field = list(operand) { return .size(field) }
    if let (field, condition) = filtered(operand) { return .count(field, condition) }
    return distinct(operand)
  }

  /// The elements of a list that fulfil a condition.
  private mutating func filtered(_ node: SyntaxNode) -> (field: Int, ElementCondition)? {
    guard case .comprehension(let comprehension) = node.kind, comprehension.macro == .filter,
      let field = list(comprehension.range), let condition = compiler.elementCondition(node, comprehension)
    else { return nil }
    return (field, condition)
  }

  /// The different texts in a field of some elements: `list.filter(…).map(e, e.text).distinct()`.
  private mutating func distinct(_ node: SyntaxNode) -> NumberNode? {
    guard case .call("distinct", _, let mapped?, let arguments) = node.kind, arguments.isEmpty,
      case .function = checked.reference(node),
      case .comprehension(let comprehension) = mapped.kind, comprehension.macro == .map, comprehension.filter == nil,
      let (field, condition) = filtered(comprehension.range),
      case .list(let element) = checked.type(comprehension.range),
      case .select(let operand, _, isOptional: false) = comprehension.body.kind,
      case .local(let slot)? = checked.reference(operand), compiler.slots(mapped) == [slot],
      let text = fieldIndex(comprehension.body), environment.declarations.columns(of: element)[text] == .text
    else { return nil }
    return .distinct(field, condition, field: text)
  }

  private func list(_ node: SyntaxNode) -> Int? { column(node, .list) }

  /// The field of the record that is selected, if its column is of a kind.
  private func column(_ node: SyntaxNode, _ kind: ColumnKind) -> Int? {
    guard case .select(let operand, _, isOptional: false) = node.kind, isRecord(operand),
      let field = fieldIndex(node), columns[field] == kind
    else { return nil }
    return field
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
    case .select: return column(node, .time).map { .column($0) }
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
    guard let nesting else { return isVariable(node) }
    guard case .select(let operand, _, isOptional: false) = node.kind else { return false }
    return isVariable(operand) && fieldIndex(node) == nesting
  }

  private func isVariable(_ node: SyntaxNode) -> Bool {
    switch checked.reference(node) {
    case .variable(let slot): records.contains(slot)
    case .local(let slot): slot == local
    default: false
    }
  }

  private func fieldIndex(_ node: SyntaxNode) -> Int? {
    if case .field(let index, _)? = checked.reference(node) { index } else { nil }
  }

  /// The fields of the record that the node reads or asks for; nil when it uses the record in another way.
  private func fields(of node: SyntaxNode) -> Set<Int>? {
    switch checked.reference(node) {
    case .variable(let slot): return records.contains(slot) ? nil : []
    case .local(let slot): return slot == local ? nil : []
    case .constant, .failure: return []
    default: break
    }
    switch node.kind {
    case .select(let operand, _, _), .presence(let operand, _):
      if isRecord(operand) { return fieldIndex(node).map { [$0] } }
    default: break
    }
    return union(node.children) { fields(of: $0) }
  }

  /// The coded field of the record that the condition depends on, when it is the only one.
  func codedField(of node: BatchNode) -> Int? {
    guard let fields = codedFields(of: node), fields.count == 1 else { return nil }
    return fields.first
  }

  /// The coded fields that the condition depends on; nil when it depends on anything else of the record.
  private func codedFields(of node: BatchNode) -> Set<Int>? {
    switch node {
    case .constant: []
    case .presence(let field): columns[field] == .coded ? [field] : nil
    case .coded(let field, _, _), .nested(let field, _, _): [field]
    case .not(let operand): codedFields(of: operand)
    case .and(let operands), .or(let operands): union(operands) { codedFields(of: $0) }
    case .conditional(let test, let then, let otherwise): union([test, then, otherwise]) { codedFields(of: $0) }
    case .flag, .times, .numbers, .text, .pattern, .exists, .record: nil
    }
  }

  /// All fields of some nodes; nil when one of them has none to tell.
  private func union<Node>(_ nodes: [Node], _ fields: (Node) -> Set<Int>?) -> Set<Int>? {
    var all: Set<Int> = []
    for node in nodes {
      guard let fields = fields(node) else { return nil }
      all.formUnion(fields)
    }
    return all
  }

  /// Whether the node depends on nothing but the variable of the macro, what is declared inside, and variables that are
  /// the same for all evaluations.
  private func dependsOnRecordAlone(_ node: SyntaxNode) -> Bool {
    switch checked.reference(node) {
    case .variable(let slot): return environment.sharedVariables.contains(slot)
    // Macros that lie around this one have taken lower places.
    case .local(let slot): return slot >= (local ?? 0)
    case .constant: return true
    case .failure: return false
    default: return node.children.allSatisfy { dependsOnRecordAlone($0) }
    }
  }
}

extension SyntaxNode {
  fileprivate var isLogic: Bool {
    switch kind {
    case .and, .or, .conditional: true
    case .call(let name, _, _, _): name == Operator.not
    default: false
    }
  }
}
