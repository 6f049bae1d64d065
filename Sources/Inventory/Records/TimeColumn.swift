/// Dates of a segment's tokens in milliseconds since 1970, each in five bytes when they are within 34 years of each
/// other, in eight otherwise. Two stand for absent and unknown, as in `TokenTable`.
enum TimeColumn: Sendable {
  /// What a date is later than the first of them, plus two, so that absent is 0 and unknown is 1: its lower four bytes
  /// and its fifth.
  case narrow(first: Int64, lower: [UInt32], upper: [UInt8])
  case wide([Int64])

  init(_ times: some RandomAccessCollection<Int64>) {
    // What stands for absent and unknown is below all dates, and with this subtracted from it above all dates.
    let lowest: Int64 = TokenTable.unknown() + 1
    var (first, last) = (UInt64.max, Int64.min)
    for time in times {
      first = min(first, UInt64(bitPattern: time &- lowest))
      last = max(last, time)
    }
    let span = UInt64(bitPattern: last &- lowest) &- first
    if last < lowest {
      self.init(narrowing: times, from: 0)
    } else if span < (1 << 40) - 2 {
      self.init(narrowing: times, from: Int64(bitPattern: first) &+ lowest)
    } else {
      self = .wide(Array(times))
    }
  }

  @inline(__always)
  private init(narrowing times: some RandomAccessCollection<Int64>, from first: Int64) {
    var upper: [UInt8] = []
    upper.reserveCapacity(times.count)
    let lower = times.map { time in
      let narrowed = Self.narrowed(time, first)
      upper.append(UInt8(truncatingIfNeeded: narrowed >> 32))
      return UInt32(truncatingIfNeeded: narrowed)
    }
    self = .narrow(first: first, lower: lower, upper: upper)
  }

  subscript(index: Int) -> Int64 {
    switch self {
    case .narrow(let first, let lower, let upper): Self.widened(lower[index], upper[index], first)
    case .wide(let times): times[index]
    }
  }

  var times: [Int64] {
    switch self {
    case .narrow(let first, let lower, let upper): zip(lower, upper).map { Self.widened($0, $1, first) }
    case .wide(let times): times
    }
  }

  @inline(__always)
  private static func narrowed(_ time: Int64, _ first: Int64) -> Int64 {
    time <= TokenTable.unknown() ? time &- .min : time &- first &+ 2
  }

  @inline(__always)
  private static func widened(_ lower: UInt32, _ upper: UInt8, _ first: Int64) -> Int64 {
    let narrowed = Int64(upper) << 32 | Int64(lower)
    return narrowed < 2 ? narrowed &+ .min : narrowed &- 2 &+ first
  }
}
