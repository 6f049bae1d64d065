/// The offsets from UTC of one place: the past as recorded, the future by a rule.
struct TimeZoneHistory: Equatable, Sendable {
  /// In seconds ahead of UTC, from `start` on; ascending.
  struct Transition: Equatable, Sendable {
    /// Seconds since 1970-01-01T00:00:00Z.
    let start: Int64
    let offset: Int64
  }

  /// Before the first transition.
  let initialOffset: Int64
  let transitions: [Transition]
  /// After the last transition, where there is one; it holds for all time when there are no transitions.
  let rule: TimeZoneRule?

  /// Seconds ahead of UTC, `seconds` after 1970-01-01T00:00:00Z.
  func offset(at seconds: Int64) -> Int64 {
    var (low, high) = (0, transitions.count)
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle].start <= seconds { low = middle + 1 } else { high = middle }
    }
    if low == transitions.count, let rule { return rule.offset(at: seconds) }
    return low == 0 ? initialOffset : transitions[low - 1].offset
  }
}
