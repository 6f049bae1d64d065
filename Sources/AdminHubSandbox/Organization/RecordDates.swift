import Inventory

/// Dates of records, all counted from the instant at which the organization is looked at.
struct RecordDates {
  let at: Instant

  /// A moment of the day that lies this many days after the instant; before it when negative. The moment is chosen
  /// within the twelve hours before, so that whole days keep their sense.
  func instant(days: Int, _ random: inout SeededGenerator) -> Instant {
    Instant(milliseconds: at.milliseconds + Int64(days) * 86_400_000 - Int64(random.number(in: 0...43_199_999)))
  }

  /// The same, as the text of a record.
  func text(days: Int, _ random: inout SeededGenerator) -> JSONValue {
    Self.text(instant(days: days, &random))
  }

  /// A date-time in one of the forms of RFC 3339: mostly with milliseconds and `Z`, sometimes without a fraction, with
  /// a longer one, or with an offset. The form follows from the milliseconds, so that two dates that lie whole days
  /// apart still do as texts.
  static func text(_ instant: Instant) -> JSONValue {
    let milliseconds = (instant.milliseconds % 1000 + 1000) % 1000
    let whole = Instant(milliseconds: instant.milliseconds - milliseconds)
    let base = String(whole.text.dropLast())
    let fraction = String(1000 + milliseconds).dropFirst()
    switch milliseconds % 20 {
    case 0: return .string(base + "Z")
    case 1: return .string("\(base).\(fraction)417Z")
    case 2: return .string("\(base).\(fraction)+00:00")
    case 3:
      let shifted = Instant(milliseconds: whole.milliseconds + 7_200_000)
      return .string("\(shifted.text.dropLast()).\(fraction)+02:00")
    default: return .string("\(base).\(fraction)Z")
    }
  }

  /// Texts that stand where a date should.
  static let unreadable = ["soon", "2026-02-30T00:00:00Z", "1781234567", "", "01/06/2026", "2026-06-01 09:00:00"]
}
