/// What a scalar stands for by YAML's core schema (YAML 1.2.2, chapter 10.3).
///
/// It is found out where it is asked for. The parser would try regular expressions on every scalar of a file, those of
/// YAML 1.1, by which `no` is false.
package enum CoreSchemaValue: Equatable {
  case null
  case boolean(Bool)
  /// A decimal number. Those in octal and hexadecimal notation, infinities and NaN count as text: JSON has none of them.
  case number
  case text

  /// What the scalar's tag says; without one, what its text looks like.
  package init(_ scalar: Node.Scalar) {
    let text = scalar.string
    switch scalar.tag {
    case nil where scalar.style == .plain: self = Self(plain: text)
    case "tag:yaml.org,2002:null": self = .null
    case "tag:yaml.org,2002:bool": self = .boolean(Self.isTrue(text))
    case "tag:yaml.org,2002:int", "tag:yaml.org,2002:float": self = Self.isNumber(text) ? .number : .text
    default: self = .text
    }
  }

  private init(plain text: String) {
    switch text {
    case "", "~", "null", "Null", "NULL": self = .null
    case "true", "True", "TRUE", "false", "False", "FALSE": self = .boolean(Self.isTrue(text))
    default: self = Self.isNumber(text) ? .number : .text
    }
  }

  private static func isTrue(_ text: String) -> Bool { ["true", "True", "TRUE"].contains(text) }

  /// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`
  private static func isNumber(_ text: String) -> Bool {
    var rest = text.utf8[...]
    rest.skipSign()
    var digits = rest.skipDigits()
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      digits += rest.skipDigits()
    }
    guard digits > 0 else { return false }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest.removeFirst()
      rest.skipSign()
      guard rest.skipDigits() > 0 else { return false }
    }
    return rest.isEmpty
  }
}

extension Substring.UTF8View {
  fileprivate mutating func skipSign() {
    if first == UInt8(ascii: "-") || first == UInt8(ascii: "+") { removeFirst() }
  }

  /// How many were skipped.
  fileprivate mutating func skipDigits() -> Int {
    let digits = prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    removeFirst(digits.count)
    return digits.count
  }
}
