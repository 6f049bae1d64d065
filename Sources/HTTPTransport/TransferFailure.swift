internal import CLibcurl

extension TransportError {
  /// Says in our terms why libcurl ended a transfer.
  init(_ code: CURLcode, _ info: TransferInfo, path: String, _ settings: TransferSettings) {
    let host = settings.host
    self =
      switch code {
      case CURLE_COULDNT_RESOLVE_HOST: .couldNotResolve(host: host)
      case CURLE_COULDNT_RESOLVE_PROXY, CURLE_PROXY: .proxyFailed(host: host)
      case CURLE_COULDNT_CONNECT: .couldNotConnect(host: host)
      case CURLE_OPERATION_TIMEDOUT: .timedOut(Self.phase(info, settings.configuration), host: host)
      case CURLE_PEER_FAILED_VERIFICATION: .tls(Self.tlsFailure(info.number(CURLINFO_SSL_VERIFYRESULT)), host: host)
      case CURLE_SSL_ISSUER_ERROR: .tls(.untrustedIssuer, host: host)
      case CURLE_SSL_INVALIDCERTSTATUS: .tls(.revoked, host: host)
      case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER: .tls(.handshakeFailed, host: host)
      case CURLE_SSL_CACERT_BADFILE: .unusableCAFile(settings.configuration.caFile ?? "the system's certificates")
      case CURLE_PARTIAL_FILE: .truncatedBody(path: path)
      // A proxy's refusal of CONNECT arrives as CURLE_RECV_ERROR, with the status of its answer.
      case CURLE_RECV_ERROR where info.number(CURLINFO_HTTP_CONNECTCODE) >= 300: .proxyFailed(host: host)
      case CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_GOT_NOTHING: .connectionLost(path: path)
      case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_CONTENT_ENCODING, CURLE_HTTP2,
        CURLE_HTTP2_STREAM, CURLE_WRITE_ERROR:
        .protocolError(path: path)
      default: .other(unsafe String(cString: curl_easy_strerror(code)))
      }
  }

  /// libcurl has one code for all timeouts; the times tell which it was.
  private static func phase(_ info: TransferInfo, _ configuration: HTTPClientConfiguration) -> Phase {
    // libcurl counts the limit from a moment before the transfer's own times begin.
    let total = info.time(CURLINFO_TOTAL_TIME_T) + .milliseconds(50)
    if let limit = configuration.overallTimeout, total >= limit { return .overall }
    return info.time(CURLINFO_PRETRANSFER_TIME_T) == .zero ? .connecting : .stalled
  }

  /// OpenSSL's X509_V_ERR_ codes (openssl/x509_vfy.h). When they name no fault (0, or 1 where libcurl did not get as
  /// far as asking), libcurl's own check of the host name found one.
  private static func tlsFailure(_ verifyResult: Int) -> TLSFailure {
    switch verifyResult {
    case 0, 1, 62, 64: .wrongHostName
    case 9: .notYetValid
    case 10: .expired
    case 18: .selfSigned
    case 2, 19, 20, 21, 27: .untrustedIssuer
    case 23: .revoked
    default: .invalidCertificate
    }
  }
}
