import Foundation
import TestSupport
import Testing

/// The program against a real server with TLS and HTTP/2, and a real proxy.
@Suite(
  .timeLimit(.minutes(2)),
  .enabled(
    if: FileManager.default.fileExists(atPath: Nginx.path) && Tinyproxy.isInstalled,
    "nginx, tinyproxy and libnss-wrapper are needed: scripts/setup tests"))
struct NetworkTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func collect(
    _ sandbox: ServedSandbox, from url: String, _ arguments: [String], environment added: [String: String] = [:]
  ) async throws -> Program.Result {
    var environment = try sandbox.environment()
    environment.merge(added) { $1 }
    return try await Program.tokenreeve.run(
      ["collect", "--output", "snapshot.jsonl", "--api-base", url] + arguments, environment: environment, in: folder)
  }

  @Test func http2AndCompressionAreUsed() async throws {
    let (sandbox, certificates) = (try await ServedSandbox(), try await Certificates())
    try await certificates.issue("good", host: "localhost")
    let nginx = try await Nginx(before: sandbox.url, certificates, certificate: "good")
    let result = try await collect(
      sandbox, from: "https://localhost:\(nginx.port)", ["--ca-file", certificates.authority, "--verbose"])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("HTTP/2"))
    let requests = try nginx.requests()
    #expect(!requests.isEmpty && requests.allSatisfy { $0.hasPrefix("HTTP/2.0 ") && $0.contains(" GET /admin/") })
    #expect(requests.contains { $0.hasPrefix("HTTP/2.0 gzip ") })
  }

  @Test(arguments: [("example.org", 1, "name"), ("localhost", -1, "expired")])
  func aCertificateThatIsNotRightIsRefusedWithItsReason(host: String, days: Int, word: String) async throws {
    let (sandbox, certificates) = (try await ServedSandbox(), try await Certificates())
    try await certificates.issue("bad", host: host, days: days)
    let nginx = try await Nginx(before: sandbox.url, certificates, certificate: "bad")
    let result = try await collect(
      sandbox, from: "https://localhost:\(nginx.port)", ["--ca-file", certificates.authority])
    #expect(result.status == 3)
    #expect(result.errors.contains(word), "\(result.errors)")
    #expect(try nginx.requests().isEmpty)
  }

  @Test func anUnknownAuthorityIsRefused() async throws {
    let (sandbox, certificates) = (try await ServedSandbox(), try await Certificates())
    try await certificates.issue("good", host: "localhost")
    let nginx = try await Nginx(before: sandbox.url, certificates, certificate: "good")
    let result = try await collect(sandbox, from: "https://localhost:\(nginx.port)", [])
    #expect(result.status == 3)
    #expect(result.errors.contains("--ca-file") || result.errors.contains("issuer"), "\(result.errors)")
    #expect(try nginx.requests().isEmpty)
  }

  /// libcurl would write there what decrypts the traffic, as its own program does.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/usr/bin/curl"), "curl is needed"))
  func theKeysOfASessionAreWrittenNowhere() async throws {
    let (sandbox, certificates) = (try await ServedSandbox(), try await Certificates())
    try await certificates.issue("good", host: "localhost")
    let nginx = try await Nginx(before: sandbox.url, certificates, certificate: "good")
    let url = "https://localhost:\(nginx.port)"
    let curl = try await Program(URL(filePath: "/usr/bin/curl")).run(
      ["--silent", "--cacert", certificates.authority, url], environment: ["SSLKEYLOGFILE": folder.path("of-curl")])
    #expect(curl.status == 0 && folder.exists("of-curl"))
    let result = try await collect(
      sandbox, from: url, ["--ca-file", certificates.authority], environment: ["SSLKEYLOGFILE": folder.path("of-ours")])
    #expect(result.status == 0, "\(result.errors)")
    #expect(!folder.exists("of-ours"))
  }

  @Test func aProxyOfTheEnvironmentIsUsedForWhatIsNotThisMachineAndNeverSeesTheKey() async throws {
    let (sandbox, certificates) = (try await ServedSandbox(), try await Certificates())
    try await certificates.issue("elsewhere", host: "admin.example.test")
    let nginx = try await Nginx(before: sandbox.url, certificates, certificate: "elsewhere")
    let proxy = try await Tinyproxy(knowing: "admin.example.test")
    let throughProxy = try await collect(
      sandbox, from: "https://admin.example.test:\(nginx.port)", ["--ca-file", certificates.authority],
      environment: ["https_proxy": "http://127.0.0.1:\(proxy.port)"])
    #expect(throughProxy.status == 0, "\(throughProxy.errors)")
    #expect(try proxy.log().contains("CONNECT admin.example.test:\(nginx.port)"))
    #expect(!(try proxy.log()).contains("sandbox-key"))
  }

  @Test func thisMachineIsNeverReachedThroughAProxy() async throws {
    let sandbox = try await ServedSandbox()
    let proxy = try await Tinyproxy(knowing: "admin.example.test")
    let address = "http://127.0.0.1:\(proxy.port)"
    let result = try await collect(
      sandbox, from: sandbox.url, [],
      environment: ["http_proxy": address, "https_proxy": address, "all_proxy": address, "HTTPS_PROXY": address])
    #expect(result.status == 0, "\(result.errors)")
    #expect(!(try proxy.log()).contains("admin/api-access"))
  }
}
