import Foundation
import HTTPTransport
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct HTTPClientTests {
  typealias Step = ScriptedServer.Step

  private func withServer(
    _ script: @escaping @Sendable (String) -> [Step],
    configure: (inout HTTPClientConfiguration) throws -> Void = { _ in },
    body: (HTTPClient, ScriptedServer) async throws -> Void
  ) async throws {
    let server = try ScriptedServer(script: script)
    defer { server.stop() }
    var configuration = HTTPClientConfiguration(
      baseURL: server.url, bearer: try secret(), allowedPaths: AllowedPaths(["/{any}"]))
    try configure(&configuration)
    let client = try HTTPClient(configuration)
    defer { client.close() }
    try await body(client, server)
  }

  /// The error of one request to `/a`.
  private func error(
    _ steps: [Step], configure: (inout HTTPClientConfiguration) -> Void = { _ in }
  ) async throws -> TransportError? {
    let thrown = Mutex<TransportError?>(nil)
    try await withServer({ _ in steps }, configure: configure) { client, _ in
      do throws(TransportError) {
        _ = try await client.get(HTTPRequest(path: "/a"))
      } catch {
        thrown.withLock { $0 = error }
      }
    }
    return thrown.withLock { $0 }
  }

  @Test func sendsAGetWithTheKeyAndReadsTheAnswer() async throws {
    try await withServer { _ in
      [.answer("201 Made", headers: ["X-RateLimit-Remaining:  7 ", "Date: a: b"], body: Array("[1]".utf8))]
    } body: { client, server in
      let response = try await client.get(
        HTTPRequest(path: "/a", query: [.init("cursor", "a+b/=&ä"), .init("pageSize", "1000")]))
      #expect(response.status == 201)
      #expect(response.body == Array("[1]".utf8))
      #expect(response.headers["x-ratelimit-REMAINING"] == "7")
      #expect(response.headers["date"] == "a: b")
      #expect(response.headers["none"] == nil)
      #expect(response.httpVersion == .http1_1)
      #expect(response.timings.total > .zero)
      let request = try #require(server.requests.first)
      let lines = request.split(separator: "\r\n")
      #expect(lines[0] == "GET /a?cursor=a%2Bb%2F%3D%26%C3%A4&pageSize=1000 HTTP/1.1")
      #expect(lines.contains("Authorization: Bearer ATCTT3xFfGN0-key"))
      #expect(lines.contains("Accept: application/json"))
      #expect(lines.contains("User-Agent: tokenreeve"))
      #expect(lines.contains { $0.hasPrefix("Accept-Encoding:") && $0.contains("gzip") })
      #expect(!request.contains("Cookie"))
    }
  }

  @Test func connectionIsUsedAgain() async throws {
    try await withServer { _ in
      [.answer(headers: ["Set-Cookie: a=b"])]
    } body: { client, server in
      let first = try await client.get(HTTPRequest(path: "/a"))
      #expect(!first.timings.reusedConnection)
      for _ in 0..<20 { #expect(try await client.get(HTTPRequest(path: "/a")).timings.reusedConnection) }
      #expect(server.connections == 1)
      #expect(server.requests.allSatisfy { !$0.contains("Cookie") })
    }
  }

  @Test func requestsRunSideBySideUpToTheLimit() async throws {
    try await withServer { _ in
      [.wait(0.1), .answer(body: [1])]
    } configure: {
      $0.maximumConnections = 4
    } body: { client, server in
      try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<12 { group.addTask { try await client.get(HTTPRequest(path: "/a")).status } }
        for try await status in group { #expect(status == 200) }
      }
      #expect(server.connections == 4)
    }
  }

  @Test func everyRequestGetsItsOwnAnswer() async throws {
    try await withServer { head in
      [.answer(body: Array(head.prefix { $0 != "\r\n" }.utf8))]
    } body: { client, _ in
      try await withThrowingTaskGroup(of: Bool.self) { group in
        for number in 0..<200 {
          group.addTask {
            let body = try await client.get(HTTPRequest(path: "/\(number)")).body
            return String(decoding: body, as: UTF8.self) == "GET /\(number) HTTP/1.1"
          }
        }
        for try await isOwn in group { #expect(isOwn) }
      }
    }
  }

  @Test func compressedBodyIsDecompressedAndCounted() async throws {
    let plain = [UInt8](repeating: 0x61, count: 1_000_000)
    let compressed = try gzip(plain)
    try await withServer { _ in
      [.answer(headers: ["Content-Encoding: gzip"], body: compressed)]
    } body: { client, _ in
      let response = try await client.get(HTTPRequest(path: "/a"))
      #expect(response.body == plain)
    }
    let error = try await error([.answer(headers: ["Content-Encoding: gzip"], body: compressed)]) {
      $0.maximumBodyBytes = 999_999
    }
    #expect(error == .bodyTooLarge(limit: 999_999, path: "/a"))
  }

  private func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gzip", "-c"]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    Thread.detachNewThread {
      input.fileHandleForWriting.write(Data(bytes))
      try? input.fileHandleForWriting.close()
    }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Array(data)
  }

  @Test func redirectIsAnAnswerAndNotFollowed() async throws {
    let elsewhere = try ScriptedServer { _ in [.answer()] }
    defer { elsewhere.stop() }
    let url = elsewhere.url
    try await withServer { _ in
      [.answer("302 Found", headers: ["Location: \(url)/a"])]
    } body: { client, _ in
      let response = try await client.get(HTTPRequest(path: "/a"))
      #expect(response.status == 302)
      #expect(response.headers["location"] == url + "/a")
    }
    #expect(elsewhere.connections == 0)
  }

  @Test func otherPathsAreRefusedBeforeAnythingIsSent() async throws {
    try await withServer { _ in
      [.answer()]
    } body: { client, server in
      for path in ["/a/b", "/..", "/a?b", "http://example.org/", "/a b", ""] {
        await #expect(throws: TransportError.refusedPath(path)) { try await client.get(HTTPRequest(path: path)) }
      }
      #expect(server.connections == 0)
    }
  }

  @Test func sizeLimitsAreKept() async throws {
    let body = [UInt8](repeating: 0, count: 100_001)
    #expect(
      try await error([.answer(body: body)]) { $0.maximumBodyBytes = 100_000 }
        == .bodyTooLarge(limit: 100_000, path: "/a"))
    #expect(try await error([.answer(body: body)]) { $0.maximumBodyBytes = 100_001 } == nil)
    let fields = (0..<100).map { "X-\($0): " + String(repeating: "x", count: 90) }
    #expect(
      try await error([.answer(headers: fields)]) { $0.maximumHeaderBytes = 8000 }
        == .headersTooLarge(limit: 8000, path: "/a"))
  }

  @Test func endlessBodyIsEndedAtTheLimit() async throws {
    let piece = Step.send([UInt8](repeating: 0x20, count: 1 << 20))
    let steps = [Step.text("HTTP/1.1 200 OK\r\n\r\n")] + Array(repeating: piece, count: 64)
    #expect(
      try await error(steps) { $0.maximumBodyBytes = 2 << 20 } == .bodyTooLarge(limit: 2 << 20, path: "/a"))
  }

  @Test func cutOffBodyIsAnError() async throws {
    let head = "HTTP/1.1 200 OK\r\n"
    #expect(try await error([.text(head + "Content-Length: 10\r\n\r\n12345"), .close]) == .truncatedBody(path: "/a"))
    #expect(
      try await error([.text(head + "Transfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n"), .close])
        == .truncatedBody(path: "/a"))
  }

  @Test func lostConnectionIsAnError() async throws {
    #expect(try await error([.close]) == .connectionLost(path: "/a"))
    #expect(try await error([.reset]) == .connectionLost(path: "/a"))
    #expect(
      try await error([.text("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345"), .wait(0.05), .reset])
        == .connectionLost(path: "/a"))
  }

  @Test func brokenHTTPIsAnError() async throws {
    #expect(try await error([.text("hello\r\n\r\n"), .close]) == .protocolError(path: "/a"))
    #expect(
      try await error([.answer(headers: ["Content-Encoding: gzip"], body: [1, 2, 3])]) == .protocolError(path: "/a"))
  }

  @Test func silenceIsAStall() async throws {
    let configure = { @Sendable (configuration: inout HTTPClientConfiguration) in
      configuration.stallTimeout = .seconds(1)
    }
    async let beforeTheAnswer = error([.hang], configure: configure)
    async let withinTheBody = error(
      [.text("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1"), .hang], configure: configure)
    #expect(try await beforeTheAnswer == .timedOut(.stalled, host: "127.0.0.1"))
    #expect(try await withinTheBody == .timedOut(.stalled, host: "127.0.0.1"))
  }

  @Test func overallTimeIsLimited() async throws {
    let drip = (0..<40).flatMap { _ in [Step.text(String(repeating: "x", count: 100)), .wait(0.05)] }
    let steps = [Step.text("HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n")] + drip
    let error = try await error(steps) { $0.overallTimeout = .milliseconds(300) }
    #expect(error == .timedOut(.overall, host: "127.0.0.1"))
  }

  @Test func closedPortIsNoConnection() async throws {
    let server = try ScriptedServer { _ in [] }
    server.stop()
    let client = try HTTPClient(.init(baseURL: server.url, allowedPaths: AllowedPaths(["/a"])))
    await #expect(throws: TransportError.couldNotConnect(host: "127.0.0.1")) {
      try await client.get(HTTPRequest(path: "/a"))
    }
  }

  @Test func cancellingEndsTheTransferAtOnce() async throws {
    try await withServer { _ in
      [.hang]
    } body: { client, server in
      let request = Task { try await client.get(HTTPRequest(path: "/a")) }
      while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
      request.cancel()
      // Else it would end as a stall.
      await #expect(throws: TransportError.cancelled) { try await request.value }
      let late = Task {
        unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
        return try await client.get(HTTPRequest(path: "/a"))
      }
      await #expect(throws: TransportError.cancelled) { try await late.value }
      #expect(server.requests.count == 1)
    }
  }

  @Test func closingEndsWhatIsInFlight() async throws {
    try await withServer { _ in
      [.hang]
    } body: { client, server in
      let request = Task { try await client.get(HTTPRequest(path: "/a")) }
      while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
      client.close()
      await #expect(throws: TransportError.cancelled) { try await request.value }
      await #expect(throws: TransportError.cancelled) { try await client.get(HTTPRequest(path: "/a")) }
      client.close()
    }
  }

  @Test func observerSeesTheExchangeButNotTheKey() async throws {
    let seen = Mutex<[HTTPExchange]>([])
    let key = "ATCTT3xFfGN0-key"
    try await withServer { head in
      head.contains("/lost")
        ? [.close] : [.answer("429 Slow", headers: ["X-Echo: Bearer \(key)", "X-A: b"], body: [1, 2])]
    } configure: { configuration in
      configuration.observer = { exchange in seen.withLock { $0.append(exchange) } }
    } body: { client, _ in
      _ = try await client.get(HTTPRequest(path: "/a", query: [.init("cursor", "c")], attempt: 3))
      _ = try? await client.get(HTTPRequest(path: "/lost"))
    }
    let exchanges = seen.withLock { $0 }
    let first = try #require(exchanges.first)
    #expect(first.method == "GET" && first.path == "/a" && first.attempt == 3 && first.status == 429)
    #expect(first.bodyCount == 2 && first.error == nil && first.elapsed > .zero)
    #expect(first.responseHeaders["x-echo"] == "<redacted>")
    #expect(first.responseHeaders["x-a"] == "b")
    #expect(exchanges.last?.error == .connectionLost(path: "/lost"))
    #expect(exchanges.last?.status == nil)
    #expect(!"\(exchanges)".contains(key))
  }
}
