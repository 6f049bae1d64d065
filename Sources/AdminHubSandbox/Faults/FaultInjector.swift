import Inventory
import Synchronization

/// Answers as the APIs do, with the faults that were asked for.
///
/// Which requests a fault hits follows from the seed and the request itself, not from the order in which requests
/// arrive: every run meets the same faults.
final class FaultInjector: Sendable {
  private let faults: Set<Fault>
  private let seed: UInt64
  private let api: AdminAPI
  /// The URL of the place that faults point at.
  private let elsewhere: String
  private let state = Mutex(State())

  private struct State {
    /// How often a request has failed since it was last answered.
    var failures: [String: Int] = [:]
    /// Whether the token list has been read to its end and not been counted since.
    var hasDrifted = false
  }

  init(faults: Set<Fault>, seed: UInt64, api: AdminAPI, elsewhere: String) {
    self.faults = faults
    self.seed = seed
    self.api = api
    self.elsewhere = elsewhere
  }

  func answer(_ request: SandboxRequest, now: Instant) async throws -> SandboxAnswer {
    guard !faults.isEmpty else { return api.answer(request) }
    if faults.contains(.latency) {
      var random = generator(.latency, request)
      try await Task.sleep(for: .milliseconds(random.number(in: 20...200)))
    }
    guard let (resource, _) = AdminAPI.resource(at: request.path) else { return api.answer(request) }
    if let refusal = lastingRefusal(of: resource, request) { return refusal }
    guard let (fault, time) = nextFailure(of: request) else {
      return altered(api.answer(request), resource, request)
    }
    if fault.isBelowHTTP { return api.answer(request).marked(fault) }
    return failure(fault, time, request, now)
  }

  // MARK: What stays wrong

  private func lastingRefusal(of resource: AdminAPI.Resource, _ request: SandboxRequest) -> SandboxAnswer? {
    let isLaterPage = request["cursor"] != nil
    if isLaterPage, faults.contains(.keyExpiresMidway) { return .unauthorized }
    if isLaterPage, faults.contains(.outage) { return .gateway(503, "Service Unavailable") }
    switch resource {
    case .count(.apiTokens) where faults.contains(.countRefused), .count(.apiKeys) where faults.contains(.countRefused):
      return .gateway(403, "Access is forbidden.")
    case .list(.apiKeys) where faults.contains(.keysRefused), .count(.apiKeys) where faults.contains(.keysRefused),
      .list(.policies) where faults.contains(.policiesRefused):
      return .scopeMissing
    case .list(.policies) where faults.contains(.emptyNotFound):
      return SandboxAnswer(status: 404, contentType: "text/plain", body: [])
    case .list(.apiTokens) where faults.contains(.redirect):
      var answer = SandboxAnswer(status: 302, contentType: "text/plain", body: [])
      answer.headers.append(.init(name: "Location", value: elsewhere + request.target))
      return answer
    default: return nil
    }
  }

  // MARK: What passes

  /// The fault that a request meets this time, and for which time in a row; nil when it is to be answered.
  private func nextFailure(of request: SandboxRequest) -> (Fault, time: Int)? {
    let met = Fault.passing.filter { faults.contains($0) && hits($0, request) }
    guard !met.isEmpty else { return nil }
    // Several faults share what a client's patience allows.
    let times = met.map { met.count > 1 ? 1 : repetitions(of: $0, request) }
    return state.withLock { state in
      var failures = state.failures[request.target, default: 0]
      state.failures[request.target] = failures + 1
      for (fault, times) in zip(met, times) {
        if failures < times { return (fault, time: failures) }
        failures -= times
      }
      state.failures[request.target] = nil
      return nil
    }
  }

  /// The first page of tokens meets every fault, so that no drill goes by without it; others do by chance.
  private func hits(_ fault: Fault, _ request: SandboxRequest) -> Bool {
    if request.path.hasSuffix("/api-tokens"), request["cursor"] == nil { return true }
    var random = generator(fault, request)
    return random.chance(percent: 30)
  }

  private func repetitions(of fault: Fault, _ request: SandboxRequest) -> Int {
    var random = generator(fault, request)
    return switch fault {
    case .serverError, .htmlError: random.number(in: 1...3)
    case .rateLimit, .rateLimitSeconds, .rateLimitDate, .rateLimitBare: random.number(in: 1...2)
    default: 1
    }
  }

  private func failure(_ fault: Fault, _ time: Int, _ request: SandboxRequest, _ now: Instant) -> SandboxAnswer {
    // To the second, and at least one away: HTTP knows no finer time.
    let soon = Instant(milliseconds: (now.milliseconds / 1000 + 2) * 1000)
    switch fault {
    case .rateLimit: return .rateLimited.adding("X-RateLimit-Reset", soon.text)
    case .rateLimitSeconds: return .rateLimited.adding("Retry-After", "1")
    case .rateLimitDate: return .rateLimited.adding("Retry-After", soon.httpDate)
    case .rateLimitBare: return .rateLimited
    case .htmlError:
      let page = "<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>Try again.</body></html>"
      return SandboxAnswer(status: 502, contentType: "text/html", body: Array(page.utf8))
    case .badJSON:
      var answer = api.answer(request)
      answer.body = Array(answer.body.prefix(answer.body.count * 2 / 3))
      return answer
    default:
      let status = [500, 502, 503][time % 3]
      return .errors(status, code: "ADMIN-\(status)-1", title: "Server Error", detail: "Something went wrong")
    }
  }

  // MARK: What is answered, but not as it should be

  private func altered(
    _ answer: SandboxAnswer, _ resource: AdminAPI.Resource, _ request: SandboxRequest
  ) -> SandboxAnswer {
    guard answer.status == 200 else { return answer }
    switch resource {
    case .count(.apiTokens): return countOfTokens(answer)
    case .list(.apiTokens) where faults.contains(.wrongShape):
      return SandboxAnswer(json: .record(["items": .array([]), "total": .number("0")]))
    case .list(.apiTokens) where faults.contains(.hugeBody):
      let start = Array(#"{"data":["#.utf8)
      return SandboxAnswer(
        status: 200, contentType: "application/json", body: start + [UInt8](repeating: 0x20, count: 80 << 20))
    case .list(let list):
      if list == .apiTokens, faults.contains(.drift), Self.isLastPage(answer) {
        state.withLock { $0.hasDrifted = true }
      }
    default: break
    }
    guard faults.contains(.slowBody), hits(.slowBody, request) else { return answer }
    return answer.marked(.slowBody)
  }

  private static func isLastPage(_ answer: SandboxAnswer) -> Bool {
    (try? JSONValue(parsing: answer.body))?["links"]?["next"] == nil
  }

  private func countOfTokens(_ answer: SandboxAnswer) -> SandboxAnswer {
    guard let count = Int(String(decoding: answer.body, as: UTF8.self)) else { return answer }
    let hasDrifted = state.withLock { state in
      defer { state.hasDrifted = false }
      return state.hasDrifted
    }
    // One has vanished and two have appeared.
    let number = count + (faults.contains(.wrongCount) ? 3 : 0) + (hasDrifted ? 1 : 0)
    return SandboxAnswer(json: .number(String(number)))
  }

  private func generator(_ fault: Fault, _ request: SandboxRequest) -> SeededGenerator {
    SeededGenerator(seed: seed, fault.rawValue + " " + request.target)
  }
}

extension SandboxAnswer {
  func adding(_ name: String, _ value: String) -> SandboxAnswer {
    var answer = self
    answer.headers.append(Header(name: name, value: value))
    return answer
  }

  /// Tells the forwarder what to do with the answer.
  func marked(_ fault: Fault) -> SandboxAnswer { adding(Forwarder.faultHeader, fault.rawValue) }
}
