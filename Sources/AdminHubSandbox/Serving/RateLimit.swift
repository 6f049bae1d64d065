import Inventory
import Synchronization

/// How many requests a period allows. The period begins with its first request.
package struct RateLimit: Hashable, Sendable {
  package let requests: Int
  package let periodMilliseconds: Int64

  package init(requests: Int, periodMilliseconds: Int64) {
    self.requests = requests
    self.periodMilliseconds = periodMilliseconds
  }
}

/// Counts requests against a rate limit.
final class RateLimiter: Sendable {
  private let limit: RateLimit
  private let period = Mutex<(end: Int64, used: Int)>((end: .min, used: 0))

  init(_ limit: RateLimit) { self.limit = limit }

  /// What one request leaves: the answer's three headers say it.
  struct Allowance {
    let isAllowed: Bool
    let headers: [SandboxAnswer.Header]
  }

  func admit(at now: Instant) -> Allowance {
    let (used, end) = period.withLock { period in
      if now.milliseconds >= period.end { period = (end: now.milliseconds + limit.periodMilliseconds, used: 0) }
      period.used += 1
      return (period.used, period.end)
    }
    // To the second, and never earlier than the period ends.
    let reset = Instant(milliseconds: (end + 999) / 1000 * 1000)
    return Allowance(
      isAllowed: used <= limit.requests,
      headers: [
        .init(name: "X-RateLimit-Limit", value: String(limit.requests)),
        .init(name: "X-RateLimit-Remaining", value: String(max(0, limit.requests - used))),
        .init(name: "X-RateLimit-Reset", value: reset.text),
      ])
  }
}
