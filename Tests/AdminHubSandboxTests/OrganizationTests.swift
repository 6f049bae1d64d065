import Inventory
import Testing

@testable import AdminHubSandbox

@Suite("The sandbox organization")
struct OrganizationTests {
  static let at = Instant(milliseconds: 1_780_272_000_000)

  private func organization(
    seed: UInt64 = 1, tokens: Int = 200, profile: SandboxOrganization.Profile = .typical
  ) -> SandboxOrganization {
    SandboxOrganization(seed: seed, tokens: tokens, at: Self.at, profile: profile)
  }

  private func bytes(_ value: JSONValue) -> [UInt8] {
    var writer = JSONWriter()
    writer.value(nil, value)
    return writer.bytes
  }

  private func snapshot(_ organization: SandboxOrganization) throws -> Snapshot {
    var builder = SnapshotBuilder()
    for list in CollectedList.allCases {
      for index in 0..<organization.count(of: list) {
        var scanner = JSONScanner(bytes(organization.record(list, at: index)))
        _ = try builder.append(list, &scanner)
      }
    }
    let header = SnapshotHeader(
      organizationID: organization.id, collectedAt: organization.at, toolVersion: "test", apiBase: nil)
    return builder.build(header: header, coverage: [:])
  }

  @Test("A record depends on the seed and its index, not on what was asked for before")
  func deterministic() {
    for list in CollectedList.allCases {
      let forwards = (0..<20).map { organization().record(list, at: $0) }
      let backwards = (0..<20).reversed().map { organization().record(list, at: $0) }
      #expect(forwards == backwards.reversed())
    }
    #expect(organization(seed: 1).id != organization(seed: 2).id)
    #expect(organization(seed: 1).record(.apiTokens, at: 5) != organization(seed: 2).record(.apiTokens, at: 5))
  }

  @Test("Two instants give the same organization, moved in time")
  func relativeToInstant() throws {
    let later = SandboxOrganization(
      seed: 1, tokens: 60, at: Instant(milliseconds: Self.at.milliseconds + 86_400_000 * 400))
    let (first, second) = (try snapshot(organization(tokens: 60)), try snapshot(later))
    for (left, right) in zip(first.tokens, second.tokens) {
      guard let left = left.expiresAt.value, let right = right.expiresAt.value else { continue }
      #expect(right.milliseconds - left.milliseconds == 86_400_000 * 400)
    }
  }

  @Test("Ids are different, except for the record that has none")
  func ids() throws {
    let snapshot = try snapshot(organization(tokens: 2000))
    #expect(Set(snapshot.tokens.map(\.id)).count == 2000)
    #expect(Set(snapshot.keys.map(\.id)).count == snapshot.keys.count)
    #expect(Set(snapshot.policies.map(\.id)).count == snapshot.policies.count)
    #expect(snapshot.tokens.contains { $0.id.hasPrefix("sha256-") })
  }

  @Test("A small organization has every kind of record")
  func kinds() {
    let organization = organization()
    let tokens = Set((0..<TokenKind.allCases.count).map { organization.tokens.kind(at: $0) })
    let keys = Set((0..<KeyKind.allCases.count).map { organization.keys.kind(at: $0) })
    let policies = Set((0..<PolicyKind.allCases.count).map { organization.policies.kind(at: $0) })
    #expect(tokens == Set(TokenKind.allCases))
    #expect(keys == Set(KeyKind.allCases))
    #expect(policies == Set(PolicyKind.allCases))
    #expect(organization.count(of: .apiKeys) >= KeyKind.allCases.count)
    #expect(organization.count(of: .policies) > 25)
  }

  /// Days from the instant to a date; nil where there is none.
  private func days(_ field: Field<Instant>) -> Double? {
    field.value.map { Double($0.milliseconds - Self.at.milliseconds) / 86_400_000 }
  }

  @Test("Kinds of tokens are what they say", arguments: 1...5 as ClosedRange<UInt64>)
  func tokenKinds(seed: UInt64) throws {
    let organization = organization(seed: seed, tokens: 1000)
    for (index, token) in try snapshot(organization).tokens.enumerated() {
      let kind = organization.tokens.kind(at: index)
      let (created, expires, active) = (days(token.createdAt), days(token.expiresAt), days(token.lastActiveAt))
      let comment: Comment = "\(kind) at \(index)"
      switch kind {
      case .ordinary:
        let (created, expires) = (try #require(created), try #require(expires))
        #expect(created < 0 && expires > 14 && expires - created <= 90, comment)
        #expect(try #require(active) > -7, comment)
        #expect(token.problems.isEmpty && token.scopes.value?.isEmpty == false, comment)
      case .withoutExpiry, .withNullExpiry: #expect(token.expiresAt == .absent, comment)
      case .longLived: #expect(try #require(expires) - #require(created) > 90, comment)
      case .beyondPlatformLimit: #expect(try #require(expires) - #require(created) > 366, comment)
      case .stale:
        #expect(try #require(active) < -90, comment)
        #expect(try #require(active) > #require(created), comment)
        #expect(try #require(expires) > 14, comment)
      case .neverUsed:
        #expect(token.lastActiveAt == .absent, comment)
        #expect(try #require(created) < -30, comment)
        #expect(try #require(expires) > 14, comment)
      case .newAndUnused:
        #expect(token.lastActiveAt == .absent, comment)
        #expect(try #require(created) > -14, comment)
      case .unscoped: #expect(token.scopes == .value([]), comment)
      case .scopesNotReported: #expect(token.scopes.value == nil, comment)
      case .expiresSoon:
        #expect((0...14).contains(try #require(expires)), comment)
        #expect((-30...0).contains(try #require(active)), comment)
      case .expiresSoonUnused:
        #expect((0...14).contains(try #require(expires)), comment)
        #expect((-90...(-30)).contains(try #require(active)), comment)
      case .expired:
        #expect(try #require(expires) < 0, comment)
        #expect(try #require(active) > #require(created), comment)
      case .expiredAndBlocked:
        #expect(token.status == .value("BLOCKED"), comment)
        #expect(try #require(expires) < 0, comment)
      case .blocked: #expect(token.status == .value("BLOCKED"), comment)
      case .blockedLongAgo:
        #expect(token.status == .value("BLOCKED"), comment)
        #expect(try #require(created) < -30 && #require(expires) > 0, comment)
      case .withoutStatus: #expect(token.status == .absent, comment)
      case .replaced, .replacement:
        #expect(try #require(created) < -14 && #require(expires) > 0, comment)
        #expect(token.label == .value("changelog"), comment)
      case .contradictoryDates: #expect(try #require(active) < #require(created), comment)
      case .unreadableDate: #expect(token.problems.count == 1, comment)
      case .withoutID: #expect(token.problems.map(\.field) == ["id"], comment)
      case .withoutOwner: #expect(token.user == .absent, comment)
      case .withoutLabel: #expect(token.label == .absent, comment)
      case .emptyLabel: #expect(token.label == .value(""), comment)
      case .hostileLabel: #expect(HostileTexts.all.contains(token.label.value ?? ""), comment)
      case .privilegedScope, .writesInManyProducts, .webhookAndContent, .manyScopes, .unknownScope,
        .readsInTwoProducts, .ownerWithoutEmail, .ownerOfOtherDomain, .sharedMailbox, .hostileOwner,
        .credentialInLabel, .integrationLabel, .unknownMembers:
        #expect(token.problems.isEmpty, comment)
      }
    }
  }

  @Test("Scopes mean what their kinds say")
  func scopes() throws {
    let organization = organization(tokens: 1000)
    let catalogue = ScopeCatalogue.builtIn
    for (index, token) in try snapshot(organization).tokens.enumerated() {
      let scopes = (token.scopes.value ?? []).map { catalogue.scope(named: $0) }
      switch organization.tokens.kind(at: index) {
      case .ordinary, .readsInTwoProducts:
        #expect(scopes.allSatisfy { $0.known && $0.access == "read" && $0.privileged == false })
      case .privilegedScope: #expect(scopes.contains { $0.privileged == true })
      case .writesInManyProducts: #expect(Set(scopes.filter { $0.access == "write" }.map(\.family)).count > 1)
      case .webhookAndContent:
        #expect(scopes.contains { $0.name.contains("webhook") && $0.access == "write" })
        #expect(scopes.contains { $0.access == "read" })
      case .manyScopes: #expect(scopes.count > 20 && scopes.allSatisfy { $0.known && $0.privileged == false })
      case .unknownScope: #expect(scopes.contains { !$0.known })
      default: break
      }
    }
  }

  @Test("Some people own many tokens, most own few, and each has one name")
  func owners() throws {
    let snapshot = try snapshot(organization(tokens: 1000))
    let counts = Owners(of: snapshot.tokens).map(\.tokens.count)
    #expect(counts.contains { $0 > 5 })
    #expect(counts.count { $0 <= 2 } > counts.count / 2)
    let users = Dictionary(grouping: snapshot.tokens.compactMap(\.user.value), by: \.id)
    for same in users.values { #expect(Set(same).count == 1) }
  }

  @Test("In an organization in order, everything is within the strictest built-in limits", arguments: [1, 2, 77])
  func inOrder(seed: UInt64) throws {
    let snapshot = try snapshot(organization(seed: seed, tokens: 500, profile: .inOrder))
    let catalogue = ScopeCatalogue.builtIn
    func reads(_ scopes: Field<[String]>) -> Bool {
      guard let scopes = scopes.value, !scopes.isEmpty, scopes.count <= 10 else { return false }
      return scopes.map { catalogue.scope(named: $0) }.allSatisfy {
        $0.known && $0.access == "read" && $0.privileged == false
      }
    }
    for token in snapshot.tokens {
      let (created, expires) = (try #require(days(token.createdAt)), try #require(days(token.expiresAt)))
      #expect(expires - created <= 30 && expires > 14 && created > -14)
      #expect(try #require(days(token.lastActiveAt)) > -14)
      #expect(token.problems.isEmpty && reads(token.scopes) && token.status == .value("ALLOWED"))
    }
    for key in snapshot.keys {
      let (created, expires) = (try #require(days(key.createdAt)), try #require(days(key.expiresAt)))
      #expect(expires - created <= 14 && expires > 7 && created > -7)
      #expect(try #require(days(key.lastActiveAt)) > -7)
      #expect(key.problems.isEmpty && reads(key.scopes))
    }
    #expect(Owners(of: snapshot.tokens).allSatisfy { $0.tokens.count == 1 })
    #expect(hasAllowlist(snapshot))
    #expect(snapshot.policies.allSatisfy { $0.problems.isEmpty })
  }

  private func hasAllowlist(_ snapshot: Snapshot) -> Bool {
    snapshot.policies.contains {
      $0.attributes.value?.type == .value("ip-allowlist") && $0.attributes.value?.status == .value("enabled")
    }
  }

  @Test("Whether a typical organization has an enabled address list depends on the seed")
  func allowlist() throws {
    #expect(try !hasAllowlist(snapshot(organization(seed: 1))))
    #expect(try hasAllowlist(snapshot(organization(seed: 2))))
  }

  @Test("Whether policies about data are in force depends on the seed", arguments: 1...6 as ClosedRange<UInt64>)
  func dataPolicies(seed: UInt64) throws {
    let attributes = try snapshot(organization(seed: seed)).policies.compactMap(\.attributes.value)
    for type in ["data-residency", "data-security"] {
      let isInForce = attributes.contains {
        $0.type == .value(type) && ["enabled", "active"].contains($0.status.value ?? "")
      }
      #expect(isInForce == !seed.isMultiple(of: 3), "\(type)")
    }
  }

  @Test("A token that was replaced stays beside its successor, with one owner")
  func rotation() throws {
    let organization = organization()
    let tokens = try snapshot(organization).tokens
    let pair = tokens.indices.filter { [.replaced, .replacement].contains(organization.tokens.kind(at: $0)) }
    #expect(Set(pair.compactMap { tokens[$0].user.value?.id.value }).count == 1)
    #expect(Set(pair.map { organization.tokens.kind(at: $0) }).count == 2)
  }

  @Test("Numbers are spread over their range")
  func generator() {
    var random = SeededGenerator(seed: 7, "spread")
    let numbers = (0..<1000).map { _ in random.number(in: 1...10) }
    for number in 1...10 { #expect((60...140).contains(numbers.count { $0 == number })) }
    let uuid = random.uuid()
    #expect(uuid.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil)
  }
}
