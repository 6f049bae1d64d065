import CEL
import Inventory
import YAML

/// Reads one YAML file into checked values and collects everything that is wrong with it on the way.
struct FileReader {
  let source: SourceFile
  private(set) var diagnostics: [Diagnostic] = []

  init(_ source: SourceFile) { self.source = source }

  var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// The file's only document; nil, with the reason on record, when it is not YAML.
  ///
  /// - Parameter key: A member that is not asked for: of a file that the binary carries it is left out.
  mutating func document(without key: String? = nil) -> Node? {
    let start = SourceLocation(line: 1, column: 1)
    guard source.text.utf8.count <= SourceFile.maximumSize else {
      error("the file is larger than 1 MiB", at: start)
      return nil
    }
    do throws(CompositionFailure) {
      if let node = try source.document(without: key) { return node }
      error("the file is empty", at: start)
    } catch {
      switch error {
      case .anchor(let mark):
        self.error(
          "anchors and aliases are not supported", advice: "write the value out where it is used",
          at: SourceLocation(mark))
      case .invalid(let message, let mark):
        let indent = source.line(mark.line).prefix { $0.isWhitespace }
        self.error(
          "this is not valid YAML: \(message)",
          advice: indent.contains("\t") ? "indent with spaces: YAML allows no tabs there" : nil,
          at: SourceLocation(mark))
      }
    }
    return nil
  }

  // MARK: - Diagnostics

  mutating func error(_ message: String, advice: String? = nil, at node: Node) {
    error(message, advice: advice, at: location(of: node), length: length(of: node))
  }

  mutating func error(_ message: String, advice: String? = nil, at location: SourceLocation, length: Int = 1) {
    diagnostics.append(Diagnostic(.error, message, advice: advice, in: source, at: location, length: length))
  }

  mutating func warning(_ message: String, advice: String? = nil, at location: SourceLocation, length: Int = 1) {
    diagnostics.append(Diagnostic(.warning, message, advice: advice, in: source, at: location, length: length))
  }

  func location(of node: Node) -> SourceLocation { SourceLocation(node.mark) }

  /// The node as the place that a value of the policy comes from.
  func origin(of node: Node) -> Origin { .policy(file: source.name, location: location(of: node)) }

  private func length(of node: Node) -> Int {
    guard case .scalar(let scalar) = node, scalar.style == .plain else { return 1 }
    return scalar.string.unicodeScalars.count
  }

  // MARK: - Shapes

  /// The members of a mapping; keys that are not among `allowed` are errors with a suggestion.
  mutating func members(of node: Node, _ what: String, allowed: [String]) -> [String: Member] {
    var members: [String: Member] = [:]
    for member in self.members(of: node, what) {
      if allowed.contains(member.name) {
        members[member.name] = member
      } else {
        error(
          "\(what) has no key `\(member.name)`",
          advice: didYouMean(member.name, among: allowed) ?? "it can have: \(allowed.joined(separator: ", "))",
          at: member.key)
      }
    }
    return members
  }

  /// The members of a mapping with free names, in their order.
  mutating func members(of node: Node, _ what: String) -> [Member] {
    guard case .mapping(let mapping, _) = node else {
      error("\(what) should be a mapping (`key: value` lines)", at: node)
      return []
    }
    return mapping.compactMap { key, value in
      guard case .scalar(let scalar) = key else {
        error("a key should be plain text", at: key)
        return nil
      }
      return Member(name: scalar.string, key: key, value: value)
    }
  }

  struct Member {
    let name: String
    let key: Node
    let value: Node

    /// Whether the value was left out or is null.
    var isEmpty: Bool { isNull(value) }
  }

  mutating func elements(of node: Node, _ what: String) -> [Node] {
    guard case .sequence(let sequence, _) = node else {
      error("\(what) should be a list", at: node)
      return []
    }
    return sequence
  }

  /// Text that is not empty.
  mutating func text(_ node: Node, _ what: String) -> String? {
    guard case .scalar(let scalar) = node else {
      error("\(what) should be text", at: node)
      return nil
    }
    guard isUntagged(scalar) else {
      error("\(what) begins with `!`, which YAML takes for a tag", advice: quoteAdvice, at: node)
      return nil
    }
    let isNull = isNull(node)
    guard !isNull, !scalar.string.allSatisfy(\.isWhitespace) else {
      error("\(what) is empty", advice: isNull ? quoteAdvice : nil, at: node)
      return nil
    }
    return scalar.string
  }

  mutating func boolean(_ node: Node, _ what: String) -> Bool? {
    if case .scalar(let scalar) = node, scalar.string == "true" || scalar.string == "false" {
      return scalar.string == "true"
    }
    error("\(what) should be true or false", at: node)
    return nil
  }

  mutating func texts(_ node: Node, _ what: String) -> [String]? {
    let texts = elements(of: node, what).map { text($0, "an element of \(what)") }
    return texts.contains(nil) ? nil : texts.compactMap(\.self)
  }

  /// Text or a list of it, in file order with the place of each.
  mutating func oneOrMore(_ node: Node, _ what: String) -> [(text: String, node: Node)] {
    let nodes = if case .sequence = node { elements(of: node, what) } else { [node] }
    return nodes.compactMap { node in text(node, what).map { ($0, node) } }
  }

  mutating func instant(_ node: Node, _ what: String) -> Instant? {
    guard let text = text(node, what) else { return nil }
    if let instant = Instant(text) ?? Instant(text + "T00:00:00Z") { return instant }
    error("\(what) is not a date", advice: "write 2026-12-31 or 2026-12-31T12:00:00Z", at: node)
    return nil
  }

  /// An expression, whose text must reach the checker as its author wrote it: what YAML would have cut or taken for a
  /// tag is refused.
  mutating func expression(_ node: Node, _ what: String) -> Expression? {
    guard case .scalar(let scalar) = node else {
      error("\(what) should be an expression", advice: quoteAdvice, at: node)
      return nil
    }
    guard isUntagged(scalar) else {
      error("\(what) begins with `!`, which YAML takes for a tag", advice: quoteAdvice, at: node)
      return nil
    }
    guard !isNull(node), !scalar.string.allSatisfy(\.isWhitespace) else {
      error("\(what) is empty", advice: quoteAdvice, at: node)
      return nil
    }
    if scalar.style == .plain, ScalarPositions.remainder(of: scalar, in: source).utf8.contains(UInt8(ascii: "#")) {
      error("YAML cuts \(what) at ` #`, which begins a comment", advice: quoteAdvice, at: node)
      return nil
    }
    return Expression(scalar, in: source)
  }

  private func isUntagged(_ scalar: Node.Scalar) -> Bool {
    scalar.tag?.utf8.first != UInt8(ascii: "!")
  }

  private var quoteAdvice: String { "quote it, or use `|` and write it on the lines below" }
}

/// Whether the node is YAML's null: left out, `~` or `null`, unquoted.
private func isNull(_ node: Node) -> Bool {
  if case .scalar(let scalar) = node { CoreSchemaValue(scalar) == .null } else { false }
}

/// The text of a CEL expression with its place in a file.
struct Expression {
  let text: String
  let source: SourceFile
  /// Nil when the file has no such expression.
  private let scalar: Node.Scalar?

  init(_ scalar: Node.Scalar, in source: SourceFile) {
    text = scalar.string
    self.source = source
    self.scalar = scalar
  }

  /// An expression that the file leaves out.
  init(absentFrom source: SourceFile) {
    text = ""
    self.source = source
    scalar = nil
  }

  /// The place of the character with this offset in Unicode scalars. It is looked for only when a message names it.
  func location(at offset: Int) -> SourceLocation {
    guard let scalar else { return SourceLocation(line: 1, column: 1) }
    return ScalarPositions(scalar, in: source).location(at: offset)
  }
}
