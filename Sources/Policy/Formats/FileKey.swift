import YAML

/// A key of a mapping in a policy, rule, waiver or test file: the one place that says what its value can be, for the
/// reader of the file and for the schema that editors check it by.
struct FileKey<Value>: FileKeyDescription {
  let name: String
  let type: FileType<Value>
  let description: String
  let isRequired: Bool
  /// What to do when it is missing.
  let advice: String?

  init(
    _ name: String, _ type: FileType<Value>, _ description: String, isRequired: Bool = false, advice: String? = nil
  ) {
    self.name = name
    self.type = type
    self.description = description
    self.isRequired = isRequired
    self.advice = advice
  }

  var shape: FileShape { type.shape }
}

/// A key whatever the type of its value.
protocol FileKeyDescription: Sendable {
  var name: String { get }
  var shape: FileShape { get }
  var description: String { get }
  var isRequired: Bool { get }
}

/// A mapping with the keys that it can have.
struct FileMapping: Sendable {
  /// As messages speak of it: `a waiver`.
  let what: String
  let keys: [any FileKeyDescription]
  let names: [String]
  /// Keys of which it has exactly one.
  var exactlyOneOf: [String] = []

  init(_ what: String, _ keys: [any FileKeyDescription], exactlyOneOf: [String] = []) {
    self.what = what
    self.keys = keys
    names = keys.map(\.name)
    self.exactlyOneOf = exactlyOneOf
  }

  /// The same mapping without some of its keys.
  func without(_ names: String...) -> FileMapping {
    FileMapping(what, keys.filter { !names.contains($0.name) }, exactlyOneOf: exactlyOneOf)
  }

  /// The same mapping with one key more.
  func with(_ key: any FileKeyDescription) -> FileMapping {
    FileMapping(what, keys + [key], exactlyOneOf: exactlyOneOf)
  }
}

/// The members of a mapping that was read.
struct FileMembers {
  let what: String
  let node: Node
  private let members: [String: FileReader.Member]

  init(_ what: String, _ node: Node, _ members: [String: FileReader.Member]) {
    self.what = what
    self.node = node
    self.members = members
  }

  subscript<Value>(key: FileKey<Value>) -> FileReader.Member? { members[key.name] }
}

extension FileReader {
  /// The members of a mapping; keys that it can't have are errors with a suggestion.
  mutating func members(of node: Node, _ mapping: FileMapping) -> FileMembers {
    FileMembers(mapping.what, node, members(of: node, mapping.what, allowed: mapping.names))
  }

  /// A member's value, read as its key says. Nil when it is missing, which is an error if the key is required, or wrong.
  mutating func value<Value>(_ key: FileKey<Value>, of members: FileMembers) -> Value? {
    if let member = members[key] { return key.type.read(member.value, "`\(key.name)`", &self) }
    if key.isRequired {
      let owner = members.what.split(separator: " ", maxSplits: 1).last ?? ""
      error("the \(owner) has no `\(key.name)`", advice: key.advice, at: members.node)
    }
    return nil
  }
}
