import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Ends a command that a signal interrupts: its work is cancelled, so that it leaves what can be resumed and no
/// temporary file, and the process ends with 128 and the signal's number.
enum Termination {
  private static let signals = [SIGINT, SIGTERM, SIGHUP]

  /// How long interrupted work has to come to its end; a second signal ends it at once.
  private static let patience: DispatchTimeInterval = .seconds(5)

  /// Runs the work and returns the exit code: the work's own, or 128 and the number of the signal that came first.
  static func run(_ work: @escaping @Sendable () async -> ExitStatus) async -> Int32 {
    let task = Task { await work() }
    let interruption = Interruption(task: task)
    let sources = signals.map { number in
      // The source sees the signal whatever its disposition; ignoring it keeps the process alive meanwhile.
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { interruption.receive(number) }
      source.resume()
      return source
    }
    let status = await task.value
    for source in sources { source.cancel() }
    guard let number = interruption.signal else { return status.rawValue }
    return 128 + number
  }

  static func endProcess(_ code: Int32) -> Never { exit(code) }

  /// The first signal that came, and what it does.
  private final class Interruption: Sendable {
    private let task: Task<ExitStatus, Never>
    private let number = Mutex<Int32?>(nil)

    init(task: Task<ExitStatus, Never>) { self.task = task }

    var signal: Int32? { number.withLock { $0 } }

    func receive(_ signal: Int32) {
      let isFirst = number.withLock { number in
        guard number == nil else { return false }
        number = signal
        return true
      }
      guard isFirst else { _exit(128 + signal) }
      task.cancel()
      DispatchQueue.global().asyncAfter(deadline: .now() + Termination.patience) { _exit(128 + signal) }
    }
  }
}
