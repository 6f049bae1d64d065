internal import CLibcurl
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The way between tasks and the thread that owns libcurl's handles: requests and cancellations go in, results come
/// back through continuations.
final class TransferQueue: Sendable {
  typealias Outcome = Result<HTTPResponse, TransportError>

  /// One request, waiting for the thread.
  struct Submission: Sendable {
    let identifier: Int
    let url: String
    let path: String
    let continuation: CheckedContinuation<Outcome, Never>
  }

  /// What the thread has to do next.
  struct Work: Sendable {
    var submissions: [Submission] = []
    var cancellations: [Int] = []
    var isClosed = false
  }

  /// `multi` may be used under the lock alone, and there only to wake the thread: everything else with it is the
  /// thread's.
  @safe private struct State {
    var work = Work()
    var lastIdentifier = 0
    var multi: UnsafeMutableRawPointer?
    var thread: pthread_t?

    func wake() {
      if let multi = unsafe multi { _ = unsafe curl_multi_wakeup(multi) }
    }
  }

  private let state = Mutex(State())

  /// Starts the thread.
  init(_ settings: TransferSettings) throws(TransportError) {
    guard CurlLibrary.isReady, let multi = unsafe curl_multi_init() else {
      throw .other("libcurl cannot be initialised")
    }
    // A pointer cannot be sent into the lock; its bits can.
    let bits = UInt(bitPattern: multi)
    state.withLock { unsafe $0.multi = UnsafeMutableRawPointer(bitPattern: bits) }
    do throws(TransportError) {
      let thread = try unsafe TransferThread.start(self, settings, multi)
      state.withLock { $0.thread = thread }
    } catch {
      state.withLock { unsafe $0.multi = nil }
      unsafe curl_multi_cleanup(multi)
      throw error
    }
  }

  /// Sends a request and waits for its end.
  func perform(url: String, path: String) async -> Outcome {
    let identifier = state.withLock {
      $0.lastIdentifier += 1
      return $0.lastIdentifier
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isRefused = state.withLock { state in
          // Asked under the lock: a later cancellation comes after the submission and finds it.
          if state.work.isClosed || Task.isCancelled { return true }
          state.work.submissions.append(
            Submission(identifier: identifier, url: url, path: path, continuation: continuation))
          state.wake()
          return false
        }
        if isRefused { continuation.resume(returning: .failure(.cancelled)) }
      }
    } onCancel: {
      state.withLock {
        $0.work.cancellations.append(identifier)
        $0.wake()
      }
    }
  }

  /// Ends everything and waits for the thread's end. Fine to call again.
  func close() {
    let thread = state.withLock { state in
      state.work.isClosed = true
      state.wake()
      defer { state.thread = nil }
      return state.thread
    }
    if let thread { _ = pthread_join(thread, nil) }
  }

  /// The thread's side: what came since the last time.
  func takeWork() -> Work {
    state.withLock { state in
      defer { state.work = Work(isClosed: state.work.isClosed) }
      return state.work
    }
  }

  /// The thread's side: from now on its handle is not used here any more.
  func forgetHandle() {
    state.withLock { unsafe $0.multi = nil }
  }
}

/// libcurl, made ready once in a process.
enum CurlLibrary {
  static let isReady: Bool = {
    // libcurl would write the session keys of TLS to the file that this variable names, for anyone to decrypt the
    // traffic, the API key included. It reads the variable when it is initialised.
    _ = unsafe unsetenv("SSLKEYLOGFILE")
    return tokenreeve_curl_global_init() == CURLE_OK
  }()
}
