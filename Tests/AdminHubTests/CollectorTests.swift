import AdminHub
import AdminHubSandbox
import Inventory
import Testing

@Suite("The collector against a sandbox that is well")
struct CollectorTests {
  @Test("Everything is collected, in the order of the pages, and the counts agree")
  func complete() async throws {
    let collecting = Collecting()
    let (outcome, snapshot) = try await collecting.run()
    for list in CollectedList.always {
      #expect(try outcome.coverage(list).isComplete)
      #expect(try outcome.coverage(list).records == collecting.organization.count(of: list))
    }
    #expect(try outcome.coverage(.apiTokens).state == .complete(verified: true))
    #expect(try outcome.coverage(.apiTokens).countBefore == 100)
    #expect(try outcome.coverage(.policies).state == .complete(verified: false))
    let expected = (0..<100).map { collecting.organization.record(.apiTokens, at: $0)["id"]?.string }
    #expect(snapshot.tokens.map(\.id) == expected)
    #expect(outcome.result.interrupted.isEmpty)
  }

  @Test("A typical organization is collected whole, whatever is wrong with its records")
  func typical() async throws {
    var collecting = Collecting()
    collecting.organization = SandboxOrganization(seed: 4, tokens: 2500, at: collecting.organization.at)
    collecting.maximumPageSize = 1000
    let (outcome, snapshot) = try await collecting.run()
    #expect(try outcome.coverage(.apiTokens).state == .complete(verified: true))
    #expect(snapshot.tokens.count == 2500)
    #expect(snapshot.policies.count == collecting.organization.count(of: .policies))
    #expect(outcome.requests.count { $0.path.hasSuffix("/api-tokens") } == 3)
  }

  @Test("An organization without tokens is complete")
  func empty() async throws {
    var collecting = Collecting()
    collecting.organization = SandboxOrganization(seed: 1, tokens: 0, at: collecting.organization.at)
    let (outcome, _) = try await collecting.run()
    #expect(
      try outcome.coverage(.apiTokens) == Coverage(state: .complete(verified: true), countBefore: 0, countAfter: 0))
  }

  @Test("Nothing but GET is sent, to the documented paths, with the key in its header alone")
  func requests() async throws {
    let (outcome, _) = try await Collecting().run()
    let id = Collecting().organization.id
    let paths = ["/admin/api-access/v1/orgs/\(id)/api-tokens", "/admin/api-access/v1/orgs/\(id)/api-keys"]
    #expect(
      Set(outcome.requests.map(\.path)) == Set(paths + paths.map { $0 + "/count" } + ["/admin/v1/orgs/\(id)/policies"]))
    for request in outcome.requests {
      #expect(request.method == "GET" && request.bearer == SandboxKey.auditor.text)
      #expect(!request.target.contains(SandboxKey.auditor.text))
    }
    let tokenPages = outcome.requests.filter { $0.path == paths[0] }
    #expect(tokenPages.count == 4)
    #expect(tokenPages.allSatisfy { $0["pageSize"] == "1000" })
  }

  @Test("A wrong key makes every list unavailable, after one request each for its records")
  func wrongKey() async throws {
    var collecting = Collecting()
    collecting.key = SandboxKey(text: "wrong", scopes: [])
    let (outcome, snapshot) = try await collecting.run()
    for list in CollectedList.always {
      guard case .unavailable(let reason) = try outcome.coverage(list).state else {
        Issue.record("\(list) is not unavailable")
        continue
      }
      #expect(reason.contains("401") && reason.contains("Unauthorized"))
    }
    #expect(snapshot.tokens.isEmpty)
    #expect(outcome.requests.count { !$0.path.hasSuffix("/count") } == 3)
  }

  @Test("A key without a scope loses its list and is told which scope to grant")
  func missingScope() async throws {
    var collecting = Collecting()
    collecting.key = .tokensOnly
    collecting.needsKeyScope = true
    let (outcome, _) = try await collecting.run()
    #expect(try outcome.coverage(.apiTokens).isComplete)
    for (list, scope) in [(CollectedList.apiKeys, "read:keys:admin"), (.policies, "read:policies:admin")] {
      let coverage = try outcome.coverage(list)
      guard case .unavailable(let reason) = coverage.state else {
        Issue.record("\(list) is not unavailable")
        continue
      }
      #expect(reason.contains("scope does not match"))
      #expect(try #require(coverage.advice).contains("`\(scope)`"))
    }
  }

  @Test("Two collections give the same coverage and records")
  func repeatable() async throws {
    let (first, left) = try await Collecting().run()
    let (second, right) = try await Collecting().run()
    #expect(first.result.coverage == second.result.coverage)
    #expect(left.tokens.map(\.id) == right.tokens.map(\.id))
  }

  @Test("The rate limit is followed before it is hit")
  func pace() async throws {
    var collecting = Collecting()
    collecting.maximumPageSize = 5
    collecting.rateLimit = RateLimit(requests: 6, periodMilliseconds: 10_000)
    let (outcome, snapshot) = try await collecting.run()
    #expect(snapshot.tokens.count == 100)
    #expect(Set(outcome.waits) == ["the rate limit is used up"], "no request was refused")
    // 20 pages of tokens, one of keys, one of policies, and four counts, six in a period.
    #expect(outcome.requests.count == 26)
    #expect(outcome.waits.count == 4)
  }
}
