import Inventory

/// What is remarkable about an organization's API key.
enum KeyKind: CaseIterable {
  /// Scoped to reading, short-lived and in use.
  case ordinary
  /// Without scopes: full administration of the organization.
  case unscoped
  /// May change or delete.
  case writes
  case longLived
  /// Made for a year, and not replaced for months.
  case notRotated
  case withoutExpiry
  case stale
  case neverUsed
  /// Not used yet, and made yesterday.
  case newAndUnused
  case expiresSoon
  case expired
  case scopesNotReported
  case unreadableDate
  /// The account of whoever made it is gone.
  case withoutCreator
  /// Made by an administrator of another company.
  case creatorOfOtherDomain
  case hostileLabel
  /// The shape of older answers.
  case targetResources
}

/// The API keys of an organization, each computed from its index.
struct KeyRecords {
  let seed: UInt64
  let profile: SandboxOrganization.Profile
  let organizationID: String
  let dates: RecordDates
  let people: People

  func kind(at index: Int) -> KeyKind {
    guard profile == .typical else { return .ordinary }
    let kinds = KeyKind.allCases
    if index < kinds.count { return kinds[index] }
    var random = SeededGenerator(seed: seed, "key-kind", index)
    return random.chance(percent: 60) ? .ordinary : random.pick(kinds)
  }

  func record(at index: Int) -> JSONValue {
    var random = SeededGenerator(seed: seed, "key", index)
    var key = ordinary(index, &random)
    switch kind(at: index) {
    case .ordinary: break
    case .unscoped: key.scopes = .array([])
    case .writes: key.scopes = .strings(ScopeChoices.keyWriting)
    case .longLived: lives(365, madeDaysAgo: 20, &key, &random)
    case .notRotated:
      lives(365, madeDaysAgo: random.number(in: 100...200), &key, &random)
      key.lastActiveAt = dates.text(days: -random.number(in: 0...2), &random)
    case .withoutExpiry: key.expiresAt = nil
    case .stale:
      lives(80, madeDaysAgo: 60, &key, &random)
      key.lastActiveAt = dates.text(days: -random.number(in: 40...55), &random)
    case .neverUsed:
      lives(60, madeDaysAgo: random.number(in: 20...40), &key, &random)
      key.lastActiveAt = .null
    case .newAndUnused: key.lastActiveAt = .null
    case .expiresSoon: lives(14, madeDaysAgo: 10, &key, &random)
    case .expired: lives(14, madeDaysAgo: 30, &key, &random)
    case .scopesNotReported: key.scopes = nil
    case .unreadableDate: key.expiresAt = .string(random.pick(RecordDates.unreadable))
    case .withoutCreator: key.createdBy = nil
    case .creatorOfOtherDomain:
      var person = people.person(6)
      person.email = "consultant@partner.example.net"
      key.createdBy = people.creator(person)
    case .hostileLabel:
      key.label = .string(random.pick(HostileTexts.all))
      key.scopes = .array([])
    case .targetResources: key.targetResources = .strings(["ari:cloud:platform::org/\(organizationID)"])
    }
    return key.record(organizationID: organizationID)
  }

  private func ordinary(_ index: Int, _ random: inout SeededGenerator) -> Key {
    var key = Key()
    key.id = random.uuid()
    key.label = .string(
      "\(random.pick(["directory sync", "audit log export", "token audit", "inventory"])) \(index + 1)")
    key.createdBy = people.creator(people.person(index % 5))
    key.scopes = .strings(random.run(random.number(in: 1...2), of: ScopeChoices.keyReading))
    key.systemAccountID = String(random.next(), radix: 16)
    lives(14, madeDaysAgo: random.number(in: 1...3), &key, &random)
    return key
  }

  private func lives(_ days: Int, madeDaysAgo age: Int, _ key: inout Key, _ random: inout SeededGenerator) {
    let created = dates.instant(days: -age, &random)
    let expires = Instant(milliseconds: created.milliseconds + Int64(days) * 86_400_000)
    key.createdAt = RecordDates.text(created)
    key.expiresAt = RecordDates.text(expires)
    key.lastActiveAt = dates.text(days: min(0, days - age), &random)
  }
}

/// One key before it is put into JSON: nil is absent.
private struct Key {
  var id = ""
  var label: JSONValue?
  var createdAt: JSONValue?
  var expiresAt: JSONValue?
  var lastActiveAt: JSONValue?
  var systemAccountID = ""
  var createdBy: JSONValue?
  var scopes: JSONValue?
  var targetResources: JSONValue?

  func record(organizationID: String) -> JSONValue {
    .record([
      "id": .string(id), "label": label, "createdAt": createdAt, "expiresAt": expiresAt, "lastActiveAt": lastActiveAt,
      "systemAccountId": .string(systemAccountID), "resource": .string("ari:cloud:platform::org/\(organizationID)"),
      "orgId": .string(organizationID), "createdBy": createdBy, "scopes": scopes, "targetResources": targetResources,
    ])
  }
}
