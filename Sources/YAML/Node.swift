/// A node of a YAML document: text, a list, or a mapping in its order. Anchors and aliases have been refused.
package enum Node: Sendable {
  case scalar(Scalar)
  case sequence([Node], Mark)
  case mapping([(key: Node, value: Node)], Mark)

  package struct Scalar: Sendable {
    /// The value, unescaped and unfolded.
    package let string: String
    package let style: Style
    /// As it is written, or `tag:yaml.org,2002:…` for `!!…`; nil when there is none.
    package let tag: String?
    package let mark: Mark

    package init(_ string: String, style: Style, tag: String? = nil, mark: Mark) {
      self.string = string
      self.style = style
      self.tag = tag
      self.mark = mark
    }
  }

  /// How a scalar is written, by the character that begins it.
  package enum Style: UInt8, Sendable {
    case plain = 0x2D
    case singleQuoted = 0x27
    case doubleQuoted = 0x22
    case literal = 0x7C
    case folded = 0x3E
  }

  /// A place in the text, line and column from 1; columns in Unicode scalars.
  package struct Mark: Sendable {
    package let line: Int
    package let column: Int

    package init(line: Int, column: Int) {
      self.line = line
      self.column = column
    }
  }

  package var mark: Mark {
    switch self {
    case .scalar(let scalar): scalar.mark
    case .sequence(_, let mark), .mapping(_, let mark): mark
    }
  }

  /// The text of a scalar; nil otherwise.
  package var string: String? { if case .scalar(let scalar) = self { scalar.string } else { nil } }
}
