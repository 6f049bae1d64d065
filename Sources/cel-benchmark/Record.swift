import CEL

/// A token as the benchmark's conditions see it, in the shapes that the product's own records have.
struct Record: Sendable {
  let label: String
  let status: String
  let createdAt: Timestamp
  let expiresAt: Timestamp?
  let lastActiveAt: Timestamp?
  let scopes: [String]
  let email: String
}

extension Record {
  static let scopeNames = [
    "read:jira-work", "write:jira-work", "read:jira-user", "manage:jira-project", "read:confluence-content.all",
    "write:confluence-content", "delete:page:confluence", "read:account", "read:repository:bitbucket",
    "write:repository:bitbucket", "read:servicedesk-request", "read:page:confluence",
  ]
  static let labels = ["laptop", "ci-build", "bot report", "svc_sync", "backup", "notebook of Robin", "migration 2025"]
  static let domains = ["example.com", "example.com", "example.com", "example.org"]
  static let now = 1_780_272_000  // 2026-06-01T00:00:00Z

  /// Records from a seed; the same seed gives the same records.
  static func make(_ count: Int, seed: UInt64) -> [Record] {
    var random = SplitMix(state: seed)
    // As in a snapshot, tokens with the same scopes share one list.
    let scopeLists = (0..<1000).map { _ in
      (0..<Int(random.next() % 24)).map { _ in scopeNames[Int(random.next() % UInt64(scopeNames.count))] }
    }
    return (0..<count).map { _ in
      let created = now - Int(random.next() % (400 * 86_400))
      let expires = random.next() % 5 == 0 ? nil : created + Int(random.next() % (365 * 86_400))
      let active = random.next() % 4 == 0 ? nil : created + Int(random.next() % UInt64(max(1, now - created)))
      return Record(
        label: labels[Int(random.next() % UInt64(labels.count))],
        status: random.next() % 20 == 0 ? "BLOCKED" : "ALLOWED",
        createdAt: timestamp(created), expiresAt: expires.map(timestamp), lastActiveAt: active.map(timestamp),
        scopes: scopeLists[Int(random.next() % UInt64(scopeLists.count))],
        email: "person\(random.next() % 1000)@\(domains[Int(random.next() % UInt64(domains.count))])")
    }
  }

  /// Seconds since 1970 that lie within the years that a timestamp has.
  static func timestamp(_ seconds: Int) -> Timestamp {
    guard let timestamp = Timestamp(seconds: Int64(seconds), nanoseconds: 0) else {
      preconditionFailure("\(seconds) seconds lie beyond the year 9999")
    }
    return timestamp
  }

  /// The record as one line of JSON, for other implementations.
  var json: String {
    var members = ["\"label\":\"\(label)\"", "\"status\":\"\(status)\"", "\"createdAt\":\"\(createdAt.text)\""]
    if let expiresAt { members.append("\"expiresAt\":\"\(expiresAt.text)\"") }
    if let lastActiveAt { members.append("\"lastActiveAt\":\"\(lastActiveAt.text)\"") }
    members.append("\"scopes\":[\(scopes.map { "\"\($0)\"" }.joined(separator: ","))]")
    members.append("\"user\":{\"email\":\"\(email)\"}")
    return "{\(members.joined(separator: ","))}"
  }
}

/// The generator SplitMix64 (Steele, Lea and Flood, 2014).
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}

/// A record as the variable `token`.
final class RecordObject: CEL.Object {
  let record: Record
  private let user: UserObject

  init(record: Record) {
    self.record = record
    user = UserObject(email: record.email)
  }

  static let type = ObjectType(
    "token",
    fields: [
      ("label", .string), ("status", .string), ("createdAt", .timestamp), ("expiresAt", .timestamp),
      ("lastActiveAt", .timestamp), ("scopes", .list(.string)), ("user", .object("user")),
    ])
  var typeName: String { "token" }

  func field(_ index: Int) -> Field {
    switch index {
    case 0: .value(.string(record.label))
    case 1: .value(.string(record.status))
    case 2: .value(.timestamp(record.createdAt))
    case 3: record.expiresAt.map { .value(.timestamp($0)) } ?? .absent
    case 4: record.lastActiveAt.map { .value(.timestamp($0)) } ?? .absent
    case 5: .value(.list(ListValue(strings: record.scopes)))
    case 6: .value(.object(user))
    default: .absent
    }
  }
}

final class UserObject: CEL.Object {
  let email: String

  init(email: String) {
    self.email = email
  }

  static let type = ObjectType("user", fields: [("email", .string)])
  var typeName: String { "user" }
  func field(_ index: Int) -> Field { index == 0 ? .value(.string(email)) : .absent }
}
