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

/// The pauses that all lists share: when the server wants one of them to wait, all wait.
actor RequestPacing {
  private let clock: Clock
  private var resumeAt: Instant?

  init(clock: Clock) { self.clock = clock }

  /// Returns once nobody has to wait any more.
  func waitForTurn() async throws {
    while let resumeAt {
      let wait = resumeAt.milliseconds - clock.now().milliseconds
      guard wait > 0 else { break }
      try await clock.sleep(wait)
      if self.resumeAt == resumeAt { self.resumeAt = nil }
    }
  }

  /// Makes everybody wait this long from now, unless they already wait longer.
  func pause(milliseconds: Int64) {
    let until = Instant(milliseconds: clock.now().milliseconds + milliseconds)
    if let resumeAt, resumeAt >= until { return }
    resumeAt = until
  }

  /// Notes what an answer says of the rate limit: with nothing left, everybody waits for the reset.
  func note(_ headers: HTTPHeaders) -> Int64? {
    guard headers["X-RateLimit-Remaining"].flatMap({ Int($0) }) == 0,
      let wait = RetryHint.wait(headers, now: clock.now()), wait > 0
    else { return nil }
    let bounded = min(wait, RequestSender.longestWait)
    pause(milliseconds: bounded)
    return bounded
  }
}
