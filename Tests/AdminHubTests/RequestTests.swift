import HTTPTransport
import Inventory
import TestSupport
import Synchronization
import Testing

@testable import AdminHub

@Suite("Waiting and pace")
struct RequestTests {
  private let now = Instant(milliseconds: 1_795_228_000_000)  // 2026-11-21T02:26:40Z

  private func headers(_ fields: KeyValuePairs<String, String>) -> HTTPHeaders {
    HTTPHeaders(fields.map { HTTPHeaders.Field($0.key, $0.value) })
  }

  @Test("Hints: seconds, an HTTP date, the end of the rate limit's period after a 429")
  func hints() {
    #expect(RetryHint.wait(status: 429, headers(["Retry-After": "12"]), now: now) == 12_000)
    #expect(RetryHint.wait(status: 503, headers(["Retry-After": "0"]), now: now) == 0)
    let date = headers(["retry-after": "Sat, 21 Nov 2026 02:27:00 GMT"])
    #expect(RetryHint.wait(status: 429, date, now: now) == 20_000)
    let reset = headers(["X-RateLimit-Reset": "2026-11-21T02:46:00Z"])
    #expect(RetryHint.wait(status: 429, reset, now: now) == 1_160_000)
    #expect(RetryHint.wait(status: 500, reset, now: now) == nil)
    #expect(RetryHint.wait(status: 429, headers([:]), now: now) == nil)
    let passed = headers(["X-RateLimit-Reset": "2026-11-21T02:00:00Z"])
    #expect(RetryHint.wait(status: 429, passed, now: now) == 0)
  }

  @Test("A date is compared with the answer's own, whatever our clock says")
  func skewedClock() {
    let fields = headers(["Date": "Sat, 21 Nov 2026 02:45:50 GMT", "X-RateLimit-Reset": "2026-11-21T02:46:00Z"])
    #expect(RetryHint.wait(status: 429, fields, now: Instant(milliseconds: 0)) == 10_000)
  }

  @Test(
    "What is no hint is none",
    arguments: ["soon", "-1", "", "1795228000", "Saturday, 21-Nov-26 02:46:00 GMT", "Sat, 31 Feb 2026 00:00:00 GMT"])
  func nonsense(text: String) {
    let wait = RetryHint.wait(status: 429, headers(["Retry-After": text]), now: now)
    if text == "1795228000" { #expect(wait == 86_400_000, "a day at most") } else { #expect(wait == nil) }
  }

  private func pacing(_ clock: TestClock, maximumInFlight: Int = 2) -> RequestPacing {
    RequestPacing(clock: clock.clock, maximumInFlight: maximumInFlight) { _ in }
  }

  @Test("An error's message is quoted, but never one that repeats the key")
  func messages() throws {
    var key = Array("key-0123456789".utf8)
    let client = try HTTPClient(
      HTTPClientConfiguration(
        baseURL: "http://127.0.0.1:9", bearer: try Secret(wiping: &key), allowedPaths: Collector.allowedPaths))
    let sender = RequestSender(client: client, pacing: pacing(TestClock()), clock: TestClock().clock)
    func message(_ text: String) -> String? { sender.firstMessage(in: Array(#"{"message":"\#(text)"}"#.utf8)) }
    #expect(message(#"not\u0007 allowed"#) == "not allowed")
    #expect(message("refused Bearer key-0123456789") == nil)
    #expect(message(#"\u006bey-01234\u000056789"#) == nil)
    #expect(message(String(repeating: "x", count: 195) + "key-0123456789") == nil)
  }

  @Test("No more requests are under way than allowed")
  func inFlight() async throws {
    let pacing = pacing(TestClock(), maximumInFlight: 3)
    let gauge = Gauge()
    try await withThrowingTaskGroup { group in
      for _ in 0..<30 {
        group.addTask {
          try await pacing.begin()
          gauge.enter()
          await Task.yield()
          gauge.leave()
          await pacing.end(nil)
        }
      }
      try await group.waitForAll()
    }
    #expect(gauge.most == 3)
  }

  /// How many are inside, and how many have been at most.
  private final class Gauge: Sendable {
    private let state = Mutex((now: 0, most: 0))
    var most: Int { state.withLock { $0.most } }

    func enter() {
      state.withLock { state in
        state.now += 1
        state.most = max(state.most, state.now)
      }
    }

    func leave() { state.withLock { $0.now -= 1 } }
  }

  @Test("With nothing left of the rate limit, everybody waits for its period to end")
  func usedUp() async throws {
    let clock = TestClock()
    let pacing = pacing(clock)
    try await pacing.begin()
    let reset = Instant(milliseconds: clock.now.milliseconds + 30_000)
    await pacing.end(headers(["X-RateLimit-Remaining": "0", "X-RateLimit-Reset": reset.text]))
    #expect(clock.waits.isEmpty)
    try await pacing.begin()
    #expect(clock.waits == [30_000])
  }

  @Test("The last allowed request is sent alone")
  func lastRequest() async throws {
    let clock = TestClock()
    let pacing = pacing(clock)
    let reset = Instant(milliseconds: clock.now.milliseconds + 30_000).text
    try await pacing.begin()
    await pacing.end(headers(["X-RateLimit-Remaining": "1", "X-RateLimit-Reset": reset]))
    try await pacing.begin()
    let second = Task { try await pacing.begin() }
    await pacing.end(headers(["X-RateLimit-Remaining": "0", "X-RateLimit-Reset": reset]))
    try await second.value
    #expect(clock.waits == [30_000], "it waited for the first, and then for the period's end")
  }

  @Test("An answer that was overtaken does not raise what is left")
  func overtaken() async throws {
    let clock = TestClock()
    let pacing = pacing(clock)
    let reset = Instant(milliseconds: clock.now.milliseconds + 30_000).text
    try await pacing.begin()
    try await pacing.begin()
    await pacing.end(headers(["X-RateLimit-Remaining": "0", "X-RateLimit-Reset": reset]))
    await pacing.end(headers(["X-RateLimit-Remaining": "1", "X-RateLimit-Reset": reset]))
    try await pacing.begin()
    #expect(clock.waits == [30_000])
  }

  @Test("Every path that is asked for is in the table, and nothing else")
  func paths() {
    for path in [
      "/admin/api-access/v1/orgs/o/api-tokens", "/admin/api-access/v1/orgs/o/api-keys/count",
      "/admin/v1/orgs/o/policies",
    ] { #expect(Endpoint.allowedPaths.contains(path)) }
    for path in [
      "/admin/v1/orgs/o/policies/1", "/admin/v1/orgs/o/policies/1/validate", "/admin/v1/orgs/o/users",
      "/admin/api-access/v1/orgs/o/api-keys/revoke/1", "/admin/v1/orgs/../policies",
    ] { #expect(!Endpoint.allowedPaths.contains(path)) }
    #expect(Endpoint.path("/a/{orgId}/b", organization: "x/../y") == "/a/x%2F..%2Fy/b")
  }
}

@Suite("Seen records")
struct SeenRecordsTests {
  private func record(_ id: String, _ value: Int = 0) throws -> RecordDigest {
    var scanner = JSONScanner(Array(#"{"id":"\#(id)","value":\#(value)}"#.utf8))
    return RecordDigest(try Page.Record(&scanner), in: scanner)
  }

  @Test("First, repeated, changed")
  func meetings() throws {
    var seen = SeenRecords()
    #expect(seen.meet(try record("a")) == .first)
    #expect(seen.meet(try record("b")) == .first)
    #expect(seen.meet(try record("a")) == .repeated)
    #expect(seen.meet(try record("a", 1)) == .changed)
    #expect(seen.meet(try record("a")) == .repeated, "the first counts")
    #expect(seen.count == 2)
  }

  @Test("Many records, each found again, in at most 32 bytes", arguments: [nil, 1, 20_000, 1_000_000_000])
  func many(expected: Int?) throws {
    var seen = SeenRecords(expected: expected)
    for index in 0..<20_000 { #expect(seen.meet(try record("id-\(index)", index)) == .first) }
    for index in 0..<20_000 { #expect(seen.meet(try record("id-\(index)", index)) == .repeated) }
    #expect(seen.count == 20_000)
    if (expected ?? 0) <= 20_000 { #expect(seen.byteCount <= 32 * 20_000) }
  }

  @Test("Many at once are met as they are one by one", arguments: [1, 2, 3])
  func together(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var (together, oneByOne) = (SeenRecords(), SeenRecords())
    var met: Set<Int> = []
    for count in [0, 1, 63, 64, 65, 1000, 5000] {
      let records = try (0..<count).map { _ in
        // Many of them come again, some in the same group, and some of those with another content.
        let index = Int.random(in: 0..<4000, using: &random)
        met.insert(index)
        return try record("id-\(index)", random.oneIn(5) ? 1 : 0)
      }
      #expect(together.meet(records) == records.map { oneByOne.meet($0) })
    }
    #expect(together.count == met.count && together.byteCount == oneByOne.byteCount)
  }
}
