import AdminHub
import AdminHubSandbox
import Inventory
import Testing

@Suite("The collector under faults")
struct FaultTests {
  @Test(
    "What passes is asked for again, and leaves no trace in the result",
    arguments: [
      [Fault.rateLimit], [.rateLimitSeconds], [.rateLimitDate], [.rateLimitBare], [.serverError], [.htmlError],
      [.badJSON], [.stall], [.truncate], [.reset], [.latency], [.slowBody], [.rateLimit, .serverError, .badJSON],
      [.truncate, .reset, .serverError],
    ])
  func passing(faults: [Fault]) async throws {
    var collecting = Collecting()
    collecting.maximumPageSize = 40
    let (calm, expected) = try await collecting.run()
    collecting.faults = Set(faults)
    let (outcome, snapshot) = try await collecting.run()
    #expect(outcome.result.coverage == calm.result.coverage)
    #expect(snapshot.tokens.map(\.id) == expected.tokens.map(\.id))
    if faults != [.latency], faults != [.slowBody] {
      #expect(outcome.requests.count > calm.requests.count)
      #expect(!outcome.waits.isEmpty)
    }
  }

  @Test("After a 429 everybody waits as long as the server says, and otherwise longer every time")
  func hints() async throws {
    for fault in [Fault.rateLimit, .rateLimitSeconds, .rateLimitDate] {
      var collecting = Collecting()
      collecting.faults = [fault]
      _ = try await collecting.run()
      // The hints say one or two seconds, to which a quarter is added at most.
      #expect(collecting.clock.waits.allSatisfy { (1...2250).contains($0) }, "\(fault)")
      #expect(collecting.clock.waits.contains { $0 >= 1000 }, "\(fault)")
    }
    var collecting = Collecting()
    collecting.faults = [.rateLimitBare]
    _ = try await collecting.run()
    #expect(collecting.clock.waits.allSatisfy { (1...1000).contains($0) })
  }

  @Test("A server error is not mistaken for a used-up rate limit")
  func serverErrorWaits() async throws {
    var collecting = Collecting()
    collecting.faults = [.serverError]
    _ = try await collecting.run()
    #expect(!collecting.clock.waits.isEmpty)
    #expect(collecting.clock.waits.allSatisfy { $0 <= 2000 }, "the period of the rate limit ends in a minute")
  }

  private func outcome(_ faults: Set<Fault>, tokens: Int = 100) async throws -> (Collecting.Outcome, Snapshot) {
    var collecting = Collecting()
    collecting.organization = SandboxOrganization(
      seed: 1, tokens: tokens, at: collecting.organization.at, profile: .typical)
    collecting.faults = faults
    return try await collecting.run()
  }

  private func unavailable(_ coverage: Coverage) throws -> String {
    guard case .unavailable(let reason) = coverage.state else { throw Unexpected(coverage) }
    return reason
  }

  private func partial(_ coverage: Coverage) throws -> String {
    guard case .partial(let reason) = coverage.state else { throw Unexpected(coverage) }
    return reason
  }

  struct Unexpected: Error, CustomStringConvertible {
    let description: String
    init(_ coverage: Coverage) { description = "unexpected: \(coverage)" }
  }

  @Test("A server that fails for good interrupts the lists that had begun")
  func outage() async throws {
    let (outcome, snapshot) = try await outcome([.outage])
    let coverage = try outcome.coverage(.apiTokens)
    #expect(try partial(coverage).contains("503"))
    #expect(coverage.records == 20 && snapshot.tokens.count == 20)
    #expect(outcome.result.interrupted == [.apiTokens, .policies])
    #expect(try outcome.coverage(.apiKeys).isComplete, "it has one page")
    #expect(outcome.requests.count { $0["cursor"] != nil } == 12, "six tries for each of two lists")
  }

  @Test("A key that expires midway interrupts, without trying again")
  func keyExpires() async throws {
    let (outcome, _) = try await outcome([.keyExpiresMidway])
    let coverage = try outcome.coverage(.apiTokens)
    #expect(try partial(coverage).contains("401"))
    #expect(try #require(coverage.advice).contains("not expired"))
    #expect(outcome.result.interrupted == [.apiTokens, .policies])
    #expect(outcome.requests.count { $0["cursor"] != nil } == 2)
  }

  @Test("Refused lists are unavailable, and the others go on")
  func refused() async throws {
    let (outcome, _) = try await outcome([.keysRefused, .policiesRefused])
    #expect(try outcome.coverage(.apiTokens).state == .complete(verified: true))
    #expect(try unavailable(outcome.coverage(.apiKeys)).contains("refused the key"))
    #expect(try unavailable(outcome.coverage(.policies)).contains("refused the key"))
    #expect(outcome.result.interrupted.isEmpty)
  }

  @Test("A 404 without a body makes the list unavailable")
  func emptyNotFound() async throws {
    let (outcome, _) = try await outcome([.emptyNotFound])
    #expect(try unavailable(outcome.coverage(.policies)) == "the API answered HTTP 404")
    #expect(try outcome.coverage(.apiTokens).isComplete)
  }

  @Test("A redirect is not followed")
  func redirect() async throws {
    let (outcome, _) = try await outcome([.redirect])
    #expect(try unavailable(outcome.coverage(.apiTokens)).contains("redirect"))
    #expect(outcome.strayRequests.isEmpty)
    #expect(outcome.requests.count { $0.path.hasSuffix("/api-tokens") } == 1)
  }

  @Test("An answer of another shape is asked for again, and then given up")
  func wrongShape() async throws {
    let (outcome, _) = try await outcome([.wrongShape])
    #expect(try unavailable(outcome.coverage(.apiTokens)).contains("no list `data`"))
    #expect(outcome.requests.count { $0.path.hasSuffix("/api-tokens") } == 6)
  }

  @Test("An answer that is too large is given up at once")
  func hugeBody() async throws {
    let (outcome, _) = try await outcome([.hugeBody])
    #expect(try unavailable(outcome.coverage(.apiTokens)).contains("larger than"))
    #expect(outcome.requests.count { $0.path.hasSuffix("/api-tokens") } == 1)
  }

  @Test("A link to another host counts for its cursor, is noted, and is never followed")
  func foreignNext() async throws {
    let (outcome, snapshot) = try await outcome([.foreignNext])
    #expect(snapshot.tokens.count == 100)
    for list in [CollectedList.apiTokens, .policies] {
      #expect(try outcome.coverage(list).isComplete)
      #expect(try outcome.coverage(list).notes.contains { $0.contains("another host") })
    }
    #expect(outcome.strayRequests.isEmpty)
  }

  @Test("A link to the same host is nothing to note")
  func ownHost() async throws {
    let (outcome, _) = try await outcome([])
    #expect(try outcome.coverage(.policies).notes == ["the API has no count to check this list against"])
  }

  @Test("A repeated cursor ends the list, which is partial then")
  func cursorLoop() async throws {
    let (outcome, snapshot) = try await outcome([.cursorLoop])
    for list in CollectedList.always {
      #expect(try partial(outcome.coverage(list)).contains("repeated cursor"))
    }
    #expect(snapshot.tokens.count == 100, "every record once")
    #expect(outcome.result.interrupted.isEmpty, "it would loop again")
  }

  @Test("Pages that bring nothing new end the list too")
  func endlessPages() async throws {
    let (outcome, snapshot) = try await outcome([.endlessPages], tokens: 25)
    #expect(try partial(outcome.coverage(.apiTokens)).contains("without a new record"))
    #expect(snapshot.tokens.count == 25)
  }

  @Test("A page that comes twice is kept once and counted")
  func duplicatePage() async throws {
    let (outcome, snapshot) = try await outcome([.duplicatePage])
    let coverage = try outcome.coverage(.apiTokens)
    #expect(coverage.state == .complete(verified: true))
    #expect(coverage.duplicates == 20 && coverage.records == 100 && snapshot.tokens.count == 100)
  }

  @Test("A record that comes again with another content is not dropped in silence")
  func changedDuplicate() async throws {
    let (outcome, snapshot) = try await outcome([.changedDuplicate])
    for list in CollectedList.always {
      let coverage = try outcome.coverage(list)
      #expect(try partial(coverage).contains("1 record came again with another content"))
    }
    #expect(try outcome.coverage(.apiTokens).duplicates == 19)
    #expect(snapshot.tokens.count == 100)
  }

  @Test("A page that is left out shows in the counts")
  func missingPage() async throws {
    let (outcome, snapshot) = try await outcome([.missingPage])
    #expect(snapshot.tokens.count == 80)
    #expect(
      try partial(outcome.coverage(.apiTokens)) == "the API counts 100 API tokens, but only 80 came: 20 are missing")
  }

  @Test("A record that is counted and not listed is missed")
  func missingRecord() async throws {
    let (outcome, _) = try await outcome([.missingRecord])
    #expect(try partial(outcome.coverage(.apiTokens)).hasSuffix("only 99 came: 1 is missing"))
  }

  @Test("A page without records but with a next one goes on")
  func emptyPage() async throws {
    let (outcome, snapshot) = try await outcome([.emptyPage])
    #expect(try outcome.coverage(.apiTokens).state == .complete(verified: true))
    #expect(try outcome.coverage(.policies).isComplete)
    #expect(snapshot.tokens.count == 100)
    let organization = SandboxOrganization(seed: 1, tokens: 100, at: Collecting().organization.at)
    #expect(snapshot.policies.count == organization.count(of: .policies))
  }

  @Test("Pages that don't say whether more follow are the last only when the counts say so")
  func withoutLinks() async throws {
    let (outcome, snapshot) = try await outcome([.withoutLinks])
    #expect(snapshot.tokens.count == 20)
    #expect(try partial(outcome.coverage(.apiTokens)).contains("does not say whether another page follows"))
    #expect(try partial(outcome.coverage(.policies)).contains("does not say whether another page follows"))
    let (small, _) = try await self.outcome([.withoutLinks], tokens: 20)
    let coverage = try small.coverage(.apiTokens)
    #expect(coverage.state == .complete(verified: true))
    #expect(coverage.notes.contains { $0.contains("does not say") })
  }

  @Test("A count above what came means that something is missing")
  func wrongCount() async throws {
    let (outcome, _) = try await outcome([.wrongCount])
    #expect(try partial(outcome.coverage(.apiTokens)).contains("3 are missing"))
  }

  @Test("Without counts a list is complete, but unverified")
  func countRefused() async throws {
    let (outcome, _) = try await outcome([.countRefused])
    for list in [CollectedList.apiTokens, .apiKeys] {
      let coverage = try outcome.coverage(list)
      #expect(coverage.state == .complete(verified: false))
      #expect(coverage.notes.contains { $0.contains("403") })
    }
  }

  @Test("A list that changes while it is read is complete, and its drift noted")
  func drift() async throws {
    let (outcome, _) = try await outcome([.drift])
    let coverage = try outcome.coverage(.apiTokens)
    #expect(coverage.countBefore == 100 && coverage.countAfter == 101 && coverage.records == 102)
    #expect(coverage.isComplete)
    #expect(coverage.notes.contains { $0.contains("changed while it was read") })
  }

  @Test("Fields of any type are kept, and none of them stops the collection")
  func irregularFields() async throws {
    let (outcome, snapshot) = try await outcome([.irregularFields])
    #expect(try outcome.coverage(.apiTokens).state == .complete(verified: true))
    #expect(snapshot.tokens.count { !$0.problems.isEmpty } > 50)
  }

  @Test("Faults of single records change these records alone")
  func recordFaults() async throws {
    let (_, calm) = try await outcome([])
    let (_, snapshot) = try await outcome([.absentScopes, .malformedDate])
    #expect(calm.tokens[0].scopes.value != nil && calm.tokens[0].problems.isEmpty)
    #expect(snapshot.tokens[0].scopes.value == nil)
    #expect(snapshot.tokens[0].problems.map(\.field) == ["expiresAt"])
    #expect(snapshot.tokens.dropFirst().map(\.id) == calm.tokens.dropFirst().map(\.id))
  }
}
