private import Synchronization

/// Where a timestamp's accessors read the clock: UTC, a fixed offset, or a place in the IANA time zone database.
struct TimeZone: Sendable {
  private enum Offset {
    case fixed(seconds: Int64)
    case changing(TimeZoneHistory)
  }

  private let offset: Offset

  static let utc = TimeZone(offset: .fixed(seconds: 0))

  private init(offset: Offset) { self.offset = offset }

  /// The zone that an expression names (langdef, "Timezones"): `UTC`, `+05:30`, `-08:00`, `02:00` or a name such as
  /// `Europe/Paris`. The system's database is read when a name is first used, and never for the others.
  init(_ name: String) throws(TimeZoneError) {
    if name == "UTC" {
      self = .utc
    } else if let seconds = Self.fixedOffset(name) {
      self.init(offset: .fixed(seconds: seconds))
    } else if let known = Self.known.withLock({ $0[name] }) {
      self.init(offset: .changing(known))
    } else {
      let history = try TimeZoneDatabase.system.history(of: name)
      Self.known.withLock { $0[name] = history }
      self.init(offset: .changing(history))
    }
  }

  /// Only zones that exist are kept, so the database bounds their number.
  private static let known = Mutex<[String: TimeZoneHistory]>([:])

  /// Seconds that clocks are ahead of UTC, `seconds` after 1970-01-01T00:00:00Z.
  func offset(at seconds: Int64) -> Int64 {
    switch offset {
    case .fixed(let offset): offset
    case .changing(let history): history.offset(at: seconds)
    }
  }

  /// Seconds ahead of UTC of `+05:30`, `-08:00` or `02:00`, up to a day.
  private static func fixedOffset(_ name: String) -> Int64? {
    var digits = name.utf8[...]
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative || digits.first == UInt8(ascii: "+") { digits.removeFirst() }
    let parts = digits.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count == 2, let hours = twoDigits(parts[0]), let minutes = twoDigits(parts[1]), hours <= 23,
      minutes <= 59
    else { return nil }
    return (hours * 3600 + minutes * 60) * (isNegative ? -1 : 1)
  }

  private static func twoDigits(_ digits: Substring.UTF8View) -> Int64? {
    guard digits.count == 2, digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
      return nil
    }
    return Int64(Substring(digits))
  }
}
