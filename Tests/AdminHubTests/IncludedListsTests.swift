import AdminHub
import AdminHubSandbox
import Inventory
import Testing

@Suite("Lists that are collected only when they are asked for")
struct IncludedListsTests {
  private func collecting(_ faults: Set<Fault> = [], key: SandboxKey = .serviceAccounts) -> Collecting {
    var collecting = Collecting()
    collecting.organization = SandboxOrganization(seed: 1, tokens: 40, at: collecting.organization.at)
    collecting.included = Set(CollectedList.optional)
    collecting.key = key
    collecting.faults = faults
    collecting.maximumPageSize = 8
    return collecting
  }

  @Test("Nothing but GET is sent, to the documented paths, page after page")
  func requests() async throws {
    let collecting = collecting()
    let (outcome, _) = try await collecting.run()
    let id = collecting.organization.id
    let serviceAccountTokens = "/admin/api-access/v1/orgs/\(id)/service-accounts/api-tokens"
    let clients = "/admin/api-access/v1/orgs/\(id)/oauth-clients"
    let control = "/admin/control/v1/orgs/\(id)/policies"
    var plain = collecting
    plain.included = []
    let (plainOutcome, _) = try await plain.run()
    let added = Set(outcome.requests.map(\.path)).subtracting(plainOutcome.requests.map(\.path))
    #expect(added == [serviceAccountTokens, clients, control])
    #expect(outcome.requests.allSatisfy { $0.method == "GET" })
    let pages = outcome.requests.filter { $0.path == serviceAccountTokens }
    #expect(pages.count == 4, "30 records, 8 on a page")
    #expect(pages.allSatisfy { $0["pageSize"] == nil }, "the reference knows no page size there")
    #expect(outcome.requests.filter { $0.path == clients }.allSatisfy { $0["pageSize"] == "1000" })
    #expect(try outcome.coverage(.serviceAccountTokens).records == 30)
    #expect(try outcome.coverage(.oauthClients).records == 3)
  }

  @Test("Without a count to check them against they are complete and unverified")
  func unverified() async throws {
    let (outcome, snapshot) = try await collecting().run()
    for list in CollectedList.optional {
      let coverage = try outcome.coverage(list)
      #expect(coverage.state == .complete(verified: false))
      #expect(coverage.countBefore == nil && coverage.countAfter == nil)
      #expect(coverage.notes.contains("the API has no count to check this list against"))
      #expect(snapshot.coverage(of: list) == coverage)
    }
    #expect(snapshot.tokens.count == 40)
  }

  @Test("One list that is asked for brings no other")
  func one() async throws {
    var collecting = collecting()
    collecting.included = [.oauthClients]
    let (outcome, _) = try await collecting.run()
    #expect(Set(outcome.result.coverage.keys) == Set(CollectedList.always + [.oauthClients]))
  }

  @Test("A key without the scope loses these lists, is told which scope to grant, and the others go on")
  func refused() async throws {
    let (outcome, _) = try await collecting(key: .reader).run()
    for list in [CollectedList.serviceAccountTokens, .oauthClients] {
      let coverage = try outcome.coverage(list)
      guard case .unavailable(let reason) = coverage.state else {
        Issue.record("\(list) is not unavailable")
        continue
      }
      #expect(reason.contains("scope does not match"))
      #expect(try #require(coverage.advice).contains("`read:service-accounts-tokens:admin`"))
    }
    for list in CollectedList.always + [.controlPolicies] { #expect(try outcome.coverage(list).isComplete) }
    #expect(outcome.result.interrupted.isEmpty)
  }

  @Test("Of the Control v1 policies, only those are kept that Organizations v1 does not list")
  func controlPolicies() async throws {
    let collecting = collecting()
    let sink = IDs()
    let outcome = try await collecting.run(into: sink)
    let ids = await sink.ids
    let organization = collecting.organization
    let listed = (0..<organization.count(of: .policies)).map { organization.record(.policies, at: $0)["id"]?.string }
    let control = (0..<organization.count(of: .controlPolicies)).map {
      organization.record(.controlPolicies, at: $0)["id"]?.string
    }
    #expect(control.contains { listed.contains($0) }, "there has to be one to leave out")
    let kept = control.filter { !listed.contains($0) }.compactMap(\.self)
    #expect(!kept.isEmpty && ids[.controlPolicies] == kept)
    let coverage = try outcome.coverage(.controlPolicies)
    #expect(coverage.records == kept.count)
    #expect(coverage.notes.first == "only records that the list of policies does not have are kept")
  }

  @Test("Control v1 is not asked when the policies are not known", arguments: [Fault.policiesRefused, .cursorLoop])
  func withoutPolicies(fault: Fault) async throws {
    let (outcome, _) = try await collecting([fault]).run()
    #expect(!(try outcome.coverage(.policies).isComplete))
    #expect(
      try outcome.coverage(.controlPolicies).state
        == .unavailable("which records are new can't be told, since the list of policies is not complete"))
    #expect(!outcome.requests.contains { $0.path.contains("/control/") })
  }

  @Test("A page that does not say whether another follows leaves the list partial")
  func withoutLinks() async throws {
    let (outcome, _) = try await collecting([.withoutLinks]).run()
    #expect(
      try outcome.coverage(.serviceAccountTokens).state
        == .partial("the answer does not say whether another page follows"))
  }

  @Test("What fails in the middle can be resumed")
  func outage() async throws {
    let (outcome, _) = try await collecting([.outage]).run()
    #expect(outcome.result.interrupted.contains(.serviceAccountTokens))
    #expect(!outcome.result.interrupted.contains(.controlPolicies), "it had not begun")
  }
}

/// Keeps the ids of all records.
private actor IDs: CollectionSink {
  var ids: [CollectedList: [String]] = [:]

  func receive(_ page: Page, records: [Page.Record], progress: ListProgress, isFirst: Bool) throws {
    for record in records {
      let value = try JSONValue(parsing: Array(page.body[record.extent.range]))
      ids[page.list, default: []].append(value["id"]?.string ?? "")
    }
  }
}
