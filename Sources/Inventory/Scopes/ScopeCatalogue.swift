/// The scopes that are known (`policies/scopes.tsv`), looked up by name.
package struct ScopeCatalogue: Sendable {
  private let scopes: [String: Scope]

  /// The catalogue that the binary carries.
  package static let builtIn = ScopeCatalogue(table: BuiltInFiles.all.first?.text ?? "")

  /// Reads a table with a heading line and the columns scope, product, access, privileged, deletes, description, split by
  /// tabs.
  init(table: String) {
    var scopes: [String: Scope] = [:]
    scopes.reserveCapacity(table.utf8.count / 64)
    // Byte by byte, and no text that is not kept: most runs read the table.
    let bytes = Array(table.utf8)
    let (heading, yes) = (ArraySlice("scope".utf8), ArraySlice("yes".utf8))
    var columns: [ArraySlice<UInt8>] = []
    var start = 0
    for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n") {
      columns.append(bytes[start..<index])
      start = index + 1
      guard byte == UInt8(ascii: "\n") else { continue }
      if columns.count == 6, columns[0] != heading {
        let name = String(decoding: columns[0], as: UTF8.self)
        scopes[name] = Scope(
          name: name, product: String(decoding: columns[1], as: UTF8.self),
          access: String(decoding: columns[2], as: UTF8.self), privileged: columns[3] == yes,
          deletes: columns[4] == yes, known: true,
          summary: String(decoding: columns[5], as: UTF8.self))
      }
      columns.removeAll(keepingCapacity: true)
    }
    self.scopes = scopes
  }

  /// Every known scope, by name.
  package var all: [Scope] { scopes.values.sorted { $0.name < $1.name } }

  /// The scope with this name; one that the catalogue does not have is classified by its verb and its product, the
  /// first and the last part of its name. What the name does not say is nil.
  package func scope(named name: String) -> Scope {
    if let scope = scopes[name] { return scope }
    let parts = name.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    let product = parts.count > 1 ? Self.product(parts[parts.count - 1], isGranular: parts.count > 2) : nil
    let access = parts.count > 1 ? Self.access(parts[0]) : nil
    return Scope(
      name: name, product: product, access: access, privileged: Self.isPrivileged(access, product),
      deletes: Self.deletes(access), known: false, summary: nil)
  }

  private static func access(_ verb: String) -> String? {
    switch verb {
    case "read", "readonly", "search", "validate", "view": "read"
    case "write", "send", "create", "update": "write"
    case "delete": "delete"
    case "manage", "migrate": "manage"
    case "admin": "admin"
    default: nil
    }
  }

  private static func isPrivileged(_ access: String?, _ product: String?) -> Bool? {
    switch access {
    case nil: nil
    case "read": false
    case "manage", "admin": true
    default: product == "admin"
    }
  }

  private static func deletes(_ access: String?) -> Bool? {
    switch access {
    case "read": false
    case "delete": true
    default: nil
    }
  }

  /// The product that the last part of a scope's name speaks of: `jira` of `jira-work`. `admin` is one in granular
  /// names alone: in `repository:admin` it is a verb.
  private static func product(_ part: String, isGranular: Bool) -> String? {
    if part == "admin", !isGranular { return nil }
    let products = ["jira-software", "jira-service-management", "jira", "confluence", "bitbucket", "admin"]
    if part.hasPrefix("servicedesk") { return "jira-service-management" }
    return products.first { part == $0 || part.hasPrefix($0 + "-") }
  }
}
