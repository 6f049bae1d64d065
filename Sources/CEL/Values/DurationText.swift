extension Duration {
  /// Reads numbers with units in Go's format: `1h2m3.5s`, `-1.5h`, `100ms`, `1us`, `1ns`, and `0` alone.
  ///
  /// What is finer than a nanosecond is cut off.
  /// - Returns: nil when the text is anything else, or the span is more than about 292 years.
  public init?(parsing text: String) {
    var rest = text.utf8[...]
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    if rest.elementsEqual("0".utf8) {
      self.init(nanoseconds: 0)
      return
    }
    guard !rest.isEmpty else { return nil }
    var total: UInt64 = 0
    while !rest.isEmpty {
      guard let amount = Self.amount(in: &rest) else { return nil }
      let (sum, overflow) = total.addingReportingOverflow(amount)
      guard !overflow else { return nil }
      total = sum
    }
    // The magnitude of the longest negative span is one more than that of the longest positive one.
    guard total <= (isNegative ? Int64.min : Int64.max).magnitude else { return nil }
    let magnitude = Int64(truncatingIfNeeded: total)
    self.init(nanoseconds: isNegative ? 0 &- magnitude : magnitude)
  }

  /// The decimal number of seconds and `s`: `3600s`, `-0.5s`, `60.001s`.
  public var text: String {
    let (seconds, rest) = nanoseconds.magnitude.quotientAndRemainder(dividingBy: 1_000_000_000)
    return "\(nanoseconds < 0 ? "-" : "")\(seconds)\(fractionText(nanoseconds: Int(rest)))s"
  }

  /// Takes one number with its unit off the front; in nanoseconds.
  private static func amount(in rest: inout Substring.UTF8View) -> UInt64? {
    let whole = digits(in: &rest)
    var fraction: Substring.UTF8View = ""[...].utf8
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      fraction = digits(in: &rest)
    }
    guard !whole.isEmpty || !fraction.isEmpty, let unit = unit(in: &rest) else { return nil }
    guard let count = whole.isEmpty ? 0 : UInt64(Substring(whole)) else { return nil }
    let (product, overflow) = count.multipliedReportingOverflow(by: unit)
    let (sum, overflowOfSum) = product.addingReportingOverflow(scaled(fraction, by: unit))
    return overflow || overflowOfSum ? nil : sum
  }

  private static func digits(in rest: inout Substring.UTF8View) -> Substring.UTF8View {
    let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    rest = rest[digits.endIndex...]
    return digits
  }

  /// The whole nanoseconds in a decimal fraction of `unit`, of which the first 18 digits count.
  private static func scaled(_ fraction: Substring.UTF8View, by unit: UInt64) -> UInt64 {
    var (numerator, denominator): (UInt64, UInt64) = (0, 1)
    for digit in fraction.prefix(18) {
      numerator = numerator * 10 + UInt64(digit - UInt8(ascii: "0"))
      denominator *= 10
    }
    return denominator.dividingFullWidth(numerator.multipliedFullWidth(by: unit)).quotient
  }

  private static func unit(in rest: inout Substring.UTF8View) -> UInt64? {
    let name = Substring(
      rest.prefix { $0 != UInt8(ascii: ".") && !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    rest = rest[name.endIndex...]
    return switch name {
    case "ns": 1
    // Go takes the micro sign and the Greek letter too.
    case "us", "\u{B5}s", "\u{3BC}s": 1000
    case "ms": 1_000_000
    case "s": 1_000_000_000
    case "m": 60_000_000_000
    case "h": 3_600_000_000_000
    default: nil
    }
  }
}

extension Duration: CustomStringConvertible {
  /// The same as ``text``.
  public var description: String { text }
}
