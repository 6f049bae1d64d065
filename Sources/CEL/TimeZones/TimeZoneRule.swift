/// When clocks change every year: a POSIX `TZ` string with the extensions of RFC 9636, section 3.3.1.
struct TimeZoneRule: Equatable, Sendable {
  /// A day of the year and a time on it.
  struct Change: Equatable, Sendable {
    enum Day: Equatable, Sendable {
      /// 1 to 365; the 29th of February is never counted.
      case julian(Int)
      /// 0 to 365, counting the 29th of February.
      case ordinal(Int)
      /// `week` 1 to 5 of `month`, where 5 is the last; `weekday` from 0 for Sunday.
      case weekday(month: Int, week: Int, weekday: Int)
    }

    let day: Day
    /// Seconds after midnight on clocks before the change, -167 to 167 hours.
    let time: Int64

    /// The change in `year` on clocks before it, as if they showed UTC.
    func localSeconds(year: Int) -> Int64 { days(year: year) * CivilDate.secondsPerDay + time }

    /// Days since 1970-01-01.
    private func days(year: Int) -> Int64 {
      switch day {
      case .julian(let number):
        let isAfterLeapDay = CivilDate.isLeap(year) && number >= 60
        return CivilDate.days(year: year, month: 1, day: 1) + Int64(number - 1 + (isAfterLeapDay ? 1 : 0))
      case .ordinal(let number): return CivilDate.days(year: year, month: 1, day: 1) + Int64(number)
      case .weekday(let month, let week, let weekday):
        let first = CivilDate.days(year: year, month: month, day: 1)
        let firstMatch = CivilDate.floorRemainder(Int64(weekday) - CivilDate.weekday(days: first), 7)
        let day = firstMatch + Int64(week - 1) * 7
        return first + (day < Int64(CivilDate.daysIn(month: month, year: year)) ? day : day - 7)
      }
    }
  }

  /// Daylight saving time.
  struct DaylightSaving: Equatable, Sendable {
    /// Seconds ahead of UTC.
    let offset: Int64
    let start: Change
    let end: Change
  }

  /// Seconds ahead of UTC in standard time.
  let standardOffset: Int64
  let daylightSaving: DaylightSaving?

  /// Seconds ahead of UTC, `seconds` after 1970-01-01T00:00:00Z.
  func offset(at seconds: Int64) -> Int64 {
    guard let daylightSaving else { return standardOffset }
    let days = CivilDate.floorDivide(seconds + standardOffset, CivilDate.secondsPerDay)
    let year = CivilDate.date(days: days).year
    var latest: (start: Int64, offset: Int64) = (.min, standardOffset)
    // A change can lie some days outside its year. Of two changes at the same instant the start of saving holds: so
    // rules say that saving never ends.
    for year in (year - 1)...(year + 1) {
      let end = daylightSaving.end.localSeconds(year: year) - daylightSaving.offset
      if end <= seconds, end > latest.start { latest = (end, standardOffset) }
      let start = daylightSaving.start.localSeconds(year: year) - standardOffset
      if start <= seconds, start >= latest.start { latest = (start, daylightSaving.offset) }
    }
    return latest.offset
  }
}
