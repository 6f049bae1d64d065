import AdminHub
import AdminHubSandbox
import HTTPTransport
import Inventory
import Synchronization
import Testing

/// A clock that does not wait: time passes only by being slept through.
final class TestClock: Sendable {
  private let state = Mutex((now: Int64(1_780_272_000_000), waits: [Int64]()))

  var now: Instant { Instant(milliseconds: state.withLock { $0.now }) }
  /// Every wait so far, in milliseconds.
  var waits: [Int64] { state.withLock { $0.waits } }

  var clock: Clock {
    Clock(now: { self.now }) { milliseconds in
      try Task.checkCancellation()
      self.state.withLock { state in
        state.now += milliseconds
        state.waits.append(milliseconds)
      }
    }
  }
}

/// Collects from a sandbox over HTTP.
struct Collecting {
  var organization = SandboxOrganization(
    seed: 1, tokens: 100, at: Instant(milliseconds: 1_780_272_000_000), profile: .inOrder)
  var faults: Set<Fault> = []
  var key = SandboxKey.auditor
  var included: Set<CollectedList> = []
  var maximumPageSize = 30
  var needsKeyScope = false
  var rateLimit = RateLimit(requests: 100_000, periodMilliseconds: 60_000)
  var maximumBodyBytes = 64 << 20
  let clock = TestClock()

  struct Outcome {
    let result: CollectionResult
    let requests: [SandboxRequest]
    let strayRequests: [SandboxRequest]
    let events: [CollectionEvent]

    func coverage(_ list: CollectedList) throws -> Coverage { try #require(result.coverage[list]) }

    /// Why requests waited.
    var waits: [String] {
      events.compactMap { if case .waiting(_, _, _, let reason) = $0 { reason } else { nil } }
    }
  }

  var header: SnapshotHeader {
    SnapshotHeader(
      organizationID: organization.id, collectedAt: organization.at, toolVersion: "test", apiBase: nil,
      including: included)
  }

  func run(
    into sink: any CollectionSink, resuming resumptions: [CollectedList: ListResumption] = [:],
    report: @escaping @Sendable (CollectionEvent) -> Void = { _ in }
  ) async throws -> Outcome {
    var configuration = SandboxConfiguration(organization: organization, now: { [clock] in clock.now })
    configuration.faults = faults
    configuration.maximumPageSize = maximumPageSize
    configuration.needsKeyScope = needsKeyScope
    configuration.rateLimit = rateLimit
    let server = try await SandboxServer.start(configuration)
    let events = Mutex<[CollectionEvent]>([])
    let result: Result<CollectionResult, any Error>
    do {
      let collector = Collector(
        client: try client(server), organization: organization.id, host: "127.0.0.1:\(server.port)",
        including: included, clock: clock.clock)
      let collected = try await collector.collect(into: sink, resuming: resumptions) { event in
        events.withLock { $0.append(event) }
        report(event)
      }
      result = .success(collected)
    } catch {
      result = .failure(error)
    }
    let (requests, strayRequests) = (server.requests, server.strayRequests)
    await server.stop()
    return Outcome(
      result: try result.get(), requests: requests, strayRequests: strayRequests, events: events.withLock { $0 })
  }

  /// Collects, and returns the snapshot too.
  func run() async throws -> (Outcome, Snapshot) {
    let memory = SnapshotMemory()
    let outcome = try await run(into: memory)
    return (outcome, await memory.snapshot(header: header, coverage: outcome.result.coverage))
  }

  private func client(_ server: SandboxServer) throws -> HTTPClient {
    var key = Array(key.text.utf8)
    var configuration = HTTPClientConfiguration(
      baseURL: server.url, bearer: try Secret(wiping: &key), allowedPaths: Collector.allowedPaths)
    if faults.contains(.stall) { configuration.stallTimeout = .seconds(1) }
    configuration.maximumBodyBytes = maximumBodyBytes
    return try HTTPClient(configuration)
  }
}
