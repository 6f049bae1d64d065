import FlyingFox
import FlyingSocks
import Inventory
import Synchronization

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Serves a fictional organization on loopback.
package final class SandboxServer: Sendable {
  package let configuration: SandboxConfiguration
  package let port: UInt16
  private let handler: SandboxHandler
  private let listener: LoopbackListener
  private let forwarder: Forwarder?
  private let elsewhere: (recorder: Recorder, listener: LoopbackListener)?

  private init(
    _ configuration: SandboxConfiguration, _ handler: SandboxHandler, _ listener: LoopbackListener,
    _ forwarder: Forwarder?, _ elsewhere: (Recorder, LoopbackListener)?
  ) {
    self.configuration = configuration
    self.handler = handler
    self.listener = listener
    self.forwarder = forwarder
    self.elsewhere = elsewhere
    port = forwarder?.port ?? listener.port
  }

  /// Begins to serve, and returns once requests are accepted. Throws ``SandboxError``.
  package static func start(_ configuration: SandboxConfiguration) async throws -> SandboxServer {
    var elsewhere: (Recorder, LoopbackListener)?
    if configuration.faults.contains(where: { $0.pointsElsewhere }) {
      let recorder = Recorder()
      elsewhere = (recorder, try await LoopbackListener.start(port: 0, recorder))
    }
    let handler = SandboxHandler(configuration, elsewhere: elsewhere.map { "http://127.0.0.1:\($0.1.port)" } ?? "")
    guard configuration.faults.contains(where: { $0.isBelowHTTP }) else {
      let listener = try await LoopbackListener.start(port: configuration.port, handler)
      return SandboxServer(configuration, handler, listener, nil, elsewhere)
    }
    let listener = try await LoopbackListener.start(port: 0, handler)
    let forwarder = try await Forwarder.start(port: configuration.port, server: listener.port)
    return SandboxServer(configuration, handler, listener, forwarder, elsewhere)
  }

  /// Where the APIs are: what `--api-base` takes.
  package var url: String { "http://127.0.0.1:\(port)" }

  /// Every request so far, in the order of their arrival.
  package var requests: [SandboxRequest] { handler.requests }

  /// Every request that arrived where links and redirects of faults point.
  package var strayRequests: [SandboxRequest] { elsewhere?.recorder.requests ?? [] }

  /// Ends all connections.
  package func stop() async {
    await forwarder?.stop()
    await elsewhere?.listener.stop()
    await listener.stop()
  }
}

/// Why the sandbox can't serve.
package enum SandboxError: Error, Equatable {
  /// The port is taken, or may not be used.
  case portUnavailable(UInt16)
}

/// Answers requests and remembers them.
final class SandboxHandler: HTTPHandler {
  private let injector: FaultInjector
  private let latency: Duration
  private let limiter: RateLimiter
  private let now: @Sendable () -> Instant
  private let log = Mutex<[SandboxRequest]>([])

  /// - Parameter elsewhere: the URL that faults point at.
  init(_ configuration: SandboxConfiguration, elsewhere: String) {
    let api = AdminAPI(
      organization: configuration.organization, keys: configuration.keys, needsKeyScope: configuration.needsKeyScope,
      maximumPageSize: configuration.maximumPageSize,
      listFaults: ListFaults(faults: configuration.faults, elsewhere: elsewhere))
    injector = FaultInjector(
      faults: configuration.faults, seed: configuration.organization.seed, api: api, elsewhere: elsewhere)
    latency = configuration.latency
    limiter = RateLimiter(configuration.rateLimit)
    now = configuration.now
  }

  var requests: [SandboxRequest] { log.withLock { $0 } }

  func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
    let request = SandboxRequest(request)
    log.withLock { $0.append(request) }
    if latency > .zero { try await Task.sleep(for: latency) }
    let now = now()
    let allowance = limiter.admit(at: now)
    var answer = allowance.isAllowed ? try await injector.answer(request, now: now) : .rateLimited
    // A 429 that a fault makes says itself how long to wait, or nothing.
    if answer.status != 429 || !allowance.isAllowed { answer.headers += allowance.headers }
    answer.headers.append(.init(name: "Date", value: now.httpDate))
    return HTTPResponse(answer)
  }
}

extension SandboxRequest {
  init(_ request: HTTPRequest) {
    let prefix = "Bearer "
    let authorization = request.headers[.authorization]
    self.init(
      method: request.method.rawValue, host: request.headers[.host] ?? "127.0.0.1", path: request.target.path(),
      query: request.query.map { Parameter(name: $0.name, value: $0.value) },
      bearer: authorization?.hasPrefix(prefix) == true ? authorization.map { String($0.dropFirst(prefix.count)) } : nil)
  }
}

extension HTTPResponse {
  init(_ answer: SandboxAnswer) {
    var headers = FlyingFox.HTTPHeaders()
    for header in answer.headers { headers.addValue(header.value, for: HTTPHeader(header.name)) }
    self.init(statusCode: HTTPStatusCode(answer.status, phrase: ""), headers: headers, body: Data(answer.body))
  }
}
