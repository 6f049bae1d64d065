import Inventory

/// The API tokens of an organization, each computed from its index.
struct TokenRecords {
  let seed: UInt64
  let profile: SandboxOrganization.Profile
  /// How many tokens there are, which decides how many people own them.
  let count: Int
  let dates: RecordDates
  let people: People

  private static let purposes = [
    "jira export", "nightly report", "release notes", "wiki sync", "build status", "backup", "metrics", "on-call board",
    "issue import", "page archive", "dashboard", "changelog",
  ]

  func record(at index: Int) -> JSONValue { token(at: index).record }

  /// What is remarkable about the token at an index: the first tokens have every kind once, so that a small
  /// organization has them too; behind them six of ten are ordinary.
  func kind(at index: Int) -> TokenKind {
    guard profile == .typical else { return .ordinary }
    let kinds = TokenKind.allCases
    if index < kinds.count { return kinds[index] }
    var random = SeededGenerator(seed: seed, "token-kind", index)
    return random.chance(percent: 60) ? .ordinary : random.pick(kinds)
  }

  private func token(at index: Int) -> Token {
    var random = SeededGenerator(seed: seed, "token", index)
    var token = ordinary(index, &random)
    switch kind(at: index) {
    case .ordinary: break
    case .withoutExpiry: token.expiresAt = nil
    case .withNullExpiry: token.expiresAt = .null
    case .longLived: lives(random.pick([180, 365]), madeDaysAgo: random.number(in: 5...60), &token, &random)
    case .beyondPlatformLimit: lives(730, madeDaysAgo: random.number(in: 5...60), &token, &random)
    case .stale:
      lives(365, madeDaysAgo: random.number(in: 250...320), &token, &random)
      token.lastActiveAt = dates.text(days: -random.number(in: 100...240), &random)
    case .neverUsed:
      lives(90, madeDaysAgo: random.number(in: 35...70), &token, &random)
      token.lastActiveAt = .null
    case .newAndUnused: token.lastActiveAt = random.chance(percent: 50) ? .null : nil
    case .unscoped: token.scopes = .array([])
    case .scopesNotReported: token.scopes = nil
    case .privilegedScope: token.scopes = .strings(["read:jira-work", random.pick(ScopeChoices.privileged)])
    case .writesInManyProducts: token.scopes = .strings(ScopeChoices.writing)
    case .webhookAndContent: token.scopes = .strings(ScopeChoices.webhookAndContent)
    case .manyScopes: token.scopes = .strings(ScopeChoices.many)
    case .unknownScope: token.scopes = .strings(["read:jira-work", random.pick(ScopeChoices.unknown)])
    case .readsInTwoProducts: token.scopes = .strings(["read:jira-work", "read:page:confluence"])
    case .expiresSoon: lives(60, madeDaysAgo: random.number(in: 48...58), &token, &random)
    case .expiresSoonUnused:
      lives(85, madeDaysAgo: random.number(in: 73...83), &token, &random)
      token.lastActiveAt = dates.text(days: -random.number(in: 45...70), &random)
    case .expired:
      lives(60, madeDaysAgo: random.number(in: 65...200), &token, &random)
      token.lastActiveAt = dates.text(days: -random.number(in: 205...220), &random)
      token.createdAt = dates.text(days: -300, &random)
    case .expiredAndBlocked:
      lives(60, madeDaysAgo: random.number(in: 65...200), &token, &random)
      token.lastActiveAt = token.createdAt
      token.status = .string("BLOCKED")
    case .blocked:
      token.status = .string("BLOCKED")
      token.expiresAt = nil
      token.scopes = .array([])
    case .blockedLongAgo:
      lives(365, madeDaysAgo: random.number(in: 40...200), &token, &random)
      token.lastActiveAt = token.createdAt
      token.status = .string("BLOCKED")
    case .withoutStatus: token.status = nil
    case .contradictoryDates: token.lastActiveAt = dates.text(days: -400, &random)
    case .unreadableDate: makeDateUnreadable(&token, &random)
    case .withoutID: token.id = nil
    case .withoutOwner: token.user = nil
    case .ownerWithoutEmail: token.user = owner(index) { $0.email = nil }
    case .ownerOfOtherDomain: token.user = owner(index) { $0.email = "contractor\(index)@partner.example.net" }
    case .sharedMailbox: token.user = sharedMailbox()
    case .hostileOwner:
      // Unscoped too, so that reports show it.
      token.user = owner(index) { $0.name = random.pick(HostileTexts.all) }
      token.scopes = .array([])
    case .hostileLabel:
      token.label = .string(random.pick(HostileTexts.all))
      token.scopes = .array([])
    case .withoutLabel: token.label = nil
    case .emptyLabel: token.label = .string("")
    case .credentialInLabel: token.label = .string("old: " + Self.inventedSecret(&random))
    case .integrationLabel: token.label = .string(random.pick(["jenkins", "github-actions", "terraform", "ci-bot"]))
    case .replaced, .replacement:
      let age = kind(at: index) == .replaced ? random.number(in: 60...80) : random.number(in: 20...40)
      lives(90, madeDaysAgo: age, &token, &random)
      token.label = .string("changelog")
      token.user = people.user(people.person(0))
    case .unknownMembers: token.unknownMembers = true
    }
    return token
  }

  private func ordinary(_ index: Int, _ random: inout SeededGenerator) -> Token {
    var token = Token()
    token.id = .string(random.uuid())
    token.label = .string("\(random.pick(Self.purposes)) \(index + 1)")
    token.user = people.user(people.person(ownerNumber(of: index)))
    let products = [ScopeChoices.jiraReading, ScopeChoices.confluenceReading, ScopeChoices.bitbucketReading]
    let product = random.pick(products)
    token.scopes = .strings(random.run(random.number(in: 1...product.count), of: product))
    // What is in order satisfies stricter policies too: 30 days from creation to expiry, none of its ends near.
    let days = profile == .inOrder ? 30 : random.pick([30, 45, 60, 90])
    lives(days, madeDaysAgo: random.number(in: 3...9), &token, &random)
    return token
  }

  /// Sets the dates of a token that was made so many days ago for so many days, and is in use.
  private func lives(_ days: Int, madeDaysAgo age: Int, _ token: inout Token, _ random: inout SeededGenerator) {
    let created = dates.instant(days: -age, &random)
    let expires = Instant(milliseconds: created.milliseconds + Int64(days) * 86_400_000)
    token.createdAt = RecordDates.text(created)
    token.expiresAt = RecordDates.text(expires)
    token.lastActiveAt = dates.text(days: -random.number(in: 0...2), &random)
  }

  private func makeDateUnreadable(_ token: inout Token, _ random: inout SeededGenerator) {
    let text = JSONValue.string(random.pick(RecordDates.unreadable))
    switch random.number(in: 0...2) {
    case 0: token.createdAt = text
    case 1: token.expiresAt = text
    default: token.lastActiveAt = text
    }
  }

  /// Few people own many tokens, and most own one or two: the chance falls with the square root of the number.
  private func ownerNumber(of index: Int) -> Int {
    guard profile == .typical else { return index }
    var random = SeededGenerator(seed: seed, "owner", index)
    let fraction = random.fraction()
    return Int(fraction * fraction * Double(max(1, count * 3 / 5)))
  }

  private func owner(_ index: Int, _ change: (inout People.Person) -> Void) -> JSONValue {
    // Somebody who owns nothing else, since all records of one person should agree.
    var person = people.person(count + index)
    change(&person)
    return people.user(person)
  }

  private func sharedMailbox() -> JSONValue {
    var random = SeededGenerator(seed: seed, "shared-mailbox")
    return people.user(
      People.Person(id: "712020:\(random.uuid())", name: "Platform Team", email: "team-platform@example.com"))
  }

  /// What looks like an API token of Atlassian's and is none.
  private static func inventedSecret(_ random: inout SeededGenerator) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
    return "ATATT3x" + String((0..<48).map { _ in random.pick(letters) })
  }
}

/// One token before it is put into JSON: nil is absent.
private struct Token {
  var id: JSONValue?
  var label: JSONValue?
  var status: JSONValue? = .string("ALLOWED")
  var createdAt: JSONValue?
  var expiresAt: JSONValue?
  var lastActiveAt: JSONValue?
  var user: JSONValue?
  var scopes: JSONValue?
  var unknownMembers = false

  var record: JSONValue {
    .record([
      "id": id, "label": label, "status": status, "createdAt": createdAt, "expiresAt": expiresAt,
      "lastActiveAt": lastActiveAt, "user": user, "scopes": scopes,
      "lastActiveFrom": unknownMembers
        ? .record(["ip": .string("203.0.113.7"), "count": .number("9007199254740993")]) : nil,
    ])
  }
}
