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

  private init(_ configuration: SandboxConfiguration, _ handler: SandboxHandler, _ listener: LoopbackListener) {
    self.configuration = configuration
    self.handler = handler
    self.listener = listener
    port = listener.port
  }

  /// Begins to serve, and returns once requests are accepted. Throws ``SandboxError``.
  package static func start(_ configuration: SandboxConfiguration) async throws -> SandboxServer {
    let handler = SandboxHandler(configuration)
    let listener = try await LoopbackListener.start(port: configuration.port, handler)
    return SandboxServer(configuration, handler, listener)
  }

  /// Where the APIs are: what `--api-base` takes.
  package var url: String { "http://127.0.0.1:\(port)" }

  /// Every request so far, in the order of their arrival.
  package var requests: [SandboxRequest] { handler.requests }

  /// Ends all connections.
  package func stop() async { await listener.stop() }
}

/// Why the sandbox can't serve.
package enum SandboxError: Error, Equatable {
  /// The port is taken, or may not be used.
  case portUnavailable(UInt16)
}

/// Answers requests and remembers them.
final class SandboxHandler: HTTPHandler {
  private let api: AdminAPI
  private let limiter: RateLimiter
  private let now: @Sendable () -> Instant
  private let log = Mutex<[SandboxRequest]>([])

  init(_ configuration: SandboxConfiguration) {
    api = AdminAPI(
      organization: configuration.organization, keys: configuration.keys, needsKeyScope: configuration.needsKeyScope,
      maximumPageSize: configuration.maximumPageSize)
    limiter = RateLimiter(configuration.rateLimit)
    now = configuration.now
  }

  var requests: [SandboxRequest] { log.withLock { $0 } }

  func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
    let request = SandboxRequest(request)
    log.withLock { $0.append(request) }
    let now = now()
    let allowance = limiter.admit(at: now)
    var answer = allowance.isAllowed ? api.answer(request) : .rateLimited
    answer.headers += allowance.headers
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
