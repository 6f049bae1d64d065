internal import CLibcurl

/// One request in flight. It lives on the transfer thread; libcurl's callbacks fill it.
final class Transfer {
  let submission: TransferQueue.Submission
  private let maximumBodyBytes: Int
  private let maximumHeaderBytes: Int
  private var body: [UInt8] = []
  private var fields: [HTTPHeaders.Field] = []
  private var headerBytes = 0
  /// Why the transfer was ended from here.
  private(set) var failure: TransportError?

  init(_ submission: TransferQueue.Submission, _ configuration: HTTPClientConfiguration) {
    self.submission = submission
    maximumBodyBytes = configuration.maximumBodyBytes
    maximumHeaderBytes = configuration.maximumHeaderBytes
  }

  /// Sets what belongs to this request alone. The handle must not outlive the transfer.
  func attach(to easy: UnsafeMutableRawPointer, headers: borrowing RequestHeaders) -> Bool {
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    return unsafe tokenreeve_curl_set_string(easy, CURLOPT_URL, submission.url) == CURLE_OK
      && tokenreeve_curl_set_list(easy, CURLOPT_HTTPHEADER, headers.list) == CURLE_OK
      && tokenreeve_curl_set_pointer(easy, CURLOPT_WRITEDATA, context) == CURLE_OK
      && tokenreeve_curl_set_pointer(easy, CURLOPT_HEADERDATA, context) == CURLE_OK
      && tokenreeve_curl_set_callback(easy, CURLOPT_WRITEFUNCTION, bodyCallback) == CURLE_OK
      && tokenreeve_curl_set_callback(easy, CURLOPT_HEADERFUNCTION, headerCallback) == CURLE_OK
  }

  /// Takes a piece of the body; false ends the transfer.
  fileprivate func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count <= maximumBodyBytes - body.count else {
      failure = .bodyTooLarge(limit: maximumBodyBytes, path: submission.path)
      return false
    }
    if body.isEmpty { body.reserveCapacity(roundedUp(min(expectedBodyCount, maximumBodyBytes))) }
    unsafe body.append(contentsOf: bytes)
    return true
  }

  /// What `Content-Length` says: the size on the wire, a start for compressed bodies.
  private var expectedBodyCount: Int {
    max(64 * 1024, HTTPHeaders(fields)["content-length"].flatMap { Int($0) } ?? 0)
  }

  /// To a power of two: the bodies of a list's pages differ a little in size, and memory that one has left then takes
  /// the next, where else ever more of it would be in pieces.
  private func roundedUp(_ count: Int) -> Int { 1 << (Int.bitWidth - (count - 1).leadingZeroBitCount) }

  /// Takes a header line, or a status line, which begins a new section; false ends the transfer.
  fileprivate func receiveHeader(_ bytes: UnsafeRawBufferPointer) -> Bool {
    headerBytes += bytes.count
    guard headerBytes <= maximumHeaderBytes else {
      failure = .headersTooLarge(limit: maximumHeaderBytes, path: submission.path)
      return false
    }
    let line = unsafe Array(bytes)[...]
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else {
      if line.starts(with: "HTTP/".utf8) { fields = [] }
      return true
    }
    fields.append(.init(trimmed(line[..<colon]), trimmed(line[(colon + 1)...])))
    return true
  }

  /// The text without white space around it.
  private func trimmed(_ text: ArraySlice<UInt8>) -> String {
    let isBlank = { (byte: UInt8) in byte == 0x20 || 0x09...0x0D ~= byte }
    var text = text.drop(while: isBlank)
    while let last = text.last, isBlank(last) { text.removeLast() }
    return String(decoding: text, as: UTF8.self)
  }

  /// The answer, complete as libcurl says.
  func response(from easy: UnsafeMutableRawPointer) -> HTTPResponse {
    let info = unsafe TransferInfo(easy: easy)
    return HTTPResponse(
      status: info.number(CURLINFO_RESPONSE_CODE), headers: HTTPHeaders(fields), body: body,
      httpVersion: info.httpVersion, timings: info.timings)
  }
}

/// The callback for CURLOPT_WRITEFUNCTION: taking fewer bytes than there are ends the transfer.
private let bodyCallback: curl_write_callback = { bytes, size, count, context in
  guard let context = unsafe context else { return 0 }
  let transfer = unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
  return unsafe transfer.receiveBody(UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
}

/// The callback for CURLOPT_HEADERFUNCTION, once for each line.
private let headerCallback: curl_write_callback = { bytes, size, count, context in
  guard let context = unsafe context else { return 0 }
  let transfer = unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
  return unsafe transfer.receiveHeader(UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
}

/// What libcurl measured on a transfer that has ended.
@safe struct TransferInfo {
  private let easy: UnsafeMutableRawPointer

  @unsafe init(easy: UnsafeMutableRawPointer) { unsafe self.easy = easy }

  func number(_ info: CURLINFO) -> Int {
    var value = 0
    _ = unsafe tokenreeve_curl_get_long(easy, info, &value)
    return value
  }

  func time(_ info: CURLINFO) -> Duration {
    var microseconds: curl_off_t = 0
    _ = unsafe tokenreeve_curl_get_offset(easy, info, &microseconds)
    return .microseconds(microseconds)
  }

  var httpVersion: HTTPVersion {
    switch number(CURLINFO_HTTP_VERSION) {
    case Int(CURL_HTTP_VERSION_1_0): .http1_0
    case Int(CURL_HTTP_VERSION_2_0): .http2
    case Int(CURL_HTTP_VERSION_3): .http3
    default: .http1_1
    }
  }

  var timings: HTTPTimings {
    HTTPTimings(
      nameLookup: time(CURLINFO_NAMELOOKUP_TIME_T), connect: time(CURLINFO_CONNECT_TIME_T),
      tls: time(CURLINFO_APPCONNECT_TIME_T), firstByte: time(CURLINFO_STARTTRANSFER_TIME_T),
      total: time(CURLINFO_TOTAL_TIME_T), reusedConnection: number(CURLINFO_NUM_CONNECTS) == 0)
  }
}
