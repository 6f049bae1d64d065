import Foundation
import Synchronization

/// A program that is running; its output goes to files, so that it never waits for a reader.
///
/// Foundation's `Process` is not used: with hundreds of processes it loses the end of one now and then, and a test then
/// waits for ever.
package final class RunningProgram: Sendable {
  package let processIdentifier: Int32
  private let folder: TemporaryFolder
  private let ending: Task<Int32, Never>
  /// Whether the process has ended; its number may be another's then.
  private let hasEnded: Ending

  private final class Ending: Sendable {
    let state = Mutex(false)
  }

  /// Throws `POSIXError` when the program can't be started.
  init(
    _ executable: URL, _ arguments: [String], _ environment: [String: String], workingFolder: URL?, input: String
  ) throws {
    let folder = try TemporaryFolder()
    for name in ["output", "errors"] { try folder.write("", to: name) }
    try folder.write(input, to: "input")
    let process = try Self.spawn(
      [executable.path] + arguments, environment.map { "\($0)=\($1)" }, in: (workingFolder ?? folder.url).path,
      files: ["input", "output", "errors"].map { folder.path($0) })
    let hasEnded = Ending()
    let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
    Thread.detachNewThread {
      // Seen first and collected later, so that nobody signals a number that is no longer this program's.
      var information = unsafe siginfo_t()
      while unsafe waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
      let status = hasEnded.state.withLock { hasEnded in
        var status: Int32 = 0
        unsafe waitpid(process, &status, 0)
        hasEnded = true
        return status
      }
      let signal = status & 0x7F
      continuation.yield(signal == 0 ? status >> 8 & 0xFF : 128 + signal)
      continuation.finish()
    }
    self.folder = folder
    processIdentifier = process
    self.hasEnded = hasEnded
    ending = Task { await stream.first { _ in true } ?? -1 }
  }

  deinit { signal(SIGKILL) }

  /// Sends a signal, unless the program has ended.
  package func signal(_ number: Int32) {
    hasEnded.state.withLock { hasEnded in
      if !hasEnded { kill(processIdentifier, number) }
    }
  }

  /// What the program has printed so far.
  package func output() throws -> String { try folder.text("output") }
  package func errors() throws -> String { try folder.text("errors") }

  /// Waits until the program has printed a line that contains the text on either output; nil when it ended first, or
  /// after a minute.
  package func line(containing text: String) async throws -> String? {
    for _ in 0..<3000 {
      let hasEnded = hasEnded.state.withLock { $0 }
      let lines = (try output() + errors()).split(separator: "\n")
      if let line = lines.first(where: { $0.contains(text) }) { return String(line) }
      guard !hasEnded else { return nil }
      try await Task.sleep(for: .milliseconds(20))
    }
    return nil
  }

  /// Waits for the program's end.
  package func end() async throws -> Program.Result {
    let status = await ending.value
    return Program.Result(status: status, output: try output(), errors: try errors())
  }

  /// - Parameter files: standard input, output and error.
  private static func spawn(
    _ arguments: [String], _ environment: [String], in folder: String, files: [String]
  ) throws -> Int32 {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for (descriptor, file) in files.enumerated() {
      unsafe posix_spawn_file_actions_addopen(
        &actions, Int32(descriptor), file, descriptor == 0 ? O_RDONLY : O_WRONLY | O_APPEND, 0)
    }
    // Test threads block signals, which the program would inherit.
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    unsafe sigemptyset(&none)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

    // Swift does not see the call that would have the new process change its folder.
    let shell = "/bin/sh"
    let command = [shell, "-c", #"cd "$0" && exec "$@""#, folder] + arguments
    let argumentPointers = unsafe command.map { unsafe strdup($0) } + [nil]
    let environmentPointers = unsafe environment.map { unsafe strdup($0) } + [nil]
    defer { unsafe (argumentPointers + environmentPointers).forEach { unsafe free($0) } }
    var process: Int32 = 0
    let code = unsafe posix_spawn(
      &process, shell, &actions, &attributes, argumentPointers, environmentPointers)
    guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EINVAL) }
    return process
  }
}
