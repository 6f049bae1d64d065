import Foundation
import TestSupport

/// tinyproxy, for which a name that nobody else knows is this machine.
struct Tinyproxy {
  let port: UInt16
  private let folder: TemporaryFolder
  private let program: RunningProgram

  static let path = "/usr/bin/tinyproxy"
  /// Answers the proxy's look-ups of names from a file (package libnss-wrapper).
  static let nameWrapper = "/usr/lib/\(machine)-linux-gnu/libnss_wrapper.so"

  static var isInstalled: Bool {
    [path, nameWrapper].allSatisfy { FileManager.default.fileExists(atPath: $0) }
  }

  #if arch(arm64)
    private static let machine = "aarch64"
  #else
    private static let machine = "x86_64"
  #endif

  init(knowing host: String) async throws {
    port = try freePort()
    folder = try TemporaryFolder()
    let names = try folder.write("127.0.0.1 \(host)\n", to: "hosts")
    let configuration = try folder.write(
      """
      Port \(port)
      Listen 127.0.0.1
      Allow 127.0.0.1
      LogFile "\(folder.path("log"))"
      LogLevel Connect
      MaxClients 20

      """, to: "tinyproxy.conf")
    program = try Program(URL(filePath: Self.path)).start(
      ["-d", "-c", configuration], environment: ["LD_PRELOAD": Self.nameWrapper, "NSS_WRAPPER_HOSTS": names])
    try await waitForListener(on: port)
  }

  /// What the proxy was asked for.
  func log() throws -> String { try folder.text("log") }
}
