/// CEL's `timestamp`: an instant in nanoseconds, within the years 1 to 9999 in UTC.
public struct Timestamp: Hashable, Sendable {
  /// Whole seconds since 1970-01-01T00:00:00Z, rounded towards the past.
  public let seconds: Int64

  /// The nanoseconds after ``seconds``, 0 to 999,999,999.
  public let nanoseconds: Int32

  /// - Parameters:
  ///   - seconds: whole seconds since 1970-01-01T00:00:00Z.
  ///   - nanoseconds: what is added to them, 0 to 999,999,999.
  /// - Returns: nil when the instant is outside the years 1 to 9999, or `nanoseconds` is not below a second.
  public init?(seconds: Int64, nanoseconds: Int32 = 0) {
    guard Self.secondsRange.contains(seconds), (0..<1_000_000_000).contains(nanoseconds) else { return nil }
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  /// 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z.
  private static let secondsRange: ClosedRange<Int64> = -62_135_596_800...253_402_300_799
}

extension Timestamp: Comparable {
  /// Whether the left instant is earlier.
  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.seconds != right.seconds ? left.seconds < right.seconds : left.nanoseconds < right.nanoseconds
  }
}

// Arithmetic (langdef, "Overflow"): a result outside a type's range is an error, here nil.
extension Timestamp {
  /// The instant `duration` later; nil when it is outside the years 1 to 9999.
  public func adding(_ duration: Duration) -> Timestamp? {
    let (wholeSeconds, rest) = duration.nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
    return Timestamp(seconds: seconds + wholeSeconds, unnormalized: Int64(nanoseconds) + rest)
  }

  /// The instant `duration` earlier; nil when it is outside the years 1 to 9999.
  public func subtracting(_ duration: Duration) -> Timestamp? {
    let (wholeSeconds, rest) = duration.nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
    return Timestamp(seconds: seconds - wholeSeconds, unnormalized: Int64(nanoseconds) - rest)
  }

  /// The time from `earlier` to this instant; nil when it is more than a duration can hold, about 292 years.
  public func duration(since earlier: Timestamp) -> Duration? {
    let (wholeSeconds, rest) = (seconds - earlier.seconds, Int64(nanoseconds) - Int64(earlier.nanoseconds))
    // Nanoseconds of the same sign as the seconds: otherwise the product could overflow where the sum does not.
    let carry: Int64 = wholeSeconds > 0 && rest < 0 ? -1 : wholeSeconds < 0 && rest > 0 ? 1 : 0
    let (product, overflow) = (wholeSeconds + carry).multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, overflowOfSum) = product.addingReportingOverflow(rest - carry * 1_000_000_000)
    return overflow || overflowOfSum ? nil : Duration(nanoseconds: sum)
  }

  /// `nanoseconds` may be anything between -1 and 2 seconds.
  private init?(seconds: Int64, unnormalized nanoseconds: Int64) {
    let carry = CivilDate.floorDivide(nanoseconds, 1_000_000_000)
    self.init(seconds: seconds + carry, nanoseconds: Int32(nanoseconds - carry * 1_000_000_000))
  }
}
