import Foundation
import Inventory
import Testing

@testable import AdminHubSandbox

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

@Suite("The sandbox server")
struct ServerTests {
  private let organization = SandboxOrganization(seed: 1, tokens: 40, at: Instant(milliseconds: 1_780_272_000_000))

  private func configuration() -> SandboxConfiguration {
    SandboxConfiguration(organization: organization, now: { Instant(milliseconds: 1_780_272_000_250) })
  }

  private func get(_ url: String, key: String? = SandboxKey.auditor.text) async throws -> (HTTPURLResponse, Data) {
    var request = URLRequest(url: try #require(URL(string: url)))
    if let key { request.setValue("Bearer \(key)", forHTTPHeaderField: "Authorization") }
    let (data, response) = try await URLSession.shared.data(for: request)
    return (try #require(response as? HTTPURLResponse), data)
  }

  @Test("Serves over HTTP, with the documented headers, and remembers who asked for what")
  func serves() async throws {
    let server = try await SandboxServer.start(configuration())
    let path = "/admin/api-access/v1/orgs/\(organization.id)/api-tokens"
    let (response, data) = try await get(server.url + path + "?pageSize=7&cursor=\(Cursor(position: 0).text)")
    #expect(response.statusCode == 200)
    #expect(response.value(forHTTPHeaderField: "Content-Type") == "application/json")
    #expect(response.value(forHTTPHeaderField: "X-RateLimit-Limit") == "100000")
    #expect(response.value(forHTTPHeaderField: "X-RateLimit-Remaining") == "99999")
    #expect(response.value(forHTTPHeaderField: "X-RateLimit-Reset") == "2026-06-01T00:01:01Z")
    #expect(response.value(forHTTPHeaderField: "Date") == "Mon, 01 Jun 2026 00:00:00 GMT")
    #expect(try JSONValue(parsing: Array(data))["data"]?.array?.count == 7)
    let request = try #require(server.requests.first)
    #expect(server.requests.count == 1)
    #expect(request.method == "GET" && request.path == path && request["pageSize"] == "7")
    #expect(request["cursor"] == Cursor(position: 0).text && request.bearer == SandboxKey.auditor.text)
    await server.stop()
  }

  @Test("Beyond the rate limit it answers 429")
  func rateLimit() async throws {
    var configuration = configuration()
    configuration.rateLimit = RateLimit(requests: 2, periodMilliseconds: 5000)
    let server = try await SandboxServer.start(configuration)
    let url = server.url + "/admin/v1/orgs/\(organization.id)/policies"
    var statuses: [Int] = []
    for _ in 0..<3 { statuses.append(try await get(url).0.statusCode) }
    #expect(statuses == [200, 200, 429])
    let (response, data) = try await get(url)
    #expect(response.value(forHTTPHeaderField: "X-RateLimit-Remaining") == "0")
    #expect(try JSONValue(parsing: Array(data))["errors"]?.array?.first?["code"]?.string == "ADMIN-429-1")
    await server.stop()
  }

  @Test("A new period allows as many requests again")
  func period() {
    let limiter = RateLimiter(RateLimit(requests: 1, periodMilliseconds: 1000))
    #expect(limiter.admit(at: Instant(milliseconds: 10_000)).isAllowed)
    #expect(!limiter.admit(at: Instant(milliseconds: 10_999)).isAllowed)
    #expect(limiter.admit(at: Instant(milliseconds: 11_000)).isAllowed)
  }

  @Test("A port that is taken is an error at once")
  func takenPort() async throws {
    let server = try await SandboxServer.start(configuration())
    var second = configuration()
    second.port = server.port
    await #expect(throws: SandboxError.portUnavailable(server.port)) { _ = try await SandboxServer.start(second) }
    await server.stop()
  }

  @Test("After the end nobody answers")
  func stops() async throws {
    let server = try await SandboxServer.start(configuration())
    await server.stop()
    await #expect(throws: (any Error).self) { _ = try await get(server.url + "/") }
  }

  @Test("HTTP's dates have their weekday")
  func httpDate() {
    #expect(Instant(milliseconds: 0).httpDate == "Thu, 01 Jan 1970 00:00:00 GMT")
    #expect(Instant("2026-11-21T02:46:00Z")?.httpDate == "Sat, 21 Nov 2026 02:46:00 GMT")
    #expect(Instant("2024-02-29T23:59:59Z")?.httpDate == "Thu, 29 Feb 2024 23:59:59 GMT")
  }
}
