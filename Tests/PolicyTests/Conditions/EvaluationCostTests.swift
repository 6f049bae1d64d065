import CEL
import Inventory
import Testing

@testable import Policy

/// A rule about the organization goes through all of its tokens, and has to come to an end with a million of them.
struct EvaluationCostTests {
  /// What a condition may cost grows with the list as the cost does, so a thousand tokens stand for a million.
  private static let scale = 1000

  @Test(arguments: (try? BuiltInPolicies.rules())?.filter { $0.resources.contains(.organization) } ?? [])
  func aMillionTokensAreWithinReach(_ rule: Rule) throws {
    var environment = ConditionEnvironment.environment(
      for: .organization,
      parameters: rule.parameters.map { ParameterSetting(name: $0.name, value: $0.defaultValue, origin: .rule) },
      facts: rule.facts)
    environment.limits.evaluationCost /= Self.scale
    let program = try environment.compile(rule.condition, expecting: .bool)
    let inventory = try inventory(tokens: 1_000_000 / Self.scale)
    let org = inventory.object(.organization, 0)
    let bindings = ConditionEnvironment.bindings(
      .organization, org, now: conditionTimestamp(inventory.now), org: org, facts: inventory.facts)
    #expect(throws: Never.self) { try program.evaluateBool(bindings) }
  }

  @Test func theReachHasAnEnd() throws {
    var environment = ConditionEnvironment.environment(for: .organization, parameters: [], facts: [])
    environment.limits.evaluationCost /= Self.scale
    let program = try environment.compile(
      "org.tokens.all(a, org.tokens.all(b, a.id != '' && b.id != ''))", expecting: .bool)
    let inventory = try inventory(tokens: 1_000_000 / Self.scale)
    let org = inventory.object(.organization, 0)
    let bindings = ConditionEnvironment.bindings(
      .organization, org, now: conditionTimestamp(inventory.now), org: org, facts: inventory.facts)
    #expect(throws: EvaluationError.self) { try program.evaluateBool(bindings) }
  }

  /// Tokens of which every field can be read, and keys and policies.
  private func inventory(tokens: Int) throws -> AuditedInventory {
    var builder = SnapshotBuilder()
    func append(_ list: CollectedList, _ text: String) throws {
      var scanner = JSONScanner(Array(text.utf8))
      _ = try builder.append(list, &scanner)
    }
    for number in 0..<tokens {
      try append(
        .apiTokens,
        """
        {"id":"token-\(number)","label":"label \(number)","status":"ALLOWED","createdAt":"2026-05-01T00:00:00Z",\
        "expiresAt":"2026-07-01T00:00:00Z","scopes":["read:jira-work"],"user":{"id":"user-\(number)"}}
        """)
    }
    for number in 0..<20 {
      try append(.apiKeys, #"{"id":"key-\#(number)","expiresAt":"2026-07-01T00:00:00Z"}"#)
      try append(
        .policies, #"{"id":"policy-\#(number)","type":"policy","attributes":{"type":"hipaa","status":"enabled"}}"#)
    }
    let at = Instant(milliseconds: 1_780_272_000_000)
    let header = SnapshotHeader(organizationID: "org", collectedAt: at, toolVersion: "test", apiBase: nil)
    let complete = builder.counts.mapValues { Coverage(state: .complete(verified: true), records: $0) }
    return AuditedInventory(builder.build(header: header, coverage: complete), at: at)
  }
}
