import Inventory
import Reporting

/// Writes YAML that is read back as it was meant, and that can't act on a terminal: keys with values or blocks below
/// them, and comments.
struct YAMLText {
  private(set) var text = ""
  private var indent = ""
  /// Where the next line begins a list's element.
  private var dash: String?

  mutating func comment(_ comment: String) { write("# \(comment)") }

  mutating func line(_ key: String, _ value: String, comment: String? = nil) {
    write("\(key): \(value)" + (comment.map { "  # \($0)" } ?? ""))
  }

  mutating func block(_ key: String, comment: String? = nil, _ body: (inout YAMLText) -> Void) {
    write("\(key):" + (comment.map { "  # \($0)" } ?? ""))
    let outer = indent
    indent += "  "
    body(&self)
    indent = outer
  }

  /// An element of a list: what the body writes.
  mutating func element(_ body: (inout YAMLText) -> Void) {
    let outer = indent
    dash = indent + "- "
    indent += "  "
    body(&self)
    dash = nil
    indent = outer
  }

  /// An expression, on lines of its own when it has several.
  mutating func expression(_ key: String, _ expression: String) {
    let lines = expression.split(separator: "\n", omittingEmptySubsequences: false)
    let endsLine = lines.last?.isEmpty == true
    let shown = endsLine ? lines.dropLast() : lines[...]
    guard lines.count > 1, let first = shown.first?.first, first != " ", shown.last?.isEmpty == false,
      shown.allSatisfy({ visible(String($0)) == $0 })
    else { return line(key, Self.quoted(expression)) }
    write("\(key): |" + (endsLine ? "" : "-"))
    for line in shown { text += line.isEmpty ? "\n" : "\(indent)  \(line)\n" }
  }

  private mutating func write(_ line: String) {
    text += (dash ?? indent) + line + "\n"
    dash = nil
  }

  // MARK: - Values

  static func list(_ texts: [String]) -> String { "[\(texts.map(scalar).joined(separator: ", "))]" }

  /// A value on one line.
  static func flow(_ value: JSONValue) -> String {
    switch value {
    case .null: "null"
    case .boolean(let flag): String(flag)
    case .number(let number): number
    case .string(let text): quoted(text)
    case .array(let elements): "[\(elements.map(flow).joined(separator: ", "))]"
    case .object(let members):
      "{\(members.map { " \(quoted($0.name)): \(flow($0.value))" }.joined(separator: ",")) }"
    }
  }

  /// Text that needs no quotes is written without.
  static func scalar(_ text: String) -> String {
    let words = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
    let isPlain =
      text.utf8.first.map { isLetter($0) } ?? false
      && text.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || "-_./() ".utf8.contains($0) }
      && text.utf8.last != UInt8(ascii: " ") && !words.contains(text.lowercased())
    return isPlain ? text : quoted(text)
  }

  /// Text in double quotes (YAML 1.2.2, chapter 7.3.1), with escapes for whatever does not show itself.
  static func quoted(_ text: String) -> String {
    // A CI system may take what follows a number sign for a command.
    let isHarmless = visible(text) == text
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case _ where isHarmless: result.unicodeScalars.append(scalar)
      case "#": result += "\\x23"
      case _ where visible(String(scalar)) == String(scalar): result.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
      }
    }
    return result + "\""
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
}
