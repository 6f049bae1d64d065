import Foundation
import HTTPTransport
import TestSupport
import Testing

/// Each test is a process of its own: the environment that names the proxy is nobody else's.
@Suite(.timeLimit(.minutes(1)))
struct ProxyTests {
  @Test func thisMachineIsNeverReachedThroughAProxy() async {
    await #expect(processExitsWith: .success) {
      let proxy = try proxyInEnvironment()
      let server = try ScriptedServer { _ in [.answer()] }
      defer { server.stop() }
      for host in ["127.0.0.1", "localhost"] {
        let url = "http://\(host):\(server.port)"
        let client = try HTTPClient(.init(baseURL: url, bearer: try secret(), allowedPaths: AllowedPaths(["/a"])))
        #expect(try await client.get(HTTPRequest(path: "/a")).status == 200)
      }
      #expect(server.requests.count == 2)
      #expect(proxy.requests.isEmpty)
    }
  }

  @Test func otherHostsAreReachedThroughItAndItNeverSeesTheKey() async {
    await #expect(processExitsWith: .success) {
      let proxy = try proxyInEnvironment()
      let client = try HTTPClient(
        .init(baseURL: "https://admin.invalid", bearer: try secret(), allowedPaths: AllowedPaths(["/a"])))
      await #expect(throws: TransportError.proxyFailed(host: "admin.invalid")) {
        try await client.get(HTTPRequest(path: "/a"))
      }
      let request = try #require(proxy.requests.first)
      #expect(request.hasPrefix("CONNECT admin.invalid:443 HTTP/1.1\r\n"))
      #expect(!proxy.requests.contains { $0.lowercased().contains("authorization") || $0.contains("ATCTT") })
    }
  }
}

/// A proxy that records what it is asked and refuses it, named by the environment of this process.
private func proxyInEnvironment() throws -> ScriptedServer {
  let proxy = try ScriptedServer(script: { _ in [.answer("403 No"), .close] })
  for name in ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
    unsafe setenv(name, proxy.url, 1)
  }
  for name in ["no_proxy", "NO_PROXY"] { unsafe unsetenv(name) }
  return proxy
}
