package import Foundation

/// A program that a test runs as a process of its own.
package struct Program: Sendable {
  package let executable: URL

  package init(_ executable: URL) { self.executable = executable }

  /// The `tokenreeve` that was built with the tests.
  package static let tokenreeve = Program(productsFolder.appending(path: "tokenreeve"))

  /// The folder with the built programs: the one that the test bundle is in.
  package static let productsFolder: URL = {
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
    return (bundle ?? URL(filePath: ProcessInfo.processInfo.arguments[0])).deletingLastPathComponent()
  }()

  /// How a process ended, and what it printed.
  package struct Result: Sendable {
    /// The exit code, or 128 and the signal's number.
    package let status: Int32
    package let output: String
    package let errors: String
  }

  /// Runs the program to its end.
  ///
  /// - Parameters:
  ///   - environment: added to `PATH` and `HOME`; nothing else of the test's environment is handed on.
  ///   - input: what standard input holds.
  package func run(
    _ arguments: [String], environment: [String: String] = [:], in folder: TemporaryFolder? = nil, input: String = ""
  ) async throws -> Result {
    let started = try start(arguments, environment: environment, in: folder, input: input)
    return try await started.end()
  }

  /// Starts the program and leaves it running.
  package func start(
    _ arguments: [String], environment: [String: String] = [:], in folder: TemporaryFolder? = nil, input: String = ""
  ) throws -> RunningProgram {
    try RunningProgram(
      executable, arguments, Self.environment(environment), workingFolder: folder?.url, input: input)
  }

  private static func environment(_ added: [String: String]) -> [String: String] {
    let own = ProcessInfo.processInfo.environment
    var environment = ["PATH": own["PATH"] ?? "/usr/bin:/bin", "HOME": own["HOME"] ?? "/"]
    environment.merge(added) { $1 }
    return environment
  }
}
