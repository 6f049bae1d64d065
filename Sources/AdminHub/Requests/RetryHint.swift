import HTTPTransport
import Inventory

/// How long the server asks its client to wait (RFC 9110, 10.2.3 `Retry-After`; API Access, "Rate limiting":
/// `X-RateLimit-Reset`, an ISO 8601 date-time).
///
/// Waits are in milliseconds, counted from now. Dates are compared with the answer's own `Date`, so that a wrong clock
/// on either side does not matter; without one, with `now`.
enum RetryHint {
  /// The wait that an answer asks for before its request is sent again; nil when it gives no hint. Every answer names
  /// the end of the rate limit's period, but only after a 429 is that what to wait for.
  static func wait(status: Int, _ headers: HTTPHeaders, now: Instant) -> Int64? {
    retryAfter(headers, now: now) ?? (status == 429 ? reset(headers, now: now) : nil)
  }

  /// The wait until the rate limit's period ends.
  static func reset(_ headers: HTTPHeaders, now: Instant) -> Int64? {
    guard let reset = headers["X-RateLimit-Reset"].flatMap({ Instant($0) }) else { return nil }
    return max(0, reset.milliseconds - reference(headers, now).milliseconds)
  }

  private static func retryAfter(_ headers: HTTPHeaders, now: Instant) -> Int64? {
    guard let text = headers["Retry-After"] else { return nil }
    if let seconds = Int64(text), seconds >= 0 { return min(seconds, 86_400) * 1000 }
    return httpDate(text).map { max(0, $0.milliseconds - reference(headers, now).milliseconds) }
  }

  private static func reference(_ headers: HTTPHeaders, _ now: Instant) -> Instant {
    headers["Date"].flatMap(httpDate) ?? now
  }

  /// An IMF-fixdate, the form that RFC 9110, 5.6.7 demands of senders: `Sat, 21 Nov 2026 02:46:00 GMT`.
  static func httpDate(_ text: String) -> Instant? {
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let parts = text.split(separator: " ")
    guard parts.count == 6, parts[1].count == 2, parts[3].count == 4, parts[5] == "GMT",
      let month = months.firstIndex(of: String(parts[2]))
    else { return nil }
    let number = month + 1
    return Instant("\(parts[3])-\(number < 10 ? "0" : "")\(number)-\(parts[1])T\(parts[4])Z")
  }
}
