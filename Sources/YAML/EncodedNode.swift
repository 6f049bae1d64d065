/// A document that has been composed before: the build composes the files that the binary carries, and a run takes them
/// from this form in a tenth of the time.
///
/// A node is its kind, its size, line and column, and a line feed. Of a mapping (`m`) and a sequence (`s`), the size is
/// the number of members, which follow. Of a scalar, whose kind is its style, it is the number of bytes; its tag may
/// stand behind the column, and the value and a line feed follow.
extension Node {
  package var encoded: String {
    switch self {
    case .scalar(let scalar):
      let tag = scalar.tag.map { " \($0)" } ?? ""
      let style = Unicode.Scalar(scalar.style.rawValue)
      return "\(style)\(scalar.string.utf8.count) \(mark.line) \(mark.column)\(tag)\n\(scalar.string)\n"
    case .sequence(let elements, _):
      return "s\(elements.count) \(mark.line) \(mark.column)\n" + elements.map(\.encoded).joined()
    case .mapping(let members, _):
      return "m\(members.count) \(mark.line) \(mark.column)\n"
        + members.map { $0.key.encoded + $0.value.encoded }.joined()
    }
  }

  /// Nil when the text is no encoded document.
  ///
  /// - Parameter key: The member of the document that is not asked for and left out, if it has one of this name.
  package init?(encoded text: String, without key: String? = nil) {
    var decoder = Decoder(bytes: Array(text.utf8), unwantedKey: key)
    guard let node = decoder.node(isDocument: true), decoder.position == decoder.bytes.count else { return nil }
    self = node
  }

  private struct Decoder {
    let bytes: [UInt8]
    let unwantedKey: String?
    var position = 0

    mutating func node(isDocument: Bool = false) -> Node? {
      guard let kind = next(), let size = number(), let line = number(), let column = number() else { return nil }
      let mark = Mark(line: line, column: column)
      switch kind {
      case UInt8(ascii: "s"):
        var elements: [Node] = []
        for _ in 0..<size {
          guard let element = node() else { return nil }
          elements.append(element)
        }
        return .sequence(elements, mark)
      case UInt8(ascii: "m"):
        var members: [(key: Node, value: Node)] = []
        for _ in 0..<size {
          guard let key = node() else { return nil }
          if isDocument, let unwantedKey, key.string == unwantedKey {
            guard skipNode() else { return nil }
            continue
          }
          guard let value = node() else { return nil }
          members.append((key, value))
        }
        return .mapping(members, mark)
      default:
        guard let style = Style(rawValue: kind) else { return nil }
        let tag = bytes[position - 1] == UInt8(ascii: "\n") ? nil : restOfLine()
        guard let string = string(size) else { return nil }
        return .scalar(Scalar(string, style: style, tag: tag, mark: mark))
      }
    }

    /// Goes past a node and all that is in it.
    private mutating func skipNode() -> Bool {
      guard let kind = next(), let size = number(), number() != nil, number() != nil else { return false }
      switch kind {
      case UInt8(ascii: "s"): return (0..<size).allSatisfy { _ in skipNode() }
      case UInt8(ascii: "m"): return (0..<2 * size).allSatisfy { _ in skipNode() }
      default:
        if bytes[position - 1] != UInt8(ascii: "\n") { _ = restOfLine() }
        guard position + size < bytes.count else { return false }
        position += size + 1
        return true
      }
    }

    private mutating func next() -> UInt8? {
      guard position < bytes.count else { return nil }
      position += 1
      return bytes[position - 1]
    }

    /// With the space or line feed that ends it.
    private mutating func number() -> Int? {
      var number = 0
      while let byte = next() {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\n"): return number
        case UInt8(ascii: "0")...UInt8(ascii: "9") where number < 1 << 32:
          number = number * 10 + Int(byte - UInt8(ascii: "0"))
        default: return nil
        }
      }
      return nil
    }

    /// Past its line feed.
    private mutating func restOfLine() -> String {
      let start = position
      while let byte = next(), byte != UInt8(ascii: "\n") {}
      return String(decoding: bytes[start..<max(start, position - 1)], as: UTF8.self)
    }

    /// As many bytes, and the line feed behind them.
    private mutating func string(_ count: Int) -> String? {
      guard position + count < bytes.count else { return nil }
      defer { position += count + 1 }
      return String(decoding: bytes[position..<position + count], as: UTF8.self)
    }
  }
}
