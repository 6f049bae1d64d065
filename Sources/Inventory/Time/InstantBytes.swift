extension Instant {
  /// Reads a date-time as nearly all come: `2026-03-01T00:00:00`, a fraction or none, and `Z` or an offset with a
  /// colon. Eight bytes at a time, without a copy.
  ///
  /// - Parameters:
  ///   - position: where the text begins; the bytes have at least 64 more behind it.
  /// - Returns: milliseconds since 1970 and where the text ends; nil for every other form, for what is no date-time, and
  ///   for leap seconds: ``init(utf8:)`` tells them apart.
  static func milliseconds(_ bytes: RawSpan, at position: Int) -> (milliseconds: Int64, end: Int)? {
    let date = DigitWord(bytes.word(position), like: "0000-00-")
    let hours = DigitWord(bytes.word(position + 8), like: "00T00:00")
    let seconds = DigitWord(bytes.word(position + 16) & 0xFF_FFFF, like: ":00\0\0\0\0\0")
    guard date.isAlike, hours.isAlike, seconds.isAlike else { return nil }
    let (year, month, day) = (date.pair(0) * 100 + date.pair(2), date.pair(5), hours.pair(0))
    let (hour, minute, second) = (hours.pair(3), hours.pair(6), seconds.pair(1))
    guard year >= 1, (1...12).contains(month), day >= 1, day <= 28 || day <= daysIn(month: month, year: year),
      hour <= 23, minute <= 59, second <= 59
    else { return nil }

    var end = position + 19
    var fraction: Int64 = 0
    if bytes.byte(end) == UInt8(ascii: ".") {
      guard let digits = milliseconds(bytes, ofFractionAt: end + 1) else { return nil }
      (fraction, end) = digits
    }
    var zone = 0
    if bytes.byte(end) == UInt8(ascii: "Z") {
      end += 1
    } else {
      guard let offset = zoneOffset(bytes, at: end) else { return nil }
      zone = offset
      end += 6
    }
    let days = days(year: year, month: month, day: day)
    let milliseconds = (days * 86_400 + Int64(hour * 3600 + minute * 60 + second - zone)) * 1000 + fraction
    // Within a day of the ends, an offset may lead beyond them.
    guard range.contains(milliseconds) else { return nil }
    return (milliseconds, end)
  }

  /// One to nine digits behind the point, cut to three.
  @inline(__always)
  private static func milliseconds(_ bytes: RawSpan, ofFractionAt start: Int) -> (Int64, end: Int)? {
    var value: Int64 = 0
    var scale: Int64 = 100
    var end = start
    while end < start + 9 {
      let digit = bytes.byte(end) &- UInt8(ascii: "0")
      guard digit <= 9 else { break }
      value += Int64(digit) * scale
      scale /= 10
      end += 1
    }
    return end > start ? (value, end) : nil
  }

  /// Seconds east of UTC of `+01:00`.
  @inline(__always)
  private static func zoneOffset(_ bytes: RawSpan, at position: Int) -> Int? {
    let sign = bytes.byte(position)
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return nil }
    let clock = DigitWord(bytes.word(position + 1) & 0xFF_FFFF_FFFF, like: "00:00\0\0\0")
    guard clock.isAlike, clock.pair(0) <= 23, clock.pair(3) <= 59 else { return nil }
    let seconds = clock.pair(0) * 3600 + clock.pair(3) * 60
    return sign == UInt8(ascii: "-") ? -seconds : seconds
  }
}

/// Eight bytes that should have digits in some places and certain other characters in the rest.
private struct DigitWord {
  /// The values of the digits; 0 elsewhere.
  private let digits: UInt64
  let isAlike: Bool

  /// - Parameter pattern: eight characters; a zero stands for any digit.
  @inline(__always)
  init(_ word: UInt64, like pattern: StaticString) {
    let pattern = unsafe pattern.word(0)
    digits = word ^ pattern
    // What is added to a digit's value makes it 128 or more from ten on; to anything else, from one on.
    let isDigit = zeroBytes(pattern ^ bytesOf(UInt8(ascii: "0"))) >> 7
    let limits = bytesOf(0x7F) - isDigit * 9
    isAlike = (digits &+ limits | digits) & bytesOf(0x80) == 0
  }

  /// The number that the digits at the index and behind it make.
  @inline(__always)
  func pair(_ index: Int) -> Int {
    Int(digits >> (UInt64(index) * 8) & 0xFF) * 10 + Int(digits >> (UInt64(index) * 8 + 8) & 0xFF)
  }
}
