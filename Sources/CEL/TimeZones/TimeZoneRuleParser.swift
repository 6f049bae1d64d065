extension TimeZoneRule {
  /// Reads a POSIX `TZ` string such as `CET-1CEST,M3.5.0,M10.5.0/3`; nil when it is anything else.
  init?(parsing text: String) {
    var parser = Parser(text)
    guard parser.skipName(), let west = parser.time(hours: 0...24) else { return nil }
    standardOffset = -west
    guard !parser.isAtEnd else {
      daylightSaving = nil
      return
    }
    guard parser.skipName() else { return nil }
    var savingOffset = standardOffset + 3600
    if !parser.skip(",") {
      guard let west = parser.time(hours: 0...24), parser.skip(",") else { return nil }
      savingOffset = -west
    }
    guard let start = parser.change(), parser.skip(","), let end = parser.change(), parser.isAtEnd else { return nil }
    daylightSaving = DaylightSaving(offset: savingOffset, start: start, end: end)
  }

  private struct Parser {
    private var rest: Substring.UTF8View

    init(_ text: String) { rest = text.utf8[...] }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
      guard rest.first == UInt8(ascii: character) else { return false }
      rest.removeFirst()
      return true
    }

    /// An abbreviation: `CET`, or `<+0330>`.
    mutating func skipName() -> Bool {
      if skip("<") {
        guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return false }
        rest = rest[end...].dropFirst()
        return true
      }
      let name = rest.prefix { byte in
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      }
      rest = rest[name.endIndex...]
      return name.count >= 3
    }

    /// `-5`, `5:30` or `167:59:59`, in seconds.
    mutating func time(hours range: ClosedRange<Int>) -> Int64? {
      let isNegative = skip("-")
      if !isNegative { _ = skip("+") }
      guard let hours = number(range) else { return nil }
      var (minutes, seconds) = (0, 0)
      if skip(":") {
        guard let number = number(0...59) else { return nil }
        minutes = number
        if skip(":") {
          guard let number = self.number(0...59) else { return nil }
          seconds = number
        }
      }
      return Int64(hours * 3600 + minutes * 60 + seconds) * (isNegative ? -1 : 1)
    }

    /// `M3.5.0`, `J60` or `59`, and the time after a slash where there is one.
    mutating func change() -> Change? {
      guard let day = day() else { return nil }
      guard skip("/") else { return Change(day: day, time: 7200) }
      return time(hours: 0...167).map { Change(day: day, time: $0) }
    }

    private mutating func day() -> Change.Day? {
      if skip("J") { return number(1...365).map { .julian($0) } }
      guard skip("M") else { return number(0...365).map { .ordinal($0) } }
      guard let month = number(1...12), skip("."), let week = number(1...5), skip("."), let weekday = number(0...6)
      else { return nil }
      return .weekday(month: month, week: week, weekday: weekday)
    }

    private mutating func number(_ range: ClosedRange<Int>) -> Int? {
      let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      guard !digits.isEmpty, let number = Int(Substring(digits)), range.contains(number) else { return nil }
      rest = rest[digits.endIndex...]
      return number
    }
  }
}
