import Inventory

/// A request as the sandbox received it.
package struct SandboxRequest: Hashable, Sendable {
  package let method: String
  /// Host and port that the client believes to speak to.
  package let host: String
  /// The path, still percent-encoded.
  package let path: String
  /// The query's parameters in their order, decoded.
  package let query: [Parameter]
  /// What `Authorization: Bearer` held; nil without it.
  package let bearer: String?

  package struct Parameter: Hashable, Sendable {
    package let name: String
    package let value: String
  }

  /// The first parameter of that name.
  package subscript(name: String) -> String? { query.first { $0.name == name }?.value }

  /// Path and query, by which one request of a collection is told from another.
  package var target: String {
    query.isEmpty ? path : path + "?" + query.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
  }
}

/// What the sandbox answers.
package struct SandboxAnswer: Hashable, Sendable {
  package var status: Int
  package var headers: [Header] = []
  package var body: [UInt8]

  package struct Header: Hashable, Sendable {
    package let name: String
    package let value: String
  }

  init(status: Int = 200, json: JSONValue) {
    var writer = JSONWriter()
    writer.value(nil, json)
    self.init(status: status, contentType: "application/json", body: writer.bytes)
  }

  init(status: Int, contentType: String, body: [UInt8]) {
    self.status = status
    self.body = body
    headers = [Header(name: "Content-Type", value: contentType)]
  }
}
