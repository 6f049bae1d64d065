/// A point in time in whole milliseconds since 1970-01-01T00:00:00Z, the precision that the Admin APIs show.
///
/// Finer fractions are cut towards the past, so that "expires at" is never later than the API said.
package struct Instant: Hashable, Comparable, Sendable {
  package let milliseconds: Int64

  package init(milliseconds: Int64) { self.milliseconds = milliseconds }

  package static func < (left: Instant, right: Instant) -> Bool { left.milliseconds < right.milliseconds }

  /// RFC 3339 in UTC, with a fraction only where there is one: `2026-03-01T00:00:00Z`, `2026-03-01T00:00:00.250Z`.
  package var text: String {
    let second = Self.floorDivide(milliseconds, 1000)
    let fraction = milliseconds - second * 1000
    let base = "\(dateText)T\(clockText)"
    return fraction == 0 ? base + "Z" : "\(base).\(Self.padded(Int(fraction), 3))Z"
  }

  /// The day in UTC: `2026-03-01`.
  package var dateText: String {
    let (year, month, day) = Self.civil(fromDays: Self.floorDivide(milliseconds, 86_400_000))
    return "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))"
  }

  /// The time of day in UTC to the second: `14:05:00`.
  package var clockText: String {
    let second = Int(Self.floorDivide(milliseconds, 1000) - Self.floorDivide(milliseconds, 86_400_000) * 86_400)
    return "\(Self.padded(second / 3600, 2)):\(Self.padded(second / 60 % 60, 2)):\(Self.padded(second % 60, 2))"
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
    value >= 0 ? value / divisor : (value + 1) / divisor - 1
  }

  /// Days since 1970-01-01 of a date in the proleptic Gregorian calendar, in a year from 1 on. Years are counted from
  /// March, so that the leap day is the last of its year.
  @inline(__always)
  static func days(year: Int, month: Int, day: Int) -> Int64 {
    // None is negative: without a sign, division takes less.
    let yearFromMarch = UInt32(truncatingIfNeeded: month <= 2 ? year - 1 : year)
    let monthFromMarch = UInt32(truncatingIfNeeded: month <= 2 ? month + 9 : month - 3)
    let centuries = yearFromMarch / 100
    let leapDays = yearFromMarch / 4 - centuries + centuries / 4
    let days = yearFromMarch * 365 + leapDays + (monthFromMarch * 153 + 2) / 5 + UInt32(truncatingIfNeeded: day)
    return Int64(days) - 719_469
  }

  /// The inverse of `days(year:month:day:)`.
  static func civil(fromDays days: Int64) -> (year: Int, month: Int, day: Int) {
    let shifted = Int(days) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch + (monthFromMarch < 10 ? 3 : -9)
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
  }
}
