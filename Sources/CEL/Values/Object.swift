/// A record of the application's: fields of declared types, which expressions select by name.
///
/// Fields are read by their place in the type's declaration, so that no name is looked up while evaluating. Objects are
/// classes, so that a value takes no more room than a string, and passing it on copies nothing.
public protocol Object: AnyObject, Sendable {
  /// The name of the declared ``ObjectType``.
  var typeName: String { get }

  /// What the record has for the field with this index in the declaration.
  func field(_ index: Int) -> Field
}

/// What a record has for a field.
public enum Field: Sendable {
  /// The record does not have it: `has()` is false, and selecting it is an error.
  case absent
  /// Whether the record has it is not known: `has()` and selecting it are both errors, with this reason.
  case unknown(String)
  /// The record has it.
  case value(Value)
}

/// The declaration of a type of records.
public struct ObjectType: Sendable {
  /// The name by which other declarations and `type()` call it; may be qualified with dots.
  public let name: String
  /// The fields in the order of their indices.
  public let fields: [(name: String, type: CELType)]
  /// What is known of many records at once, by the index of the field.
  var columns: [Int: ColumnKind] = [:]

  /// A type with these fields; their places are the indices that ``Object/field(_:)`` takes.
  public init(_ name: String, fields: [(String, CELType)]) {
    self.name = name
    self.fields = fields.map { (name: $0.0, type: $0.1) }
  }

  /// The same for records that lie in columns.
  /// - Parameter columns: What the columns of the fields hold, by the index of the field; fields that have none are left
  ///   out.
  package func with(columns: [Int: ColumnKind]) -> ObjectType {
    var type = self
    type.columns = columns
    return type
  }

  func index(of field: String) -> Int? { fields.firstIndex { $0.name == field } }
}
