import Foundation
import Inventory

/// What a token's record says, read by Foundation's JSONDecoder and by rules that are written here once more.
struct ReferenceToken: Decodable, Equatable {
  /// Nil when the record has none that can be read: the token's id is a digest then.
  private(set) var id: String?
  private var fields: [String: Answer] = [:]
  private var user: [String: Answer] = [:]

  static let names = ["id", "label", "status", "createdAt", "expiresAt", "lastActiveAt", "user", "scopes"]
  private static let userNames = ["id", "orgId", "name", "email"]

  enum Answer: Equatable {
    case absent, unknown
    /// As their bytes, which may differ where Strings are equal.
    case texts([[UInt8]])
    case milliseconds(Int64)
    case user
  }

  init(from decoder: any Decoder) throws {
    let record = try JSON(from: decoder)
    guard case .object(let members) = record else {
      for name in Self.names.dropFirst() { fields[name] = .unknown }
      return
    }
    if case .string(let text)? = members["id"], !text.isEmpty { id = text }
    for name in ["label", "status"] { fields[name] = Self.text(members[name]) }
    for name in ["createdAt", "expiresAt", "lastActiveAt"] { fields[name] = Self.time(members[name]) }
    fields["scopes"] = Self.list(members["scopes"])
    switch members["user"] {
    case nil, .null: fields["user"] = .absent
    case .object(let members):
      fields["user"] = .user
      for name in Self.userNames { user[name] = Self.text(members[name]) }
    default: fields["user"] = .unknown
    }
  }

  private static func text(_ value: JSON?) -> Answer {
    switch value {
    case nil, .null: .absent
    case .string(let text): .texts([Array(text.utf8)])
    default: .unknown
    }
  }

  private static func time(_ value: JSON?) -> Answer {
    guard case .string(let text) = value else { return Self.text(value) }
    return ReferenceDate.milliseconds(text).map { .milliseconds($0) } ?? .unknown
  }

  /// Scopes that are not reported are unknown.
  private static func list(_ value: JSON?) -> Answer {
    guard case .array(let elements) = value else { return .unknown }
    let texts = elements.compactMap { if case .string(let text) = $0 { Array(text.utf8) } else { nil } }
    return texts.count == elements.count ? .texts(texts) : .unknown
  }

  /// What is to be said when the member of this name stands twice.
  func without(_ name: String?) -> ReferenceToken {
    var token = self
    switch name {
    case nil: break
    case "id"?: token.id = nil
    case let name?:
      token.fields[name] = .unknown
      if name == "user" { token.user = [:] }
    }
    return token
  }

  /// The same of a token.
  /// - Parameter id: the one that the record should have.
  init(_ token: APIToken, id: String?) {
    self.id = isDigestIdentity(token.id) && id?.hasPrefix("sha256-") != true ? nil : token.id
    fields = [
      "label": Self.answer(token.label) { .texts([Array($0.utf8)]) },
      "status": Self.answer(token.status) { .texts([Array($0.utf8)]) },
      "createdAt": Self.answer(token.createdAt) { .milliseconds($0.milliseconds) },
      "expiresAt": Self.answer(token.expiresAt) { .milliseconds($0.milliseconds) },
      "lastActiveAt": Self.answer(token.lastActiveAt) { .milliseconds($0.milliseconds) },
      "scopes": Self.answer(token.scopes) { .texts($0.map { Array($0.utf8) }) },
      "user": Self.answer(token.user) { _ in .user },
    ]
    guard let user = token.user.value else { return }
    for (name, field) in zip(Self.userNames, [user.id, user.orgID, user.name, user.email]) {
      self.user[name] = Self.answer(field) { .texts([Array($0.utf8)]) }
    }
  }

  private static func answer<Value>(_ field: Field<Value>, _ answer: (Value) -> Answer) -> Answer {
    switch field {
    case .absent: .absent
    case .unknown: .unknown
    case .value(let value): answer(value)
    }
  }
}

/// Any JSON value.
private indirect enum JSON: Decodable {
  case null, boolean, number
  case string(String)
  case array([JSON])
  case object([String: JSON])

  init(from decoder: any Decoder) throws {
    if let container = try? decoder.container(keyedBy: Name.self) {
      var members: [String: JSON] = [:]
      for name in container.allKeys { members[name.stringValue] = try container.decode(JSON.self, forKey: name) }
      self = .object(members)
    } else if var container = try? decoder.unkeyedContainer() {
      var elements: [JSON] = []
      while !container.isAtEnd { elements.append(try container.decode(JSON.self)) }
      self = .array(elements)
    } else {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .null
      } else if let text = try? container.decode(String.self) {
        self = .string(text)
      } else if (try? container.decode(Bool.self)) != nil {
        self = .boolean
      } else {
        _ = try container.decode(Double.self)
        self = .number
      }
    }
  }

  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}

/// RFC 3339 date-times, read slowly.
private enum ReferenceDate {
  static func milliseconds(_ text: String) -> Int64? {
    guard text.utf8.count <= 64,
      let match = text.wholeMatch(
        of:
          #/([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))?([Zz]|[+-][0-9]{2}:?[0-9]{2})/#
      ),
      let year = Int(match.1), let month = Int(match.2), let day = Int(match.3), let hour = Int(match.4),
      let minute = Int(match.5), let second = Int(match.6),
      year >= 1, 1...12 ~= month, 1...length(month, year) ~= day, hour < 24, minute < 60, second <= 60
    else { return nil }
    let fraction = Int((match.7 ?? "").prefix(3).padding(toLength: 3, withPad: "0", startingAt: 0)) ?? 0
    let zone = match.8.filter(\.isNumber)
    let (zoneHours, zoneMinutes) = (Int(zone.prefix(2)) ?? 0, Int(zone.dropFirst(2)) ?? 0)
    guard zoneHours < 24, zoneMinutes < 60 else { return nil }
    let offset = (match.8.hasPrefix("-") ? -1 : 1) * (zoneHours * 60 + zoneMinutes)
    let days = (1..<year).reduce(0) { $0 + (isLeap($1) ? 366 : 365) } + (1..<month).reduce(0) { $0 + length($1, year) }
    let minutes = (days + day - 1) * 1440 + hour * 60 + minute - offset
    // Minutes of the years 1 to 9999; a leap second is the last of a day.
    guard minutes >= 0, minutes < 3_652_059 * 1440, second < 60 || (minutes + 1) % 1440 == 0 else { return nil }
    let sinceYearOne = minutes * 60_000 + second * 1000 + fraction
    guard sinceYearOne < 3_652_059 * 86_400_000 else { return nil }
    return Int64(sinceYearOne - 719_162 * 86_400_000)
  }

  private static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

  private static func length(_ month: Int, _ year: Int) -> Int {
    [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }
}
