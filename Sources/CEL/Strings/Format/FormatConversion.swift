/// How a clause of `format` writes its argument; the raw value is its letter.
enum FormatConversion: Character, Sendable {
  case string = "s"
  case decimal = "d"
  case fixed = "f"
  case scientific = "e"
  case hexadecimal = "x"
  case upperHexadecimal = "X"
  case octal = "o"
  case binary = "b"

  func write(
    _ value: Value, precision: Int, to output: inout FormatOutput, _ frame: inout Frame
  ) throws(EvaluationError) {
    if self == .string {
      try output.append(readable: value, &frame)
    } else if let text = text(value, precision: precision) {
      try output.append(text, &frame)
    } else {
      throw value.failure
        ?? EvaluationError("format: `%\(rawValue)` takes \(types), was given \(value.type.name)", kind: .noSuchOverload)
    }
  }

  /// Nil for a value of a type that the clause does not take.
  private func text(_ value: Value, precision: Int) -> String? {
    switch self {
    case .string: nil
    case .decimal: decimal(value)
    case .fixed: Self.double(value).map { NumberText.fixed($0, precision: precision) }
    case .scientific: Self.double(value).map { NumberText.scientific($0, precision: precision) }
    case .hexadecimal: Self.hexadecimal(value, uppercase: false)
    case .upperHexadecimal: Self.hexadecimal(value, uppercase: true)
    case .octal: Self.integer(value, radix: 8)
    case .binary: if case .bool(let flag) = value { flag ? "1" : "0" } else { Self.integer(value, radix: 2) }
    }
  }

  private var types: String {
    switch self {
    case .string: "all of the language's own types"
    case .decimal, .fixed, .scientific: "an int, uint or double"
    case .hexadecimal, .upperHexadecimal: "an int, uint, string or bytes"
    case .octal: "an int or uint"
    case .binary: "an int, uint or bool"
    }
  }

  private func decimal(_ value: Value) -> String? {
    if case .double(let number) = value { NumberText.plain(number) } else { Self.integer(value, radix: 10) }
  }

  private static func double(_ value: Value) -> Double? {
    switch value {
    case .int(let number): Double(number)
    case .uint(let number): Double(number)
    case .double(let number): number
    default: nil
    }
  }

  private static func integer(_ value: Value, radix: Int, uppercase: Bool = false) -> String? {
    switch value {
    case .int(let number): String(number, radix: radix, uppercase: uppercase)
    case .uint(let number): String(number, radix: radix, uppercase: uppercase)
    default: nil
    }
  }

  private static func hexadecimal(_ value: Value, uppercase: Bool) -> String? {
    switch value {
    case .string(let text): hexadecimal(text.utf8, uppercase: uppercase)
    case .bytes(let bytes): hexadecimal(bytes, uppercase: uppercase)
    default: integer(value, radix: 16, uppercase: uppercase)
    }
  }

  private static func hexadecimal(_ bytes: some Collection<UInt8>, uppercase: Bool) -> String {
    let digits = Array((uppercase ? "0123456789ABCDEF" : "0123456789abcdef").utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
