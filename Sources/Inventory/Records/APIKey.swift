/// An organization's API key as API Access lists it (schema ApiKey): made by an administrator, without an owner's
/// account behind it, and without a status.
package struct APIKey: Sendable {
  /// The key's id; a digest of the record's bytes when the record has none.
  package private(set) var id = ""
  package private(set) var label: Field<String> = .absent
  package private(set) var createdAt: Field<Instant> = .absent
  package private(set) var expiresAt: Field<Instant> = .absent
  package private(set) var lastActiveAt: Field<Instant> = .absent
  package private(set) var systemAccountID: Field<String> = .absent
  package private(set) var resource: Field<String> = .absent
  package private(set) var orgID: Field<String> = .absent
  package private(set) var createdBy: Field<User> = .absent
  /// Never absent: a record without scopes says nothing about them, which is unknown.
  package private(set) var scopes: Field<[String]> = .unknown(notReportedScopes)
  package private(set) var targetResources: Field<[String]> = .absent
  package private(set) var problems: [RecordProblem] = []

  /// Consumes one record; throws only when the bytes are not JSON.
  package init(_ scanner: inout JSONScanner) throws(JSONError) {
    var reader = FieldReader()
    var id: Field<String> = .absent
    let start = try scanner.startOfValue()
    if try scanner.peek() == .object {
      try reader.members(of: &scanner) { reader, scanner, name throws(JSONError) in
        switch name {
        case "id": id = try reader.text(&scanner, name)
        case "label": self.label = try reader.text(&scanner, name)
        case "createdAt": self.createdAt = try reader.instant(&scanner, name)
        case "expiresAt": self.expiresAt = try reader.instant(&scanner, name)
        case "lastActiveAt": self.lastActiveAt = try reader.instant(&scanner, name)
        case "systemAccountId": self.systemAccountID = try reader.text(&scanner, name)
        case "resource": self.resource = try reader.text(&scanner, name)
        case "orgId": self.orgID = try reader.text(&scanner, name)
        case "createdBy": self.createdBy = try reader.user(&scanner, name)
        case "scopes": self.scopes = scopesOrUnknown(try reader.texts(&scanner, name))
        case "targetResources": self.targetResources = try reader.texts(&scanner, name)
        default: try scanner.skipValue()
        }
      }
    } else {
      try scanner.skipValue()
      makeUnknown(reader.note("", notAnObject))
    }
    self.id = identity(id, of: scanner, from: start, &reader)
    problems = reader.problems
  }

  /// What a record that is no object at all says about its fields: nothing.
  private mutating func makeUnknown(_ reason: String) {
    (label, systemAccountID) = (.unknown(reason), .unknown(reason))
    (resource, orgID) = (.unknown(reason), .unknown(reason))
    (createdAt, expiresAt, lastActiveAt) = (.unknown(reason), .unknown(reason), .unknown(reason))
    createdBy = .unknown(reason)
    (scopes, targetResources) = (.unknown(reason), .unknown(reason))
  }
}

let notAnObject = "is not an object"
package let notReportedScopes = "the API did not report its scopes"

/// Older answers have no scopes at all: absent or null means unknown, never unscoped.
func scopesOrUnknown<Value>(_ field: Field<Value>) -> Field<Value> {
  if case .absent = field { .unknown(notReportedScopes) } else { field }
}

/// The record's own id, or a digest of its bytes and a problem on record.
func identity(
  _ id: Field<String>, of scanner: JSONScanner, from start: Int, _ reader: inout FieldReader
) -> String {
  if case .value(let id) = id, !id.isEmpty { return id }
  if reader.problems.allSatisfy({ $0.field != "id" && !$0.field.isEmpty }) {
    reader.problems.append(RecordProblem(field: "id", message: "is missing"))
  }
  var minified: [UInt8] = []
  scanner.appendMinified(start..<scanner.position, to: &minified)
  return digestIdentity(of: minified)
}

extension JSONScanner {
  /// Skips white space and returns where the next value begins.
  mutating func startOfValue() throws(JSONError) -> Int {
    _ = try peek()
    return position
  }
}
