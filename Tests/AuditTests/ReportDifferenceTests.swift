import Audit
import Inventory
import Policy
import Testing

/// What a later report says otherwise.
struct ReportDifferenceTests {
  private func difference(_ old: AuditFixture, _ new: AuditFixture) async throws -> ReportDifference {
    ReportDifference(try await old.report().recorded, try await new.report().recorded)
  }

  private let both = AuditFixture(tokens: [staleToken, freshToken])
  private let none = AuditFixture(tokens: [freshToken])

  @Test func newAndResolved() async throws {
    let appeared = try await difference(none, both)
    #expect(appeared.appeared.map(\.resource.id) == ["stale"])
    #expect(appeared.resolved.isEmpty && appeared.unknown.isEmpty && appeared.changed.isEmpty)
    let resolved = try await difference(both, none)
    #expect(resolved.resolved.map(\.resource.id) == ["stale"])
    #expect(resolved.appeared.isEmpty && resolved.unknown.isEmpty && resolved.changed.isEmpty)
  }

  /// One of the two could not look: whether something is new or gone is not known.
  @Test func whatOneDidNotLookAtIsUnknown() async throws {
    var refused = none
    refused.gaps = [.apiTokens: .refused]
    var unreadable = none
    unreadable.tokens.append(unreadableToken.replacing("unreadable", with: "stale"))
    var otherRule = none
    otherRule.policy = "rules: { token-no-expiry: { severity: info } }"
    otherRule.tokens = [#"{"id":"x","expiresAt":"2026-07-01T00:00:00Z"}"#]
    for (blind, reason) in [
      (refused, "its list of API tokens is not complete: the API refused it (403)"),
      (unreadable, "lastActiveAt is not a date-time"), (otherRule, "its policy does not have the rule"),
    ] {
      for (isInNew, found) in [(false, try await difference(both, blind)), (true, try await difference(blind, both))] {
        #expect(found.unknown.map(\.reason) == [reason])
        #expect(found.unknown.map(\.isInNew) == [isInNew])
        #expect(found.resolved.isEmpty && found.appeared.isEmpty)
      }
    }
  }

  @Test func whatIsNotNamedAmongManyIsUnknown() async throws {
    var blind = none
    blind.tokens += (0..<6).map { unreadableToken.replacing("unreadable", with: "other-\($0)") }
    #expect(try await difference(both, blind).unknown.count == 1)
    blind.tokens.removeLast()
    #expect(try await difference(both, blind).resolved.count == 1)
  }

  @Test func whatChangedIsTold() async throws {
    var now = both
    now.policy = "rules: { token-stale: { severity: low } }"
    now.tokens[0] = staleToken.replacing("2026-01-01", with: "2026-01-02")
    now.waivers = [AuditFixture.waiver("rule: token-stale, match: { ids: [stale] }")]
    let found = try await difference(both, now)
    let changes = try #require(found.changed.first).changes
    #expect(changes.map(\.member) == [.severity, .disposition, .evidence, .message])
    #expect(changes[0].old == "medium" && changes[0].new == "low")
    #expect(changes[1].old == "open" && changes[1].new == "waived")
    #expect(changes[2].old == "lastActiveAt 2026-01-01T00:00:00Z")
    #expect(found.notes.count == 1 && found.notes[0].hasPrefix("the policies differ"))
  }

  @Test func aGreaterMeasureIsAChange() async throws {
    let policy = "rules: { owner-token-count: { parameters: { maxTokens: 1 } } }"
    func fixture(_ count: Int) -> AuditFixture {
      AuditFixture(tokens: (0..<count).map { #"{"id":"\#($0)","user":{"id":"u"}}"# }, policy: policy)
    }
    let changes = try await difference(fixture(2), fixture(3)).changed.first?.changes ?? []
    let measure = try #require(changes.first)
    #expect(measure.member == .measure && measure.old == "2" && measure.new == "3")
  }

  @Test func timeThatPassesIsNoChange() async throws {
    var later = both
    later.at = "2026-06-02T00:00:00Z"
    let (before, now) = (try await both.report(), try await later.report())
    #expect(before.findings[0].message != now.findings[0].message)
    let found = ReportDifference(before.recorded, now.recorded)
    #expect(found.changed.isEmpty)
    #expect(found.unchanged == 1)
  }

  @Test func findingsOfOneFingerprintAreCounted() async throws {
    var twice = both
    twice.tokens.append(staleToken)
    let more = try await difference(both, twice)
    #expect(more.appeared.count == 1 && more.unchanged == 1)
    let fewer = try await difference(twice, both)
    #expect(fewer.resolved.count == 1 && fewer.unchanged == 1)
  }

  @Test func theWrongOrderIsNoted() async throws {
    var earlier = both
    earlier.at = "2026-05-31T00:00:00Z"
    #expect(try await difference(both, earlier).notes.contains { $0.contains("the first report is the later one") })
  }
}
