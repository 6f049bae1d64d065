/// A policy of the organization as Organizations v1 lists it, resources inline (schema PolicyModel).
package struct OrganizationPolicy: Sendable {
  /// The policy's id; a digest of the record's bytes when the record has none.
  package private(set) var id = ""
  /// The record's own `type`, which the API documents as always `policy`.
  package private(set) var type: Field<String> = .absent
  package private(set) var attributes: Field<Attributes> = .absent
  package private(set) var problems: [RecordProblem] = []

  package struct Attributes: Hashable, Sendable {
    /// An open set: `ip-allowlist`, `data-residency`, `data-security`, …
    package fileprivate(set) var type: Field<String> = .absent
    package fileprivate(set) var name: Field<String> = .absent
    /// `enabled`, `disabled`; for data-security also `draft`, `active`, `deleted`.
    package fileprivate(set) var status: Field<String> = .absent
    /// An object or an array, whose shape depends on the policy's type.
    package fileprivate(set) var rule: Field<JSONValue> = .absent
    package fileprivate(set) var resources: Field<[Resource]> = .absent
    package fileprivate(set) var createdAt: Field<Instant> = .absent
    package fileprivate(set) var updatedAt: Field<Instant> = .absent
    package fileprivate(set) var ownerID: Field<String> = .absent
  }

  /// A site or product that the policy is applied to.
  package struct Resource: Hashable, Sendable {
    package fileprivate(set) var id: Field<String> = .absent
    /// `applying`, `removing`, `applied`, `failed`, `scheduled`.
    package fileprivate(set) var applicationStatus: Field<String> = .absent
  }

  /// Consumes one record; throws only when the bytes are not JSON.
  package init(_ scanner: inout JSONScanner) throws(JSONError) {
    var reader = FieldReader()
    var id: Field<String> = .absent
    let start = try scanner.startOfValue()
    if try scanner.peek() == .object {
      try reader.members(of: &scanner) { reader, scanner, name throws(JSONError) in
        switch name {
        case "id": id = try reader.text(&scanner, name)
        case "type": type = try reader.text(&scanner, name)
        case "attributes": attributes = try Self.attributes(&scanner, &reader)
        default: try scanner.skipValue()
        }
      }
    } else {
      try scanner.skipValue()
      let reason = reader.note("", notAnObject)
      (type, attributes) = (.unknown(reason), .unknown(reason))
    }
    self.id = identity(id, of: scanner, from: start, &reader)
    problems = reader.problems
  }

  private static func attributes(
    _ scanner: inout JSONScanner, _ reader: inout FieldReader
  ) throws(JSONError) -> Field<Attributes> {
    guard !reader.isRepeated("attributes") else { return try reader.skipRepeated(&scanner, "attributes") }
    guard try scanner.peek() == .object else {
      return try reader.refuse(&scanner, "attributes", notAnObject)
    }
    var attributes = Attributes()
    try reader.members(of: &scanner) { reader, scanner, name throws(JSONError) in
      let path = "attributes.\(name)"
      switch name {
      case "type": attributes.type = try reader.text(&scanner, path)
      case "name": attributes.name = try reader.text(&scanner, path)
      case "status": attributes.status = try reader.text(&scanner, path)
      case "createdAt": attributes.createdAt = try reader.instant(&scanner, path)
      case "updatedAt": attributes.updatedAt = try reader.instant(&scanner, path)
      case "ownerId": attributes.ownerID = try reader.text(&scanner, path)
      case "rule": attributes.rule = try Self.rule(&scanner, &reader)
      case "resources": attributes.resources = try Self.resources(&scanner, &reader)
      default: try scanner.skipValue()
      }
    }
    return .value(attributes)
  }

  /// A value of any shape; one in which a name stands twice says two things at once, which is to say nothing.
  private static func rule(
    _ scanner: inout JSONScanner, _ reader: inout FieldReader
  ) throws(JSONError) -> Field<JSONValue> {
    let path = "attributes.rule"
    guard !reader.isRepeated(path) else { return try reader.skipRepeated(&scanner, path) }
    let rule = try scanner.readValue()
    if rule == .null { return .absent }
    if let name = rule.repeatedName { return reader.problem(path, "has the member \(name) twice") }
    return .value(rule)
  }

  private static func resources(
    _ scanner: inout JSONScanner, _ reader: inout FieldReader
  ) throws(JSONError) -> Field<[Resource]> {
    let path = "attributes.resources"
    guard !reader.isRepeated(path) else { return try reader.skipRepeated(&scanner, path) }
    guard try scanner.peek() == .array else {
      return try reader.refuse(&scanner, path, "is not a list")
    }
    var resources: [Resource] = []
    try scanner.readArray { scanner throws(JSONError) in
      var resource = Resource()
      let element = "\(path)[\(resources.count)]"
      if try scanner.peek() == .object {
        try reader.members(of: &scanner) { reader, scanner, name throws(JSONError) in
          switch name {
          case "id": resource.id = try reader.text(&scanner, element + ".id")
          case "applicationStatus":
            resource.applicationStatus = try reader.text(&scanner, element + ".applicationStatus")
          default: try scanner.skipValue()
          }
        }
      } else {
        try scanner.skipValue()
        resource.id = reader.problem(element, notAnObject)
        resource.applicationStatus = .unknown("\(element) \(notAnObject)")
      }
      resources.append(resource)
    }
    return .value(resources)
  }
}
