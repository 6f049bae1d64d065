/// What the server answered, whatever the status.
package struct HTTPResponse: Sendable {
  package let status: Int
  package let headers: HTTPHeaders
  /// The body, decompressed.
  package let body: [UInt8]
  package let httpVersion: HTTPVersion
  package let timings: HTTPTimings
}

/// The protocol's version that the server chose.
package enum HTTPVersion: String, Sendable {
  case http1_0 = "HTTP/1.0"
  case http1_1 = "HTTP/1.1"
  case http2 = "HTTP/2"
  case http3 = "HTTP/3"
}

/// When a transfer's stages were reached, each counted from its start.
package struct HTTPTimings: Equatable, Sendable {
  /// The host's address was known.
  package let nameLookup: Duration
  /// The connection was open; zero when one was reused.
  package let connect: Duration
  /// TLS was agreed; zero when a connection was reused, and without TLS.
  package let tls: Duration
  /// The first byte of the answer arrived.
  package let firstByte: Duration
  /// The last byte of the answer arrived.
  package let total: Duration
  /// Whether an open connection was used again.
  package let reusedConnection: Bool
}

/// Header fields in the order in which they came; names are compared without regard to case.
package struct HTTPHeaders: Equatable, Sendable {
  package struct Field: Equatable, Sendable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  package let fields: [Field]

  package init(_ fields: [Field]) { self.fields = fields }

  /// The value of the first field of that name.
  package subscript(name: String) -> String? {
    let name = name.lowercased()
    return fields.first { $0.name.lowercased() == name }?.value
  }
}

/// A request and what came of it, for a log. The request's headers are not in it, so neither is the key.
package struct HTTPExchange: Sendable {
  /// Always `GET`.
  package let method = "GET"
  /// The percent-encoded path, without the query.
  package let path: String
  /// How many times this was asked, from 1.
  package let attempt: Int
  /// The status, or nil when no complete answer came.
  package let status: Int?
  /// The answer's header fields; a value that holds the key shows as `<redacted>`.
  package let responseHeaders: HTTPHeaders
  /// The protocol's version that the server chose.
  package let httpVersion: HTTPVersion?
  /// The number of bytes in the body, decompressed.
  package let bodyCount: Int
  /// From the call to its end, waiting for a connection included.
  package let elapsed: Duration
  /// Why no complete answer came.
  package let error: TransportError?
}
