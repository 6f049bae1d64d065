import FlyingFox
import Synchronization

/// The place that faults point at: another port of loopback, where no request should ever arrive.
final class Recorder: HTTPHandler {
  private let log = Mutex<[SandboxRequest]>([])

  /// Every request that came although none should.
  var requests: [SandboxRequest] { log.withLock { $0 } }

  func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
    log.withLock { $0.append(SandboxRequest(request)) }
    return HTTPResponse(statusCode: .ok)
  }
}
