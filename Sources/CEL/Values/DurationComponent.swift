/// A duration in one unit. The raw value is the name of CEL's accessor.
enum DurationComponent: String, CaseIterable, Sendable {
  /// The whole duration in hours, cut towards zero.
  case hours = "getHours"
  /// The whole duration in minutes, cut towards zero.
  case minutes = "getMinutes"
  /// The whole duration in seconds, cut towards zero.
  case seconds = "getSeconds"
  /// Only the milliseconds beyond whole seconds (langdef: "the milliseconds portion").
  case milliseconds = "getMilliseconds"
}

extension Duration {
  /// The duration, or its part, in the unit that `component` names; negative for a negative duration.
  func component(_ component: DurationComponent) -> Int64 {
    switch component {
    case .hours: nanoseconds / 3_600_000_000_000
    case .minutes: nanoseconds / 60_000_000_000
    case .seconds: nanoseconds / 1_000_000_000
    case .milliseconds: nanoseconds % 1_000_000_000 / 1_000_000
    }
  }
}
