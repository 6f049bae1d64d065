/// A part of a timestamp's calendar date or time of day. The raw value is the name of CEL's accessor.
enum TimestampComponent: String, CaseIterable, Sendable {
  case fullYear = "getFullYear"
  /// From 0 for January.
  case month = "getMonth"
  /// Day of the month from 1.
  case date = "getDate"
  /// Day of the month from 0.
  case dayOfMonth = "getDayOfMonth"
  /// From 0 for Sunday.
  case dayOfWeek = "getDayOfWeek"
  /// From 0 for the first of January.
  case dayOfYear = "getDayOfYear"
  case hours = "getHours"
  case minutes = "getMinutes"
  case seconds = "getSeconds"
  /// Whole milliseconds after the second.
  case milliseconds = "getMilliseconds"
}

extension Timestamp {
  /// The part of the date and time that clocks in `zone` show at this instant. The year can be 0 or 10000 at the ends
  /// of the range.
  func component(_ component: TimestampComponent, in zone: TimeZone = .utc) -> Int64 {
    let local = seconds + zone.offset(at: seconds)
    let days = CivilDate.floorDivide(local, CivilDate.secondsPerDay)
    let secondOfDay = local - days * CivilDate.secondsPerDay
    switch component {
    case .fullYear: return Int64(CivilDate.date(days: days).year)
    case .month: return Int64(CivilDate.date(days: days).month - 1)
    case .date: return Int64(CivilDate.date(days: days).day)
    case .dayOfMonth: return Int64(CivilDate.date(days: days).day - 1)
    case .dayOfWeek: return CivilDate.weekday(days: days)
    case .dayOfYear: return days - CivilDate.days(year: CivilDate.date(days: days).year, month: 1, day: 1)
    case .hours: return secondOfDay / 3600
    case .minutes: return secondOfDay / 60 % 60
    case .seconds: return secondOfDay % 60
    case .milliseconds: return Int64(nanoseconds) / 1_000_000
    }
  }
}
