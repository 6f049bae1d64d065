extension Instant {
  /// Reads an RFC 3339 date-time with any number of fraction digits and `Z` or a numeric offset; nil when the text is
  /// anything else. A leap second, which only the last minute of a day in UTC can have, counts as the first moment of
  /// the next day.
  package init?(_ text: some StringProtocol) { self.init(utf8: Array(text.utf8)[...]) }

  /// The same from UTF-8 bytes.
  package init?(utf8 bytes: ArraySlice<UInt8>) {
    // "2026-03-01T00:00:00Z" is the shortest; beyond 64 bytes no sensible fraction is left.
    guard (20...64).contains(bytes.count) else { return nil }
    let start = bytes.startIndex
    func digits(_ offset: Int, _ count: Int) -> Int? {
      var value = 0
      for index in (start + offset)..<(start + offset + count) {
        guard index < bytes.endIndex, case UInt8(ascii: "0")...UInt8(ascii: "9") = bytes[index] else { return nil }
        value = value * 10 + Int(bytes[index] - UInt8(ascii: "0"))
      }
      return value
    }
    func has(_ byte: UInt8, _ offset: Int) -> Bool { bytes[start + offset] == byte }
    guard let year = digits(0, 4), has(UInt8(ascii: "-"), 4), let month = digits(5, 2), has(UInt8(ascii: "-"), 7),
      let day = digits(8, 2), has(UInt8(ascii: "T"), 10) || has(UInt8(ascii: "t"), 10),
      let hour = digits(11, 2), has(UInt8(ascii: ":"), 13), let minute = digits(14, 2), has(UInt8(ascii: ":"), 16),
      let second = digits(17, 2),
      year >= 1, (1...12).contains(month), day >= 1, day <= Self.daysIn(month: month, year: year),
      hour <= 23, minute <= 59, second <= 60
    else { return nil }

    var offset = 19
    var fraction: Int64 = 0
    if has(UInt8(ascii: "."), offset) {
      offset += 1
      var scale: Int64 = 100
      let firstDigit = offset
      while start + offset < bytes.endIndex, let digit = digits(offset, 1) {
        fraction += Int64(digit) * scale
        scale /= 10
        offset += 1
      }
      guard offset > firstDigit else { return nil }
    }

    guard start + offset < bytes.endIndex, let zone = Self.zoneOffset(bytes[(start + offset)...]) else { return nil }
    let days = Self.days(year: year, month: month, day: day)
    let seconds = days * 86_400 + Int64(hour * 3600 + minute * 60 + second) - zone
    guard second < 60 || seconds % 86_400 == 0 else { return nil }
    let milliseconds = seconds * 1000 + fraction
    guard Self.range.contains(milliseconds) else { return nil }
    self.init(milliseconds: milliseconds)
  }

  /// The years 1 to 9999, in UTC.
  static let range: ClosedRange<Int64> = -62_135_596_800_000...253_402_300_799_999

  /// Seconds east of UTC of `Z`, `+01:00` or `+0100`; nil for anything else.
  private static func zoneOffset(_ bytes: ArraySlice<UInt8>) -> Int64? {
    let text = Array(bytes)
    if text == [UInt8(ascii: "Z")] || text == [UInt8(ascii: "z")] { return 0 }
    let numbers: [UInt8]
    switch text.count {
    case 6 where text[3] == UInt8(ascii: ":"): numbers = [text[1], text[2], text[4], text[5]]
    case 5: numbers = Array(text[1...])
    default: return nil
    }
    guard text[0] == UInt8(ascii: "+") || text[0] == UInt8(ascii: "-"),
      numbers.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { return nil }
    let digits = numbers.map { Int64($0 - UInt8(ascii: "0")) }
    let (hours, minutes) = (digits[0] * 10 + digits[1], digits[2] * 10 + digits[3])
    guard hours <= 23, minutes <= 59 else { return nil }
    return (text[0] == UInt8(ascii: "-") ? -1 : 1) * (hours * 3600 + minutes * 60)
  }

  static func daysIn(month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
