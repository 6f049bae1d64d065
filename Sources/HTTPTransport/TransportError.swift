/// Why a request got no complete answer. Its texts name at most the host and the path.
package enum TransportError: Error, Equatable, Sendable {
  /// The base URL cannot be used; the text says why.
  case invalidBaseURL(String)
  /// The path is not one that the client may ask for. Nothing was sent.
  case refusedPath(String)
  /// The file with trusted certificates cannot be read or holds none.
  case unusableCAFile(String)
  case couldNotResolve(host: String)
  case couldNotConnect(host: String)
  /// The proxy from the environment cannot be reached, or refuses.
  case proxyFailed(host: String)
  case timedOut(Phase, host: String)
  case tls(TLSFailure, host: String)
  /// The connection ended before the body did.
  case truncatedBody(path: String)
  /// The connection was closed or reset before the answer was complete.
  case connectionLost(path: String)
  case bodyTooLarge(limit: Int, path: String)
  case headersTooLarge(limit: Int, path: String)
  /// The answer breaks HTTP's rules, or its compression is broken.
  case protocolError(path: String)
  /// The task was cancelled, or the client closed.
  case cancelled
  /// Anything else; the text is libcurl's name for it.
  case other(String)

  /// What took too long.
  package enum Phase: Sendable {
    /// Opening the connection, TLS included.
    case connecting
    /// No bytes, or too few, for some time.
    case stalled
    /// The whole request.
    case overall
  }

  /// Why the server's identity was not accepted.
  package enum TLSFailure: Sendable {
    case wrongHostName, expired, notYetValid, untrustedIssuer, selfSigned, revoked
    /// The certificate was refused for another reason.
    case invalidCertificate
    /// No agreement on protocol version or cipher, or the connection ended meanwhile.
    case handshakeFailed
  }
}

extension TransportError {
  /// Whether the same request may succeed a little later: names, connections and timeouts, never identity or limits.
  package var isTransient: Bool {
    switch self {
    case .couldNotResolve, .couldNotConnect, .proxyFailed, .timedOut, .truncatedBody, .connectionLost,
      .tls(.handshakeFailed, _), .protocolError:
      true
    case .invalidBaseURL, .refusedPath, .unusableCAFile, .tls, .bodyTooLarge, .headersTooLarge, .cancelled, .other:
      false
    }
  }

  /// What happened, in one line.
  package var message: String {
    switch self {
    case .invalidBaseURL(let reason): "the base URL cannot be used: \(reason)"
    case .refusedPath(let path): "\(path) is not a path that may be asked for; nothing was sent"
    case .unusableCAFile(let path): "no trusted certificates can be read from \(path)"
    case .couldNotResolve(let host): "the address of \(host) could not be found"
    case .couldNotConnect(let host): "no connection to \(host)"
    case .proxyFailed(let host): "no connection to \(host): the proxy cannot be reached or refuses"
    case .timedOut(.connecting, let host): "connecting to \(host) took too long"
    case .timedOut(.stalled, let host): "\(host) stopped sending"
    case .timedOut(.overall, let host): "\(host) took too long to answer"
    case .tls(let failure, let host): "no secure connection to \(host): \(failure.message)"
    case .truncatedBody(let path): "the answer to \(path) was cut off"
    case .connectionLost(let path): "the connection was lost during \(path)"
    case .bodyTooLarge(let limit, let path): "the answer to \(path) is larger than \(limit) bytes"
    case .headersTooLarge(let limit, let path): "the headers of the answer to \(path) are larger than \(limit) bytes"
    case .protocolError(let path): "the answer to \(path) is not valid HTTP"
    case .cancelled: "the request was cancelled"
    case .other(let text): "the request failed: \(text)"
    }
  }

  /// What to do about it, in one line.
  package var advice: String {
    switch self {
    case .invalidBaseURL: "Give https://HOST, or http:// for this machine only."
    case .refusedPath: "This is a defect: please report it."
    case .unusableCAFile: "Give a file with PEM certificates."
    case .couldNotResolve: "Check the network, the name server and the host's spelling."
    case .couldNotConnect: "Check the network, the firewall, and whether a proxy is needed (HTTPS_PROXY)."
    case .proxyFailed: "Check HTTPS_PROXY and NO_PROXY."
    case .timedOut: "Try again later; check the network if it happens again."
    case .tls(let failure, _): failure.advice
    case .truncatedBody, .connectionLost: "Try again; check the network or the proxy if it happens again."
    case .bodyTooLarge, .headersTooLarge, .protocolError:
      "Check that the host is the right one and that nothing between changes its answers."
    case .cancelled: "Start again to continue."
    case .other: "Try again; please report it if it happens again."
    }
  }
}

extension TransportError.TLSFailure {
  /// Why, as the second half of a sentence.
  package var message: String {
    switch self {
    case .wrongHostName: "the certificate is for another host name"
    case .expired: "the certificate has expired"
    case .notYetValid: "the certificate is not valid yet"
    case .untrustedIssuer: "the certificate's issuer is not trusted"
    case .selfSigned: "the certificate is self-signed and not trusted"
    case .revoked: "the certificate was revoked"
    case .invalidCertificate: "the certificate is not valid"
    case .handshakeFailed: "TLS could not be agreed on"
    }
  }

  fileprivate var advice: String {
    switch self {
    case .wrongHostName: "Check the host's spelling, and whether a proxy answers in its place."
    case .expired, .notYetValid: "Check this machine's clock; otherwise the server's certificate has to be renewed."
    case .untrustedIssuer, .selfSigned: "If the network inspects TLS, give its certificate with --ca-file."
    case .revoked, .invalidCertificate: "Do not go on; ask whoever runs the server or the network."
    case .handshakeFailed: "TLS 1.2 or later is needed; try again, and check what is between."
    }
  }
}

extension TransportError: CustomStringConvertible {
  package var description: String { message }
}
