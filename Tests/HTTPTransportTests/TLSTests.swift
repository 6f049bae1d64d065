import Foundation
import HTTPTransport
import Testing

/// The openssl command; nil when there is none.
private let openssl = ["/usr/bin/openssl", "/opt/homebrew/bin/openssl", "/usr/local/bin/openssl"]
  .first { FileManager.default.isExecutableFile(atPath: $0) }

/// A certificate authority, its certificates, and servers that show them: openssl's own test server.
private final class Authority {
  let folder = URL(fileURLWithPath: NSTemporaryDirectory() + "tls-tests-" + UUID().uuidString)
  private var servers: [Process] = []

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try run(["req", "-x509", "-days", "2", "-subj", "/CN=Test Authority", "-out", "ca.pem"], newKey: "ca.key")
  }

  deinit {
    // The server takes no other signal while it waits for a connection.
    for server in servers { kill(server.processIdentifier, SIGKILL) }
    try? FileManager.default.removeItem(at: folder)
  }

  private func process(_ arguments: [String]) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(openssl))
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    return process
  }

  private func run(_ arguments: [String], newKey key: String? = nil) throws {
    let keyArguments = key.map {
      ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", $0]
    }
    let process = try process(arguments + (keyArguments ?? []))
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
  }

  /// Starts a server and gives its port. `name` is in the certificate; nil `days` makes one that signs itself.
  func serve(name: String, days: Int?) throws -> Int {
    let subject = ["-subj", "/CN=leaf", "-addext", "subjectAltName=\(name)"]
    if let days {
      try run(["req", "-new", "-out", "leaf.csr"] + subject, newKey: "leaf.key")
      try run([
        "x509", "-req", "-in", "leaf.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-copy_extensions", "copy", "-days",
        "\(days)", "-out", "leaf.pem",
      ])
    } else {
      try run(["req", "-x509", "-days", "2", "-out", "leaf.pem"] + subject, newKey: "leaf.key")
    }
    let server = try process(
      ["s_server", "-accept", "127.0.0.1:0", "-cert", "leaf.pem", "-key", "leaf.key", "-www"])
    let output = Pipe()
    server.standardOutput = output
    try server.run()
    servers.append(server)
    var text = ""
    // "ACCEPT 127.0.0.1:41234"
    while !text.contains(/ACCEPT.*:\d+\n/) {
      let data = output.fileHandleForReading.availableData
      try #require(!data.isEmpty)
      text += String(decoding: data, as: UTF8.self)
    }
    return try #require(text.firstMatch(of: /ACCEPT.*:(\d+)\n/).flatMap { Int($0.output.1) })
  }

  func get(_ port: Int, host: String = "localhost", trusting: Bool = true) async throws -> HTTPResponse {
    var configuration = HTTPClientConfiguration(
      baseURL: "https://\(host):\(port)", bearer: try secret(), allowedPaths: AllowedPaths(["/a"]))
    if trusting { configuration.caFile = folder.appendingPathComponent("ca.pem").path }
    return try await HTTPClient(configuration).get(HTTPRequest(path: "/a"))
  }
}

@Suite(.serialized, .timeLimit(.minutes(1)), .enabled(if: openssl != nil, "the openssl command is needed"))
struct TLSTests {
  private let authority: Authority
  init() throws { authority = try Authority() }

  @Test func certificateOfTheGivenAuthorityIsAccepted() async throws {
    let port = try authority.serve(name: "DNS:localhost", days: 1)
    #expect(try await authority.get(port).status == 200)
  }

  @Test func wrongHostNameIsRefused() async throws {
    let port = try authority.serve(name: "DNS:example.org", days: 1)
    await #expect(throws: TransportError.tls(.wrongHostName, host: "localhost")) { try await authority.get(port) }
  }

  @Test func expiredCertificateIsRefused() async throws {
    let port = try authority.serve(name: "DNS:localhost", days: -1)
    await #expect(throws: TransportError.tls(.expired, host: "localhost")) { try await authority.get(port) }
  }

  @Test func unknownIssuerIsRefused() async throws {
    let port = try authority.serve(name: "DNS:localhost", days: 1)
    await #expect(throws: TransportError.tls(.untrustedIssuer, host: "localhost")) {
      try await authority.get(port, trusting: false)
    }
  }

  @Test func selfSignedCertificateIsRefused() async throws {
    let port = try authority.serve(name: "DNS:localhost", days: nil)
    await #expect(throws: TransportError.tls(.selfSigned, host: "localhost")) { try await authority.get(port) }
  }

  @Test func missingAuthorityFileIsNamed() async throws {
    var configuration = HTTPClientConfiguration(baseURL: "https://localhost:1", allowedPaths: AllowedPaths(["/a"]))
    let port = try authority.serve(name: "DNS:localhost", days: 1)
    configuration.baseURL = "https://localhost:\(port)"
    configuration.caFile = "/none/ca.pem"
    let client = try HTTPClient(configuration)
    await #expect(throws: TransportError.unusableCAFile("/none/ca.pem")) {
      try await client.get(HTTPRequest(path: "/a"))
    }
  }
}
