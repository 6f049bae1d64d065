internal import CLibcurl

/// How a client connects, whom it trusts, and how much it accepts.
package struct HTTPClientConfiguration: Sendable {
  /// `https://HOST[:PORT][/PATH]`; `http` only for this machine.
  package var baseURL: String
  /// Sent as `Authorization: Bearer`; nil sends none.
  package var bearer: Secret?
  /// The only paths that may be asked for, below the base URL.
  package var allowedPaths: AllowedPaths
  /// PEM certificates to trust instead of the system's.
  package var caFile: String?
  /// The longest time to open a connection, TLS included.
  package var connectTimeout: Duration = .seconds(15)
  /// How long a transfer may bring fewer than ``stallBytesPerSecond``, waiting for the answer included: whole seconds.
  package var stallTimeout: Duration = .seconds(30)
  /// The speed below which a transfer counts as stalled.
  package var stallBytesPerSecond = 32
  /// The longest time for a whole request; nil for any.
  package var overallTimeout: Duration?
  /// The largest body to accept, in bytes after decompression.
  package var maximumBodyBytes = 64 * 1024 * 1024
  /// The largest header section to accept, in bytes.
  package var maximumHeaderBytes = 256 * 1024
  /// How many connections may be open at once.
  package var maximumConnections = 8
  /// Called after each request, on the caller's task.
  package var observer: (@Sendable (HTTPExchange) -> Void)?

  package init(baseURL: String, bearer: Secret? = nil, allowedPaths: AllowedPaths) {
    self.baseURL = baseURL
    self.bearer = bearer
    self.allowedPaths = allowedPaths
  }
}

/// Sends GET requests, and nothing else, to one host.
///
/// Requests run side by side on one thread over connections that are used again, with HTTP/2 where the server offers
/// it, and compression. TLS 1.2 or later is always verified. No redirect is followed, no cookie kept, no `.netrc`
/// read. Proxies are taken from the environment (`HTTPS_PROXY`, `NO_PROXY`), but never for this machine.
package final class HTTPClient: Sendable {
  private let configuration: HTTPClientConfiguration
  private let baseURL: BaseURL
  private let queue: TransferQueue

  /// Throws ``TransportError/invalidBaseURL(_:)`` before anything is sent.
  package init(_ configuration: HTTPClientConfiguration) throws(TransportError) {
    let baseURL = try BaseURL(configuration.baseURL)
    self.configuration = configuration
    self.baseURL = baseURL
    queue = try TransferQueue(TransferSettings(configuration, baseURL))
  }

  deinit { queue.close() }

  /// Ends what is in flight, closes the connections, and wipes the client's copy of the key. Later requests end as
  /// ``TransportError/cancelled``.
  package func close() { queue.close() }

  /// Asks and waits for the whole answer; any status counts as an answer.
  /// Cancelling the task ends the transfer at once, as ``TransportError/cancelled``.
  package func get(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
    guard let observer = configuration.observer else { return try await outcome(of: request).get() }
    let start = ContinuousClock.now
    let outcome = await outcome(of: request)
    observer(exchange(request, outcome, elapsed: .now - start))
    return try outcome.get()
  }

  private func outcome(of request: HTTPRequest) async -> Result<HTTPResponse, TransportError> {
    guard configuration.allowedPaths.contains(request.path) else { return .failure(.refusedPath(request.path)) }
    return await queue.perform(url: baseURL.text + request.target, path: request.path)
  }

  private func exchange(
    _ request: HTTPRequest, _ outcome: Result<HTTPResponse, TransportError>, elapsed: Duration
  ) -> HTTPExchange {
    let response = try? outcome.get()
    var error: TransportError?
    if case .failure(let failure) = outcome { error = failure }
    return HTTPExchange(
      path: request.path, attempt: request.attempt, status: response?.status,
      responseHeaders: redacted(response?.headers ?? HTTPHeaders([])), httpVersion: response?.httpVersion,
      bodyCount: response?.body.count ?? 0, elapsed: elapsed, error: error)
  }

  /// Whether the text contains the key: a server, or whatever answers in its place, could send it back.
  package func isKey(in text: String) -> Bool { configuration.bearer?.occurs(in: text) ?? false }

  /// A server could send the key back.
  private func redacted(_ headers: HTTPHeaders) -> HTTPHeaders {
    guard let bearer = configuration.bearer else { return headers }
    return HTTPHeaders(headers.fields.map { bearer.occurs(in: $0.value) ? .init($0.name, "<redacted>") : $0 })
  }
}

extension Duration {
  /// In whole milliseconds for libcurl: at least 1, since 0 means "no limit", and at most what fits.
  var milliseconds: Int { Int(max(.milliseconds(1), min(self, .seconds(1_000_000))) / .milliseconds(1)) }
}
