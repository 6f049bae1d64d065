/// An expression's tree with what the checker found out about each node.
struct CheckedExpression: Sendable {
  /// What a node's name or call stands for.
  enum Reference: Sendable {
    case variable(Int)
    /// A variable that a macro declares.
    case local(Int)
    case constant(Value)
    /// A field of a record of a known type, by index.
    case field(Int, of: String)
    /// Overloads that the arguments may match when they are evaluated; the target is the first of them.
    case function(Function, overloads: [Function.Overload], hasTarget: Bool)
    /// The places of the variables that a macro declares.
    case slots([Int])
    /// In an expression that is not checked: what evaluating the node always ends in.
    case failure(EvaluationError)
  }

  let root: SyntaxNode
  private let types: [CELType?]
  private let references: [Reference?]
  let referencedFields: [FieldReference]
  let isChecked: Bool

  init(
    root: SyntaxNode, types: [CELType?], references: [Reference?], referencedFields: [FieldReference], isChecked: Bool
  ) {
    self.root = root
    self.types = types
    self.references = references
    self.referencedFields = referencedFields
    self.isChecked = isChecked
  }

  func type(_ node: SyntaxNode) -> CELType { types[node.id] ?? .dyn }
  func reference(_ node: SyntaxNode) -> Reference? { references[node.id] }
}

/// A field of a declared type that an expression reads or asks for.
public struct FieldReference: Hashable, Sendable {
  /// The name of the declared ``ObjectType``.
  public let type: String
  /// The field's name.
  public let field: String
  /// The field's index in the declaration.
  public let index: Int
}
