import HTTPTransport
package import Inventory

/// Time outside of the flow: what the wall clock says, and waiting. A test gives its own.
package struct Clock: Sendable {
  package let now: @Sendable () -> Instant
  package let sleep: @Sendable (_ milliseconds: Int64) async throws -> Void

  package init(
    now: @escaping @Sendable () -> Instant,
    sleep: @escaping @Sendable (Int64) async throws -> Void = { try await Task.sleep(for: .milliseconds($0)) }
  ) {
    self.now = now
    self.sleep = sleep
  }
}

/// The pace that all lists share: how many requests are under way, how many the rate limit still allows, and the
/// pauses that the server wants, which are everybody's.
actor RequestPacing {
  private let clock: Clock
  private let maximumInFlight: Int
  private let report: @Sendable (CollectionEvent) -> Void
  private var inFlight = 0
  private var resumeAt: Instant?
  private var allowance: Allowance?
  private var waiting: [CheckedContinuation<Void, Never>] = []

  /// What the rate limit allows until its period ends.
  private struct Allowance {
    /// Which period, as the server names its end.
    let period: String
    var remaining: Int
  }

  init(clock: Clock, maximumInFlight: Int, report: @escaping @Sendable (CollectionEvent) -> Void) {
    self.clock = clock
    self.maximumInFlight = maximumInFlight
    self.report = report
  }

  /// Returns when a request may be sent; `end(_:)` has to follow it.
  func begin() async throws {
    while true {
      try Task.checkCancellation()
      if let wait = pauseLeft() {
        try await clock.sleep(wait)
      } else if inFlight < maximumInFlight, inFlight < allowance?.remaining ?? .max {
        inFlight += 1
        return
      } else {
        // Something is under way, since an allowance of 0 is a pause: its end wakes us.
        await withCheckedContinuation { waiting.append($0) }
      }
    }
  }

  /// Notes that a request is over, and what its answer says of the rate limit; nil when none came.
  func end(_ headers: HTTPHeaders?) {
    inFlight -= 1
    if let headers { note(headers) }
    let woken = waiting
    waiting = []
    for continuation in woken { continuation.resume() }
  }

  /// Makes everybody wait this long from now, unless they already wait longer.
  func pause(milliseconds: Int64, reason: String) {
    let until = Instant(milliseconds: clock.now().milliseconds + milliseconds)
    if let resumeAt, resumeAt >= until { return }
    resumeAt = until
    report(.waiting(nil, milliseconds: milliseconds, until: until, reason: reason))
  }

  /// Waits before one request of a list is sent again; the other lists go on.
  nonisolated func wait(_ list: CollectedList, milliseconds: Int64, reason: String) async throws {
    let until = Instant(milliseconds: clock.now().milliseconds + milliseconds)
    report(.waiting(list, milliseconds: milliseconds, until: until, reason: reason))
    try await clock.sleep(milliseconds)
  }

  private func pauseLeft() -> Int64? {
    guard let resumeAt else { return nil }
    let left = resumeAt.milliseconds - clock.now().milliseconds
    if left > 0 { return left }
    self.resumeAt = nil
    return nil
  }

  /// Answers can overtake each other: within a period the least of what they allow counts. With nothing left,
  /// everybody waits for the period's end.
  private func note(_ headers: HTTPHeaders) {
    guard let period = headers["X-RateLimit-Reset"],
      let remaining = headers["X-RateLimit-Remaining"].flatMap({ Int($0) })
    else { return }
    let known = allowance?.period == period ? allowance?.remaining : nil
    let least = min(remaining, known ?? remaining)
    guard least <= 0 else {
      allowance = Allowance(period: period, remaining: least)
      return
    }
    allowance = nil
    guard let wait = RetryHint.reset(headers, now: clock.now()), wait > 0 else { return }
    pause(milliseconds: min(wait, RequestSender.longestWait), reason: "the rate limit is used up")
  }
}
