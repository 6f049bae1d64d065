import Inventory
import YAML

/// How a value in a file is read, and what that accepts.
struct FileType<Value>: Sendable {
  let shape: FileShape
  /// The value, or nil with the reason in the reader. The text is how messages speak of the value.
  let read: @Sendable (Node, String, inout FileReader) -> Value?

  init(_ shape: FileShape, _ read: @escaping @Sendable (Node, String, inout FileReader) -> Value?) {
    self.shape = shape
    self.read = read
  }
}

/// What a value in a file can be.
indirect enum FileShape: Sendable {
  /// Any scalar that is not empty.
  case text
  case boolean
  case choice([String])
  /// Text that matches a regular expression.
  case pattern(String)
  /// A mapping of the API's, with whatever fields it has.
  case record
  case list(FileShape)
  /// One, or a list of them.
  case oneOrMore(FileShape)
  case mapping(FileMapping)
  /// A mapping whose keys are names; those of rules match a pattern.
  case members(FileShape, names: String? = nil)
  case anyOf([FileShape])
  /// May also be left empty.
  case orEmpty(FileShape)
}

extension FileType where Value == String {
  static let text = FileType(.text) { node, what, reader in reader.text(node, what) }
}

extension FileType where Value == [String] {
  static let texts = FileType(.list(.text)) { node, what, reader in reader.texts(node, what) }
}

extension FileType where Value == Bool {
  static let boolean = FileType(.boolean) { node, what, reader in reader.boolean(node, what) }
}

extension FileType where Value == Instant {
  static let instant = FileType(
    .pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2}))?$")
  ) { node, what, reader in reader.instant(node, what) }
}

extension FileType where Value == Expression {
  static let expression = FileType(.text) { node, what, reader in reader.expression(node, what) }
}

extension FileType where Value: CaseIterable & RawRepresentable<String> & SendableMetatype {
  /// One of the cases of an enumeration, by its raw value.
  static var choice: FileType {
    FileType(.choice(Value.allCases.map(\.rawValue))) { node, what, reader in
      RuleParser.choice(node, what, &reader)
    }
  }
}

extension FileType where Value == Node {
  /// What its reader looks into itself.
  static func nested(_ shape: FileShape) -> FileType { FileType(shape) { node, _, _ in node } }
}

extension FileType where Value == [Node] {
  static func list(of shape: FileShape) -> FileType {
    FileType(.list(shape)) { node, what, reader in reader.elements(of: node, what) }
  }
}
