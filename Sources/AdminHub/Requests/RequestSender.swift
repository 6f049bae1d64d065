import HTTPTransport
import Inventory

/// Sends requests until they are answered or there is no sense in trying again.
struct RequestSender: Sendable {
  let client: HTTPClient
  let pacing: RequestPacing
  let clock: Clock

  /// Tries per request: with waits of 0.5, 1, 2, 4 and 8 seconds (jittered) this rides out about 15 seconds of
  /// trouble, and any wait that the server itself asks for.
  static let attempts = 6
  /// No wait is longer than this, whatever the server asks for.
  static let longestWait: Int64 = 300_000

  /// Asks once, and again after 429, 5xx and failures of the network. `accept` takes the answer's body apart; what it
  /// can't is asked for again too.
  ///
  /// - Parameter list: the list for which it is asked.
  func send<Answer>(
    _ list: CollectedList, path: String, query: [HTTPRequest.QueryItem] = [],
    accept: ([UInt8]) throws(JSONError) -> Answer
  ) async throws(RequestFailure) -> Answer {
    var attempt = 1
    while true {
      let failure: RequestFailure
      var hint: Int64?
      do throws(RequestFailure) {
        let response = try await ask(HTTPRequest(path: path, query: query, attempt: attempt))
        if response.status == 200 {
          do throws(JSONError) { return try accept(response.body) } catch { failure = .malformed(error.message) }
        } else {
          failure = .status(response.status, firstMessage(in: response.body))
          hint = RetryHint.wait(status: response.status, response.headers, now: clock.now())
        }
      } catch {
        failure = error
      }
      guard failure.isWorthRetrying, attempt < Self.attempts else { throw failure }
      let backoff = Int64(500 << (attempt - 1))
      let wait = min(hint.map { $0 + .random(in: 0...250) } ?? .random(in: backoff / 2...backoff), Self.longestWait)
      if case .status(429, _) = failure {
        await pacing.pause(milliseconds: wait, reason: failure.reason)
      } else {
        do { try await pacing.wait(list, milliseconds: wait, reason: failure.reason) } catch { throw .cancelled }
      }
      attempt += 1
    }
  }

  private func ask(_ request: HTTPRequest) async throws(RequestFailure) -> HTTPResponse {
    do { try await pacing.begin() } catch { throw .cancelled }
    do throws(TransportError) {
      let response = try await client.get(request)
      await pacing.end(response.headers)
      return response
    } catch {
      await pacing.end(nil)
      throw error == .cancelled ? .cancelled : .transport(error)
    }
  }

  /// What an error's body says, in any of the three shapes that the Admin APIs use; short and without what could act.
  /// Nil for one that repeats the key.
  func firstMessage(in body: [UInt8]) -> String? {
    guard body.count < 1 << 16, let value = try? JSONValue(parsing: body) else { return nil }
    let first = value["errors"]?.array?.first
    let text = first?["detail"]?.string ?? first?["title"]?.string ?? value["message"]?.string
    guard let text else { return nil }
    let shown = String(text.unicodeScalars.filter { $0.value >= 0x20 && $0.isASCII }.map(Character.init))
    return client.isKey(in: shown) ? nil : String(shown.prefix(200))
  }
}

/// Why a request has no answer.
enum RequestFailure: Error, Sendable {
  case transport(TransportError)
  /// An HTTP status other than 200, with what the body says.
  case status(Int, String?)
  /// Status 200, but not what it should be.
  case malformed(String)
  case cancelled

  var isWorthRetrying: Bool {
    switch self {
    case .transport(let error): error.isTransient
    case .status(let status, _): status == 429 || (500...599).contains(status)
    case .malformed: true
    case .cancelled: false
    }
  }

  /// Whether the API refused the key.
  var isRefusedKey: Bool {
    switch self {
    case .status(401, _), .status(403, _): true
    default: false
    }
  }

  /// One clause for people.
  var reason: String {
    switch self {
    case .transport(let error): error.message
    case .status(let status, let message):
      switch status {
      case 401, 403: "the API refused the key (HTTP \(status)\(Self.quoted(message)))"
      case 300...399: "the API answered with a redirect (HTTP \(status)), which is never followed"
      case 429: "the API kept refusing for its rate limit (HTTP 429)"
      default: "the API answered HTTP \(status)\(Self.quoted(message))"
      }
    case .malformed(let message): "the API's answer could not be read: \(message)"
    case .cancelled: "the collection was interrupted"
    }
  }

  private static func quoted(_ message: String?) -> String { message.map { ": \"\($0)\"" } ?? "" }
}
