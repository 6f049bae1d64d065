package import Foundation
import Synchronization

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

/// A program that is running; its output goes to files, so that it never waits for a reader.
package final class RunningProgram: Sendable {
  private let process: Mutex<Process>
  private let folder: TemporaryFolder
  private let ending: Task<Int32, Never>
  package let processIdentifier: Int32

  init(
    _ executable: URL, _ arguments: [String], _ environment: [String: String], workingFolder: URL?, input: String
  ) throws {
    folder = try TemporaryFolder()
    for name in ["output", "errors"] { try folder.write("", to: name) }
    try folder.write(input, to: "input")
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.environment = environment
    process.currentDirectoryURL = workingFolder ?? folder.url
    let input = try FileHandle(forReadingFrom: folder.url.appending(path: "input"))
    let output = try FileHandle(forWritingTo: folder.url.appending(path: "output"))
    let errors = try FileHandle(forWritingTo: folder.url.appending(path: "errors"))
    // The program has its own; these would stay open as long as the test process.
    defer { for file in [input, output, errors] { try? file.close() } }
    process.standardInput = input
    process.standardOutput = output
    process.standardError = errors
    let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
    process.terminationHandler = { ended in
      let signal: Int32 = ended.terminationReason == .uncaughtSignal ? 128 : 0
      continuation.yield(signal + ended.terminationStatus)
      continuation.finish()
    }
    try process.run()
    processIdentifier = process.processIdentifier
    self.process = Mutex(process)
    ending = Task { await stream.first { _ in true } ?? -1 }
  }

  deinit { process.withLock { if $0.isRunning { kill($0.processIdentifier, SIGKILL) } } }

  package func signal(_ number: Int32) { process.withLock { if $0.isRunning { kill($0.processIdentifier, number) } } }

  /// What the program has printed so far.
  package func output() throws -> String { try folder.text("output") }
  package func errors() throws -> String { try folder.text("errors") }

  /// Waits until the program has printed a line that contains the text on either output; nil when it ended first, or
  /// after a minute.
  package func line(containing text: String) async throws -> String? {
    for _ in 0..<3000 {
      let isRunning = process.withLock { $0.isRunning }
      let lines = (try output() + errors()).split(separator: "\n")
      if let line = lines.first(where: { $0.contains(text) }) { return String(line) }
      guard isRunning else { return nil }
      try await Task.sleep(for: .milliseconds(20))
    }
    return nil
  }

  /// Waits for the program's end.
  package func end() async throws -> Program.Result {
    let status = await ending.value
    return Program.Result(status: status, output: try output(), errors: try errors())
  }
}
