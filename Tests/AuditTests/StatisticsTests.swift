import Audit
import Inventory
import Policy
import Testing

@testable import Audit

/// The charts' numbers: every live token is counted once in each question.
struct StatisticsTests {
  private func statistics(tokens: [String] = [], keys: [String] = []) throws -> InventoryStatistics {
    let fixture = AuditFixture(tokens: tokens, keys: keys)
    let at = try #require(Instant(fixture.at))
    return AuditedInventory(try fixture.snapshot(), at: at).statistics()
  }

  @Test func onlyLiveTokensAreCounted() throws {
    let statistics = try statistics(tokens: [
      #"{"id":"1","status":"BLOCKED","expiresAt":"2026-07-01T00:00:00Z"}"#,
      #"{"id":"2","status":"ALLOWED","expiresAt":"2026-06-01T00:00:00Z"}"#,
      #"{"id":"3","status":"ALLOWED","expiresAt":"2026-06-01T00:00:00.001Z"}"#, #"{"id":"4","status":7}"#,
    ])
    #expect(statistics.blockedTokens == 1)
    #expect(statistics.expiredTokens == 1)
    #expect(statistics.liveTokens == 2)
    #expect(statistics.remainingLives == [.upTo7Days: 1, .unlimited: 1])
  }

  @Test(arguments: [
    (#""2026-06-08T00:00:00Z""#, RemainingLife.upTo7Days), (#""2026-06-08T00:00:00.001Z""#, .upTo30Days),
    (#""2026-07-01T00:00:00Z""#, .upTo30Days), (#""2026-08-30T00:00:00Z""#, .upTo90Days),
    (#""2026-11-28T00:00:00Z""#, .upTo180Days), (#""2027-06-01T00:00:00Z""#, .upTo365Days),
    (#""2027-06-01T00:00:00.001Z""#, .longer), ("null", .unlimited), (#""soon""#, .unknown),
  ])
  func remainingLife(expiresAt: String, life: RemainingLife) throws {
    let statistics = try statistics(tokens: [#"{"id":"1","expiresAt":\#(expiresAt)}"#])
    #expect(statistics.remainingLives == [life: 1])
  }

  @Test(arguments: [
    (#""2026-06-02T00:00:00Z""#, LastUse.upTo7Days), (#""2026-05-25T00:00:00Z""#, .upTo7Days),
    (#""2026-05-24T23:59:59.999Z""#, .upTo30Days), (#""2026-03-03T00:00:00Z""#, .upTo90Days),
    (#""2025-12-03T00:00:00Z""#, .upTo180Days), (#""2025-06-01T00:00:00Z""#, .upTo365Days),
    (#""2025-05-31T00:00:00Z""#, .longer), ("null", .never), ("12", .unknown),
  ])
  func lastUse(lastActiveAt: String, use: LastUse) throws {
    let statistics = try statistics(tokens: [#"{"id":"1","lastActiveAt":\#(lastActiveAt)}"#])
    #expect(statistics.lastUses == [use: 1])
  }

  @Test func reachIsTheStrongestAccessInEachProduct() throws {
    let statistics = try statistics(tokens: [
      #"{"id":"1","scopes":["read:jira-work","write:jira-work","read:page:confluence"]}"#,
      #"{"id":"2","scopes":["write:jira-work","a scope of tomorrow"]}"#, #"{"id":"3","scopes":[]}"#, #"{"id":"4"}"#,
      #"{"id":"5","scopes":["dance:jira-work","write:jira-work"]}"#,
    ])
    #expect(
      statistics.reach.products == [
        .jira: [.write: 2, .unknown: 1], .confluence: [.read: 1], .unknown: [.unknown: 1],
      ])
    #expect(statistics.reach.unscoped == 1)
    #expect(statistics.reach.unknown == 1)
  }

  @Test func expiriesAreCountedByDay() throws {
    let statistics = try statistics(
      tokens: [
        #"{"id":"1","expiresAt":"2026-06-02T00:00:00Z"}"#, #"{"id":"2","expiresAt":"2026-06-02T00:00:00.001Z"}"#,
        #"{"id":"3","expiresAt":"2026-08-30T00:00:00Z"}"#, #"{"id":"4","expiresAt":"2026-08-30T00:00:00.001Z"}"#,
        #"{"id":"5","expiresAt":"2026-06-01T00:00:00Z"}"#,
      ], keys: [#"{"id":"1","expiresAt":"2026-06-01T12:00:00Z"}"#])
    #expect(statistics.expiries.map(\.tokens).reduce(0, +) == 3)
    #expect(statistics.expiries[0] == .init(tokens: 1, keys: 1))
    #expect(statistics.expiries[1].tokens == 1)
    #expect(statistics.expiries[89].tokens == 1)
  }
}
