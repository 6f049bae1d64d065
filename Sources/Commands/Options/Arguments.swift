import ArgumentParser
import Inventory
import Policy

/// A date, or a date-time in RFC 3339.
struct InstantArgument: ExpressibleByArgument, Sendable {
  let instant: Instant

  init?(argument: String) {
    guard let instant = Instant(argument) ?? Instant(argument + "T00:00:00Z") else { return nil }
    self.instant = instant
  }
}

/// A duration as policy files write it: 90d, 12h, 1d12h.
struct DurationArgument: ExpressibleByArgument, Sendable {
  let milliseconds: Int64

  init(milliseconds: Int64) { self.milliseconds = milliseconds }

  init?(argument: String) {
    guard let milliseconds = DurationText.milliseconds(argument) else { return nil }
    self.milliseconds = milliseconds
  }

  var defaultValueDescription: String { DurationText.text(milliseconds: milliseconds) }
}
