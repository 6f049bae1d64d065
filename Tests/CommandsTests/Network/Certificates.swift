import Foundation
import TestSupport

/// A certificate authority of the test's own, made on the spot.
struct Certificates {
  let folder: TemporaryFolder

  init() async throws {
    folder = try TemporaryFolder()
    try await openssl(
      ["req", "-x509", "-days", "2", "-subj", "/CN=Test Authority", "-out", "ca.pem"] + Self.newKey("ca.key"))
  }

  var authority: String { folder.path("ca.pem") }

  /// Makes `name.pem` and `name.key` for a host; with negative `days` the certificate has expired already.
  func issue(_ name: String, host: String, days: Int = 1) async throws {
    try await openssl(
      ["req", "-new", "-out", "\(name).csr", "-subj", "/CN=leaf", "-addext", "subjectAltName=DNS:\(host)"]
        + Self.newKey("\(name).key"))
    try await openssl([
      "x509", "-req", "-in", "\(name).csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-copy_extensions",
      "copy", "-days", "\(days)", "-out", "\(name).pem",
    ])
  }

  private static func newKey(_ file: String) -> [String] {
    ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", file]
  }

  private func openssl(_ arguments: [String]) async throws {
    let result = try await Program(URL(filePath: "/usr/bin/openssl")).run(arguments, in: folder)
    guard result.status == 0 else { throw Failure(words: result.errors) }
  }

  struct Failure: Error { let words: String }
}

/// A port of this machine that nobody listens on; there is no promise that it stays so.
func freePort() throws -> UInt16 {
  let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  defer { close(socket) }
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
  var length = socklen_t(MemoryLayout<sockaddr_in>.size)
  let bound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
    unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
      unsafe bind(socket, pointer, length) == 0 && getsockname(socket, pointer, &length) == 0
    }
  }
  guard bound else { throw POSIXError(.EADDRINUSE) }
  return UInt16(bigEndian: address.sin_port)
}

/// Waits until something accepts connections on the port.
func waitForListener(on port: UInt16) async throws {
  for _ in 0..<250 {
    let probe = try await Program(URL(filePath: "/bin/bash")).run(["-c", "exec 3<>/dev/tcp/127.0.0.1/\(port)"])
    if probe.status == 0 { return }
    try await Task.sleep(for: .milliseconds(20))
  }
  throw POSIXError(.ETIMEDOUT)
}
