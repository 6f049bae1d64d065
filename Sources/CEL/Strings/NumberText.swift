/// Numbers as text and from text.
enum NumberText {
  /// `string(double)`: the fewest digits that stand for the number; with an exponent below 0.0001 and from a million
  /// on, as C's `%g` and the language's other implementations have it: `0.5`, `123456`, `1e+06`.
  static func text(_ number: Double) -> String {
    if let text = special(number) { return text }
    let decimal = DecimalDigits(shortest: number)
    return (-3...6).contains(decimal.pointPosition)
      ? fixed(decimal, precision: fractionDigits(decimal))
      : scientific(decimal, precision: max(0, decimal.digits.count - 1))
  }

  /// `%s` and `%d`: the fewest digits that stand for the number, never with an exponent.
  static func plain(_ number: Double) -> String {
    if let text = special(number) { return text }
    let decimal = DecimalDigits(shortest: number)
    return fixed(decimal, precision: fractionDigits(decimal))
  }

  /// `%f`: so many digits after the point; what is exactly between two numbers goes to the even one.
  static func fixed(_ number: Double, precision: Int) -> String {
    if let text = special(number) { return text }
    let decimal = DecimalDigits(exactly: number)
    return fixed(decimal.rounded(toDigits: decimal.pointPosition + precision), precision: precision)
  }

  /// `%e`: one digit before the point and so many after it; an exponent of at least two digits.
  static func scientific(_ number: Double, precision: Int) -> String {
    if let text = special(number) { return text }
    return scientific(DecimalDigits(exactly: number).rounded(toDigits: precision + 1), precision: precision)
  }

  /// `int(string)`: decimal digits, after a sign or not; nil for anything else or a number out of range.
  static func int(_ text: String) -> Int64? { Int64(text) }

  /// `uint(string)`: decimal digits; nil for anything else or a number out of range.
  static func uint(_ text: String) -> UInt64? {
    text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? UInt64(text) : nil
  }

  /// `double(string)`: a decimal number such as `-1.5e3`, `NaN`, `Infinity` or `inf`, also in other case; nil for
  /// anything else or a number out of range.
  static func double(_ text: String) -> Double? {
    let unsigned =
      text.utf8.first == UInt8(ascii: "-") || text.utf8.first == UInt8(ascii: "+") ? text.dropFirst() : text[...]
    switch unsigned.lowercased() {
    case "inf", "infinity": return text.utf8.first == UInt8(ascii: "-") ? -.infinity : .infinity
    case "nan": return .nan
    default:
      // Swift would also read hexadecimal.
      let isDecimal = unsigned.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"),
          UInt8(ascii: "+"), UInt8(ascii: "-"):
          true
        default: false
        }
      }
      guard isDecimal, let number = Double(text), number.isFinite else { return nil }
      return number
    }
  }

  private static func special(_ number: Double) -> String? {
    if number.isNaN { return "NaN" }
    if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
    return nil
  }

  private static func fractionDigits(_ decimal: DecimalDigits) -> Int {
    max(0, decimal.digits.count - decimal.pointPosition)
  }

  private static func fixed(_ decimal: DecimalDigits, precision: Int) -> String {
    let before = text(decimal, places: min(-1, -decimal.pointPosition)..<0)
    let after = text(decimal, places: 0..<precision)
    return (decimal.isNegative ? "-" : "") + before + (after.isEmpty ? "" : "." + after)
  }

  private static func scientific(_ decimal: DecimalDigits, precision: Int) -> String {
    let exponent = decimal.digits.isEmpty ? 0 : decimal.pointPosition - 1
    let first = -decimal.pointPosition
    let after = text(decimal, places: (first + 1)..<(first + 1 + precision))
    let exponentDigits = String(exponent.magnitude)
    return (decimal.isNegative ? "-" : "") + text(decimal, places: first..<(first + 1))
      + (after.isEmpty ? "" : "." + after) + (exponent < 0 ? "e-" : "e+")
      + (exponentDigits.utf8.count < 2 ? "0" : "") + exponentDigits
  }

  private static func text(_ decimal: DecimalDigits, places: Range<Int>) -> String {
    String(decoding: places.map { decimal.digit(at: $0) + UInt8(ascii: "0") }, as: UTF8.self)
  }
}
