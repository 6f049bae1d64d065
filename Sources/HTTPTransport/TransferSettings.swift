internal import CLibcurl

/// What every transfer of a client has in common.
struct TransferSettings: Sendable {
  let configuration: HTTPClientConfiguration
  let host: String
  private let isLoopback: Bool
  private let isEncrypted: Bool

  init(_ configuration: HTTPClientConfiguration, _ baseURL: BaseURL) {
    self.configuration = configuration
    host = baseURL.host
    isLoopback = baseURL.isLoopback
    isEncrypted = baseURL.isEncrypted
  }

  /// Sets what does not differ between transfers. False when libcurl refuses an option: nothing may be sent then,
  /// since a protection could be missing.
  func apply(to easy: UnsafeMutableRawPointer) -> Bool {
    let numbers: [(CURLoption, Int)] = [
      (CURLOPT_HTTPGET, 1),
      (CURLOPT_NOSIGNAL, 1),
      // A name server that does not answer must not hold up a cancellation or a timeout.
      (CURLOPT_QUICK_EXIT, 1),
      (CURLOPT_FOLLOWLOCATION, 0),
      (CURLOPT_SSL_VERIFYPEER, 1),
      (CURLOPT_SSL_VERIFYHOST, 2),
      (CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)),
      (CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS)),
      // Wait for a connection that is being opened: it may turn out to carry many requests (HTTP/2), which is asked
      // for with TLS alone.
      (CURLOPT_PIPEWAIT, isEncrypted ? 1 : 0),
      (CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue)),
      // The path was checked as it is; libcurl must not make another one of it.
      (CURLOPT_PATH_AS_IS, 1),
      // Our headers, the key among them, are for the server and never for a proxy; a proxy's are not the answer's.
      (CURLOPT_HEADEROPT, Int(CURLHEADER_SEPARATE)),
      (CURLOPT_SUPPRESS_CONNECT_HEADERS, 1),
      (CURLOPT_BUFFERSIZE, 128 * 1024),
      (CURLOPT_CONNECTTIMEOUT_MS, configuration.connectTimeout.milliseconds),
      (CURLOPT_LOW_SPEED_LIMIT, configuration.stallBytesPerSecond),
      (CURLOPT_LOW_SPEED_TIME, max(1, configuration.stallTimeout.milliseconds / 1000)),
      (CURLOPT_TIMEOUT_MS, configuration.overallTimeout?.milliseconds ?? 0),
    ]
    var texts: [(CURLoption, String)] = [
      (CURLOPT_PROTOCOLS_STR, "http,https"),
      (CURLOPT_ACCEPT_ENCODING, ""),
      (CURLOPT_USERAGENT, "tokenreeve"),
    ]
    if isLoopback {
      // An empty proxy also turns off the proxies of the environment.
      texts += [(CURLOPT_PROXY, ""), (CURLOPT_NOPROXY, "*")]
    }
    var isAccepted = true
    for (option, value) in numbers where unsafe tokenreeve_curl_set_long(easy, option, value) != CURLE_OK {
      isAccepted = false
    }
    for (option, value) in texts where unsafe tokenreeve_curl_set_string(easy, option, value) != CURLE_OK {
      isAccepted = false
    }
    if let caFile = configuration.caFile {
      // These certificates instead of the system's, which are in a file and a folder.
      if unsafe tokenreeve_curl_set_string(easy, CURLOPT_CAINFO, caFile) != CURLE_OK
        || tokenreeve_curl_set_string(easy, CURLOPT_CAPATH, nil) != CURLE_OK
      {
        isAccepted = false
      }
    }
    return isAccepted
  }
}

/// The request headers that all transfers of a client share. libcurl reads the list where it is, so the key is here
/// once; it is wiped with the list.
@safe struct RequestHeaders: ~Copyable {
  private(set) var list: UnsafeMutablePointer<curl_slist>?

  /// Nil when memory is short.
  init?(bearer: Secret?) {
    unsafe list = curl_slist_append(nil, "Accept: application/json")
    guard unsafe list != nil else { return nil }
    guard let bearer else { return }
    let isAdded = bearer.withBytes { key in
      var line = Array("Authorization: Bearer ".utf8)
      line.reserveCapacity(line.count + key.count + 1)
      for index in key.indices { line.append(key[index]) }
      line.append(0)
      defer { wipe(&line) }
      let address = unsafe line.withUnsafeBytes { line in
        unsafe UInt(bitPattern: curl_slist_append(list, line.baseAddress?.assumingMemoryBound(to: CChar.self)))
      }
      return address != 0
    }
    guard isAdded else { return nil }
  }

  deinit {
    var node = unsafe list
    while let current = unsafe node {
      if let text = unsafe current.pointee.data { unsafe tokenreeve_wipe(text, strlen(text)) }
      unsafe node = current.pointee.next
    }
    unsafe curl_slist_free_all(list)
  }
}
