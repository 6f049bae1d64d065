import Inventory

/// The error bodies that the Admin APIs document.
extension SandboxAnswer {
  /// The gateway, before a request reaches an API: no key, an unknown one, or one without the scope.
  static func gateway(_ status: Int, _ message: String) -> SandboxAnswer {
    SandboxAnswer(
      status: status, json: .record(["code": .number(String(status)), "message": .string(message)]))
  }

  static let unauthorized = gateway(401, "Unauthorized")
  static let scopeMissing = gateway(401, "Unauthorized; scope does not match")

  /// The list of errors of Organizations v1. `code` such as `ADMIN-404-2`.
  static func errors(_ status: Int, code: String, title: String, detail: String) -> SandboxAnswer {
    SandboxAnswer(
      status: status,
      json: .record([
        "errors": .array([
          .record([
            "id": .string("3d3c1f0e-6b1f-4a53-9f3b-0c0a3b2d1e4f"), "status": .string(String(status)),
            "code": .string(code), "title": .string(title), "detail": .string(detail),
          ])
        ])
      ]))
  }

  static let organizationNotFound = errors(
    404, code: "ADMIN-404-2", title: "Not Found", detail: "Organization not found")
  static let pathNotFound = gateway(404, "The server cannot find the requested resource.")
  static let rateLimited = errors(
    429, code: "ADMIN-429-1", title: "Too Many Requests", detail: "Rate limit exceeded")

  static func badRequest(_ detail: String) -> SandboxAnswer {
    errors(400, code: "ADMIN-400-1", title: "Bad Request", detail: detail)
  }
}
