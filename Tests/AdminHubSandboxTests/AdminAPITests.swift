import Inventory
import Testing

@testable import AdminHubSandbox

@Suite("The APIs that the sandbox serves")
struct AdminAPITests {
  private let organization = SandboxOrganization(
    seed: 3, tokens: 120, at: Instant(milliseconds: 1_780_272_000_000))

  private var base: String { "/admin/api-access/v1/orgs/\(organization.id)" }
  private var policies: String { "/admin/v1/orgs/\(organization.id)/policies" }

  private func ask(
    _ path: String, _ query: KeyValuePairs<String, String> = [:], method: String = "GET",
    key: String? = SandboxKey.auditor.text, needsKeyScope: Bool = false
  ) -> (status: Int, body: JSONValue) {
    let api = AdminAPI(
      organization: organization, keys: SandboxKey.all, needsKeyScope: needsKeyScope, maximumPageSize: 1000)
    let answer = api.answer(
      SandboxRequest(
        method: method, host: "127.0.0.1:8080", path: path,
        query: query.map { SandboxRequest.Parameter(name: $0.key, value: $0.value) }, bearer: key))
    return (answer.status, (try? JSONValue(parsing: answer.body)) ?? .null)
  }

  @Test("Pages of tokens follow each other by bare cursors and hold every token once")
  func tokenPages() throws {
    var cursor: String?
    var records: [JSONValue] = []
    var pages = 0
    repeat {
      let (status, body) =
        cursor.map { ask(base + "/api-tokens", ["pageSize": "50", "cursor": $0]) }
        ?? ask(base + "/api-tokens", ["pageSize": "50"])
      #expect(status == 200)
      records += try #require(body["data"]?.array)
      #expect(body["links"]?["self"]?.string != nil)
      #expect((body["links"]?["prev"] == nil) == (pages == 0))
      cursor = body["links"]?["next"]?.string
      pages += 1
    } while cursor != nil
    #expect(pages == 3)
    #expect(records == (0..<120).map { organization.record(.apiTokens, at: $0) })
  }

  @Test("The cursor of the page before leads back")
  func previous() throws {
    let first = ask(base + "/api-tokens", ["pageSize": "50"]).body
    let next = try #require(first["links"]?["next"]?.string)
    let second = ask(base + "/api-tokens", ["pageSize": "50", "cursor": next]).body
    let back = try #require(second["links"]?["prev"]?.string)
    #expect(ask(base + "/api-tokens", ["pageSize": "50", "cursor": back]).body["data"] == first["data"])
  }

  @Test("Policies come 25 to a page, with the cursor in meta and a URL in links")
  func policyPages() throws {
    let (status, first) = ask(policies)
    #expect(status == 200)
    #expect(first["data"]?.array?.count == 25)
    #expect(first["meta"]?["page_size"]?.integer == 25)
    #expect(first["links"]?["prev"] == .null)
    let cursor = try #require(first["meta"]?["next"]?.string)
    let link = try #require(first["links"]?["next"]?.string)
    #expect(link.hasPrefix("http://127.0.0.1:8080\(policies)?cursor="))
    #expect(link.hasSuffix(cursor.replacing("=", with: "%3D")))
    let (_, second) = ask(policies, ["cursor": cursor])
    #expect(second["data"]?.array?.count == organization.count(of: .policies) - 25)
    #expect(second["meta"]?["next"] == .null)
    #expect(second["links"]?["next"] == .null)
  }

  @Test("Counts are bare integers and follow the same filters")
  func counts() {
    #expect(ask(base + "/api-tokens/count").body == .number("120"))
    #expect(ask(base + "/api-keys/count").body == .number(String(organization.count(of: .apiKeys))))
    let blocked = ask(base + "/api-tokens", ["status": "BLOCKED", "pageSize": "1000"]).body["data"]?.array ?? []
    #expect(!blocked.isEmpty && blocked.allSatisfy { $0["status"]?.string == "BLOCKED" })
    #expect(ask(base + "/api-tokens/count", ["status": "BLOCKED"]).body == .number(String(blocked.count)))
  }

  @Test("A search finds labels, names and addresses whatever their case")
  func search() {
    let owner = organization.record(.apiTokens, at: 0)["user"]?["email"]?.string ?? ""
    let found = ask(base + "/api-tokens", ["q": owner.uppercased()]).body["data"]?.array ?? []
    #expect(found.contains(organization.record(.apiTokens, at: 0)))
    #expect(found.count < 120)
    #expect(ask(base + "/api-tokens", ["q": "no such text anywhere"]).body["data"] == .array([]))
  }

  @Test("A list is sorted up and down")
  func sorting() {
    func dates(_ sort: String) -> [String] {
      (ask(base + "/api-keys", ["sort": sort]).body["data"]?.array ?? []).map { $0["createdAt"]?.string ?? "" }
    }
    #expect(dates("createdAt").count > 10)
    #expect(dates("createdAt") == dates("createdAt").sorted())
    #expect(dates("+createdAt") == dates("createdAt"))
    #expect(dates("-createdAt") == dates("createdAt").reversed())
  }

  @Test("Policies are filtered by type")
  func policyType() {
    let found = ask(policies, ["type": "ip-allowlist"]).body["data"]?.array ?? []
    #expect(!found.isEmpty && found.allSatisfy { $0["attributes"]?["type"]?.string == "ip-allowlist" })
  }

  @Test(
    "What can't be answered as asked is refused, not ignored",
    arguments: [
      ("pageSize", "0"), ("pageSize", "x"), ("cursor", "no-cursor"), ("cursor", Cursor(position: 9999).text),
      ("sort", "owner"), ("createdAtSearchType", "gt"),
    ])
  func badRequests(name: String, value: String) {
    let (status, body) = ask(base + "/api-tokens", [name: value])
    #expect(status == 400)
    #expect(body["errors"]?.array?.first?["status"]?.string == "400")
  }

  @Test("Each key reads what its scopes open")
  func scopes() {
    let paths = ["/api-tokens", "/api-tokens/count", "/api-keys", "/api-keys/count"].map { base + $0 } + [policies]
    func statuses(_ key: String?, needsKeyScope: Bool = false) -> [Int] {
      paths.map { ask($0, key: key, needsKeyScope: needsKeyScope).status }
    }
    #expect(statuses(SandboxKey.auditor.text) == [200, 200, 200, 200, 200])
    #expect(statuses(SandboxKey.auditor.text, needsKeyScope: true) == [200, 200, 401, 401, 200])
    #expect(statuses(SandboxKey.reader.text, needsKeyScope: true) == [200, 200, 200, 200, 200])
    #expect(statuses(SandboxKey.tokensOnly.text) == [200, 200, 200, 200, 401])
    #expect(statuses(SandboxKey.other.text) == [401, 401, 401, 401, 401])
    #expect(statuses("wrong") == [401, 401, 401, 401, 401])
    #expect(statuses(nil) == [401, 401, 401, 401, 401])
  }

  @Test("Credentials of service accounts need a scope of their own, and have an id alone")
  func serviceAccounts() throws {
    for path in [base + "/service-accounts/api-tokens", base + "/oauth-clients"] {
      #expect(ask(path, key: SandboxKey.reader.text).status == 401)
      let (status, body) = ask(path, key: SandboxKey.serviceAccounts.text)
      #expect(status == 200)
      let records = try #require(body["data"]?.array)
      #expect(!records.isEmpty)
      for case .object(let members) in records { #expect(members.map(\.name) == ["id"]) }
      #expect(body["links"]?["self"]?.string != nil)
      #expect(ask(path + "/count", key: SandboxKey.serviceAccounts.text).status == 404, "its count is no GET")
    }
  }

  @Test("Control v1 has policies of three types, some of which Organizations v1 lists too")
  func controlPolicies() throws {
    let body = ask("/admin/control/v1/orgs/\(organization.id)/policies").body
    let records = try #require(body["data"]?.array)
    #expect(body["meta"]?["page_size"]?.integer == 25)
    #expect(
      Set(records.compactMap { $0["attributes"]?["type"]?.string }) == [
        "ip-allowlist", "data-residency", "data-security",
      ])
    let listed = (0..<organization.count(of: .policies)).map { organization.record(.policies, at: $0) }
    let all = (0..<organization.count(of: .controlPolicies)).map { organization.record(.controlPolicies, at: $0) }
    #expect(Array(all.prefix(25)) == records)
    let both = all.count { listed.contains($0) }
    #expect(both > 0 && both < all.count)
  }

  @Test("A refusal says what the gateway says")
  func refusals() {
    #expect(ask(policies, key: nil).body == .record(["code": .number("401"), "message": .string("Unauthorized")]))
    #expect(
      ask(policies, key: SandboxKey.tokensOnly.text).body
        == .record(["code": .number("401"), "message": .string("Unauthorized; scope does not match")]))
  }

  @Test("Unknown organizations, paths and methods")
  func notFound() {
    let (status, body) = ask("/admin/v1/orgs/someone-else/policies")
    #expect(status == 404 && body["errors"]?.array?.first?["code"]?.string == "ADMIN-404-2")
    for path in ["/", base, base + "/api-tokens/x", base + "/users", policies + "/x", "/admin//v1/orgs/x/policies"] {
      #expect(ask(path).status == 404, "\(path)")
    }
    #expect(ask(base + "/api-tokens", method: "DELETE").status == 405)
  }

  @Test("A cursor is only what was given out")
  func cursors() {
    for position in [0, 7, 1_000_000] { #expect(Cursor(Cursor(position: position).text)?.position == position) }
    for text in ["", "x", "eyJwIjoxfQ", "MTIz", Cursor(position: 1).text + "="] { #expect(Cursor(text) == nil) }
  }
}
