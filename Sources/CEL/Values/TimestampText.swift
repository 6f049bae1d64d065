extension Timestamp {
  /// Reads an RFC 3339 date-time such as `2026-03-01T12:00:00.5+01:00`.
  ///
  /// Digits of the fraction beyond nanoseconds are cut off. A leap second counts as the first moment of the next
  /// minute.
  /// - Returns: nil when the text is anything else, or the instant is outside the years 1 to 9999 in UTC.
  public init?(parsing text: String) {
    var reader = DigitReader(text.utf8)
    guard let year = reader.number(digits: 4), reader.skip("-"), let month = reader.number(digits: 2),
      reader.skip("-"), let day = reader.number(digits: 2), reader.skip("T") || reader.skip("t"),
      let hour = reader.number(digits: 2), reader.skip(":"), let minute = reader.number(digits: 2), reader.skip(":"),
      let second = reader.number(digits: 2),
      (1...12).contains(month), day >= 1, day <= CivilDate.daysIn(month: month, year: year),
      hour <= 23, minute <= 59, second <= 60
    else { return nil }

    var nanoseconds: Int32 = 0
    if reader.skip(".") {
      guard let fraction = reader.nanosecondFraction() else { return nil }
      nanoseconds = fraction
    }

    guard let offset = reader.zoneOffset(), reader.isAtEnd else { return nil }
    let secondOfDay = hour * 3600 + minute * 60 + second - offset
    let days = CivilDate.days(year: year, month: month, day: day)
    self.init(seconds: days * CivilDate.secondsPerDay + Int64(secondOfDay), nanoseconds: nanoseconds)
  }

  /// RFC 3339 in UTC, with as many digits of a fraction as there are: `2026-03-01T00:00:00Z`,
  /// `2026-03-01T00:00:00.25Z`.
  public var text: String {
    let days = CivilDate.floorDivide(seconds, CivilDate.secondsPerDay)
    let secondOfDay = Int(seconds - days * CivilDate.secondsPerDay)
    let (year, month, day) = CivilDate.date(days: days)
    let date = "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    let time = "\(padded(secondOfDay / 3600, 2)):\(padded(secondOfDay / 60 % 60, 2)):\(padded(secondOfDay % 60, 2))"
    return "\(date)T\(time)\(fractionText(nanoseconds: Int(nanoseconds)))Z"
  }
}

extension Timestamp: CustomStringConvertible {
  /// The same as ``text``.
  public var description: String { text }
}

/// A point and the digits of a fraction of a second up to the last that is not zero; nothing for 0.
func fractionText(nanoseconds: Int) -> String {
  guard nanoseconds != 0 else { return "" }
  var digits = padded(nanoseconds, 9)
  while digits.last == "0" { digits.removeLast() }
  return "." + digits
}

private func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}

/// Reads the parts of a date-time from UTF-8.
private struct DigitReader {
  private var rest: Substring.UTF8View

  init(_ text: String.UTF8View) { rest = text[...] }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest.removeFirst()
    return true
  }

  mutating func number(digits count: Int) -> Int? {
    var value = 0
    for _ in 0..<count {
      guard let digit = digit() else { return nil }
      value = value * 10 + digit
    }
    return value
  }

  /// Nanoseconds of the digits after a point; nil when there are none.
  mutating func nanosecondFraction() -> Int32? {
    guard var nanoseconds = digit().map({ Int32($0) * 100_000_000 }) else { return nil }
    var scale: Int32 = 10_000_000
    while let digit = digit() {
      nanoseconds += Int32(digit) * scale
      scale /= 10
    }
    return nanoseconds
  }

  /// Seconds east of UTC of `Z` or `+01:00`.
  mutating func zoneOffset() -> Int? {
    if skip("Z") || skip("z") { return 0 }
    let isNegative = skip("-")
    guard isNegative || skip("+"), let hours = number(digits: 2), skip(":"), let minutes = number(digits: 2),
      hours <= 23, minutes <= 59
    else { return nil }
    return (hours * 3600 + minutes * 60) * (isNegative ? -1 : 1)
  }

  private mutating func digit() -> Int? {
    guard let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
    rest.removeFirst()
    return Int(byte - UInt8(ascii: "0"))
  }
}
