internal import CLibcurl

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The thread that owns libcurl's handles. Nothing of libcurl is used on any other, but to wake this one.
@safe final class TransferThread {
  private let queue: TransferQueue
  private let settings: TransferSettings
  private let headers: RequestHeaders
  private let multi: UnsafeMutableRawPointer
  private var transfers: [UnsafeMutableRawPointer: Transfer] = unsafe [:]
  private var idle: [UnsafeMutableRawPointer] = unsafe []

  private init(
    _ queue: TransferQueue, _ settings: TransferSettings, _ headers: consuming RequestHeaders,
    _ multi: UnsafeMutableRawPointer
  ) {
    self.queue = queue
    self.settings = settings
    self.headers = headers
    unsafe self.multi = multi
  }

  /// Starts a thread that serves the queue until it is closed, and then cleans `multi` up.
  static func start(
    _ queue: TransferQueue, _ settings: TransferSettings, _ multi: UnsafeMutableRawPointer
  ) throws(TransportError) -> pthread_t {
    guard let headers = RequestHeaders(bearer: settings.configuration.bearer) else { throw .other("out of memory") }
    let connections = settings.configuration.maximumConnections
    _ = unsafe tokenreeve_curl_multi_set_long(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, connections)
    let context = unsafe Unmanaged.passRetained(TransferThread(queue, settings, headers, multi)).toOpaque()
    // Signals are for other threads: handlers are not run here, and writing to a closed connection is an error and
    // no SIGPIPE.
    var all = sigset_t()
    var previous = sigset_t()
    unsafe sigfillset(&all)
    unsafe pthread_sigmask(SIG_SETMASK, &all, &previous)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &previous, nil) }
    var thread = pthread_t()
    let body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
      guard let context = unsafe context else { return nil }
      unsafe Unmanaged<TransferThread>.fromOpaque(context).takeRetainedValue().run()
      return nil
    }
    guard unsafe pthread_create(&thread, nil, body, context) == 0 else {
      unsafe Unmanaged<TransferThread>.fromOpaque(context).release()
      throw .other("no thread can be started")
    }
    return thread
  }

  private func run() {
    while true {
      let work = queue.takeWork()
      for submission in work.submissions { begin(submission) }
      for identifier in work.cancellations { cancel(identifier) }
      if work.isClosed { break }
      var running: Int32 = 0
      _ = unsafe curl_multi_perform(multi, &running)
      if !endFinished() {
        // Ends early by a socket, a timeout of libcurl's, or a task that wakes it.
        _ = unsafe curl_multi_poll(multi, nil, 0, 60_000, nil)
      }
    }
    while let (easy, transfer) = unsafe transfers.first { unsafe end(easy, transfer, .failure(.cancelled)) }
    while let easy = unsafe idle.popLast() { unsafe curl_easy_cleanup(easy) }
    queue.forgetHandle()
    _ = unsafe curl_multi_cleanup(multi)
  }

  private func begin(_ submission: TransferQueue.Submission) {
    let transfer = Transfer(submission, settings.configuration)
    guard let easy = unsafe idle.popLast() ?? newHandle() else {
      return submission.continuation.resume(returning: .failure(.other("libcurl refuses a handle or an option")))
    }
    unsafe transfers[easy] = transfer
    guard unsafe transfer.attach(to: easy, headers: headers), unsafe curl_multi_add_handle(multi, easy) == CURLM_OK
    else {
      return unsafe end(easy, transfer, .failure(.other("libcurl refuses the request")))
    }
  }

  private func newHandle() -> UnsafeMutableRawPointer? {
    guard let easy = unsafe curl_easy_init() else { return nil }
    guard unsafe settings.apply(to: easy) else {
      unsafe curl_easy_cleanup(easy)
      return nil
    }
    return unsafe easy
  }

  private func cancel(_ identifier: Int) {
    guard let (easy, transfer) = unsafe transfers.first(where: { unsafe $0.value.submission.identifier == identifier })
    else { return }
    unsafe end(easy, transfer, .failure(.cancelled))
  }

  /// Hands over what has come to its end since the last time; false when nothing has.
  private func endFinished() -> Bool {
    var hasEnded = false
    var remaining: Int32 = 0
    while let message = unsafe curl_multi_info_read(multi, &remaining) {
      guard unsafe message.pointee.msg == CURLMSG_DONE, let easy = unsafe message.pointee.easy_handle,
        let transfer = unsafe transfers[easy]
      else { continue }
      let code = unsafe message.pointee.data.result
      hasEnded = true
      unsafe end(easy, transfer, outcome(of: transfer, easy, code))
    }
    return hasEnded
  }

  private func outcome(
    of transfer: Transfer, _ easy: UnsafeMutableRawPointer, _ code: CURLcode
  ) -> TransferQueue.Outcome {
    if let failure = transfer.failure { return .failure(failure) }
    guard code == CURLE_OK else {
      let info = unsafe TransferInfo(easy: easy)
      return .failure(TransportError(code, info, path: transfer.submission.path, settings))
    }
    return unsafe .success(transfer.response(from: easy))
  }

  /// Lets go of the handle, for the next request to use, and only then of the transfer that it points to.
  private func end(_ easy: UnsafeMutableRawPointer, _ transfer: Transfer, _ outcome: TransferQueue.Outcome) {
    _ = unsafe curl_multi_remove_handle(multi, easy)
    unsafe transfers[easy] = nil
    unsafe idle.append(easy)
    transfer.submission.continuation.resume(returning: outcome)
  }
}
