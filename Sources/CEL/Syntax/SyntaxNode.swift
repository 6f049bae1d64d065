/// A node of an expression's tree, with its place in the text.
struct SyntaxNode: Sendable {
  indirect enum Kind: Sendable {
    case literal(Value)
    /// `name`, or `.name` when it is rooted: looked up from the root, past local variables and containers.
    case identifier(String, isRooted: Bool)
    /// `operand.field`, or `operand.?field` when it is optional.
    case select(SyntaxNode, field: String, isOptional: Bool)
    /// `has(operand.field)`
    case presence(SyntaxNode, field: String)
    /// `name(…)`, `target.name(…)`, and operators by names such as `_+_`.
    case call(String, isRooted: Bool, target: SyntaxNode?, arguments: [SyntaxNode])
    case conditional(SyntaxNode, then: SyntaxNode, otherwise: SyntaxNode)
    /// All operands of a chain of `&&`.
    case and([SyntaxNode])
    /// All operands of a chain of `||`.
    case or([SyntaxNode])
    case list([ListElement])
    case map([MapEntry])
    /// `Name{field: …}`
    case construction(String, fields: [(name: String, value: SyntaxNode)])
    case comprehension(Comprehension)
    /// Names for values in a body: `cel.bind(name, value, body)`, `cel.block([…], body)`.
    case binding([(name: String, value: SyntaxNode)], body: SyntaxNode)
    /// `target.optMap(name, body)`, or `optFlatMap` when the body is optional itself.
    case optionalMap(SyntaxNode, name: String, body: SyntaxNode, isFlat: Bool)
  }

  struct ListElement: Sendable {
    let value: SyntaxNode
    /// `?value`: left out when the optional is empty.
    let isOptional: Bool
  }

  struct MapEntry: Sendable {
    let key: SyntaxNode
    let value: SyntaxNode
    let isOptional: Bool
  }

  /// The node's place in tables about the tree.
  let id: Int
  let kind: Kind
  /// The whole text of the node.
  let range: SourceRange
  /// What an error about the node points at: the operator, the function's name, the field.
  let focus: SourceRange
  /// How many nodes lie in one another below here, this one included.
  let depth: Int
  /// How many nodes there are below here, this one included.
  let size: Int
}

extension SyntaxNode {
  /// The nodes right below this one.
  var children: [SyntaxNode] {
    switch kind {
    case .literal, .identifier: []
    case .select(let operand, _, _), .presence(let operand, _): [operand]
    case .call(_, _, let target, let arguments): [target].compactMap(\.self) + arguments
    case .conditional(let test, let then, let otherwise): [test, then, otherwise]
    case .and(let operands), .or(let operands): operands
    case .list(let elements): elements.map(\.value)
    case .map(let entries): entries.flatMap { [$0.key, $0.value] }
    case .construction(_, let members): members.map(\.value)
    case .comprehension(let macro): [macro.range, macro.body] + [macro.filter].compactMap(\.self)
    case .binding(let values, let body): values.map(\.value) + [body]
    case .optionalMap(let target, _, let body, _): [target, body]
    }
  }
}

/// A macro that goes over a list or a map.
struct Comprehension: Sendable {
  enum Macro: String, Sendable {
    case all, exists, existsOne, map, filter, transformList, transformMap, transformMapEntry, sortBy
  }

  let macro: Macro
  let range: SyntaxNode
  /// One variable for the element or key; two for index and element, or key and value.
  let variables: [String]
  /// What `map` and the transforms are limited to.
  let filter: SyntaxNode?
  /// The predicate, or the expression of each result.
  let body: SyntaxNode

  /// What each step costs at least.
  var stepCost: Int { body.size + 1 }
}
