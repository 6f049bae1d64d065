/// CEL's `duration`: a span of time in nanoseconds, up to about 292 years either way.
public struct Duration: Hashable, Sendable {
  /// The whole span in nanoseconds; negative when it points to the past.
  public let nanoseconds: Int64

  /// A span of any number of nanoseconds.
  public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// A span of whole seconds; nil when it is more than about 292 years.
  public init?(seconds: Int64) {
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    guard !overflow else { return nil }
    nanoseconds = product
  }
}

extension Duration: Comparable {
  /// Whether the left span is shorter, or further to the past.
  public static func < (left: Duration, right: Duration) -> Bool { left.nanoseconds < right.nanoseconds }
}

// Arithmetic (langdef, "Overflow"): a result outside the type's range is an error, here nil.
extension Duration {
  /// The sum; nil when it is more than about 292 years.
  public func adding(_ other: Duration) -> Duration? {
    let (sum, overflow) = nanoseconds.addingReportingOverflow(other.nanoseconds)
    return overflow ? nil : Duration(nanoseconds: sum)
  }

  /// The difference; nil when it is more than about 292 years.
  public func subtracting(_ other: Duration) -> Duration? {
    let (difference, overflow) = nanoseconds.subtractingReportingOverflow(other.nanoseconds)
    return overflow ? nil : Duration(nanoseconds: difference)
  }

  /// The same span in the other direction; nil for the longest negative one, which has no counterpart.
  public var negated: Duration? { Duration(nanoseconds: 0).subtracting(self) }
}
