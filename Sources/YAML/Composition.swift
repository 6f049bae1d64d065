import Yams

extension Node {
  /// The only document of a text; nil when it has none.
  package static func document(_ text: String) throws(CompositionFailure) -> Node? {
    do {
      // No resolver: what a plain scalar stands for is asked of few, and found out then (`CoreSchemaValue`).
      let parser = try Parser(yaml: text, resolver: .basic, constructor: Constructor([:], [:], [:]), encoding: .utf8)
      guard let node = try parser.singleRoot() else { return nil }
      // A node knows its anchor for as long as the parser lives.
      return try withExtendedLifetime(parser) { try Node(node) }
    } catch let failure as CompositionFailure {
      throw failure
    } catch let problem as YamlError {
      throw CompositionFailure(problem)
    } catch {
      throw .invalid("it can't be read", Mark(line: 1, column: 1))
    }
  }

  /// Takes over what was composed, in the order of the text, until an anchor is found. What aliases stand for is never
  /// walked through, since an anchor comes before them: a small file can stand for a billion nodes.
  private init(_ node: Yams.Node, isKey: Bool = false) throws(CompositionFailure) {
    let mark = Mark(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    guard node.anchor == nil else { throw .anchor(mark) }
    switch node {
    case .scalar(let scalar):
      let style = Style(scalar.style)
      self = .scalar(Scalar(scalar.string, style: style, tag: Self.tag(scalar, style, isKey: isKey), mark: mark))
    case .sequence(let sequence):
      var elements: [Node] = []
      for element in sequence { elements.append(try Node(element)) }
      self = .sequence(elements, mark)
    case .mapping(let mapping):
      var members: [(key: Node, value: Node)] = []
      for (key, value) in mapping { members.append((try Node(key, isKey: true), try Node(value))) }
      self = .mapping(members, mark)
    case .alias: throw .anchor(mark)
    }
  }

  /// The tag that the text has. The composer gives all that is quoted the tag of text, and all keys while it looks for
  /// those that stand twice.
  private static func tag(_ scalar: Yams.Node.Scalar, _ style: Style, isKey: Bool) -> String? {
    let tag = scalar.tag.description
    return tag.isEmpty || tag == Tag.Name.str.rawValue && (style != .plain || isKey) ? nil : tag
  }
}

extension Node.Style {
  init(_ style: Yams.Node.Scalar.Style) {
    self =
      switch style {
      case .any, .plain: .plain
      case .singleQuoted: .singleQuoted
      case .doubleQuoted: .doubleQuoted
      case .literal: .literal
      case .folded: .folded
      }
  }
}

/// Why a text is no document, and where.
package enum CompositionFailure: Error {
  /// It is not YAML; why, in words that go on from a colon.
  case invalid(String, Node.Mark)
  /// It has an anchor, here the first, or an alias.
  case anchor(Node.Mark)

  init(_ problem: YamlError) {
    switch problem {
    case .scanner(_, let message, let mark, _), .parser(_, let message, let mark, _),
      .composer(_, let message, let mark, _):
      self = .invalid(message, Node.Mark(line: mark.line, column: mark.column))
    case .duplicatedKeysInMapping(let keys, let context):
      let names = keys.map { "`\($0)`" }.joined(separator: ", ")
      self = .invalid("\(names) stands twice", Node.Mark(line: context.mark.line, column: context.mark.column))
    case .reader(let message, _, _, _): self = .invalid(message, Node.Mark(line: 1, column: 1))
    default: self = .invalid("it can't be read", Node.Mark(line: 1, column: 1))
    }
  }
}
