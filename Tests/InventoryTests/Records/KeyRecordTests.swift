import Inventory
import Testing

struct KeyRecordTests {
  @Test func everyFieldIsRead() throws {
    let key = try readKey(
      """
      {"id":"k-1","label":"audit","createdAt":"2026-11-01T08:00:00.000Z","expiresAt":"2026-11-30T08:00:00.000Z",
       "lastActiveAt":"2026-11-20T08:00:00.000Z","systemAccountId":"s-1","resource":"ari:cloud:platform::org/o-1",
       "orgId":"o-1","createdBy":{"id":"u-1","name":"Ada Park","email":"ada.park@example.com"},
       "scopes":["read:tokens:admin"],"targetResources":["ari:cloud:jira::site/1"],"new":true}
      """)
    #expect(key.id == "k-1")
    #expect(key.label == .value("audit"))
    #expect(key.createdAt.value?.text == "2026-11-01T08:00:00Z")
    #expect(key.expiresAt.value?.text == "2026-11-30T08:00:00Z")
    #expect(key.lastActiveAt.value?.text == "2026-11-20T08:00:00Z")
    #expect(key.systemAccountID == .value("s-1"))
    #expect(key.resource == .value("ari:cloud:platform::org/o-1"))
    #expect(key.orgID == .value("o-1"))
    #expect(key.createdBy.value?.email == .value("ada.park@example.com"))
    #expect(key.scopes == .value(["read:tokens:admin"]))
    #expect(key.targetResources == .value(["ari:cloud:jira::site/1"]))
    #expect(key.problems.isEmpty)
  }

  @Test(arguments: [
    #"{"id":"k"}"#, #"{"id":"k","expiresAt":null,"scopes":null,"createdBy":null,"targetResources":null}"#,
  ])
  func absentAndNullAreAbsentButScopesAreUnknown(_ record: String) throws {
    let key = try readKey(record)
    #expect(key.expiresAt == .absent)
    #expect(key.createdBy == .absent)
    #expect(key.targetResources == .absent)
    #expect(key.scopes == .unknown("the API did not report its scopes"))
    #expect(key.problems.isEmpty)
  }

  @Test func whatCannotBeReadIsUnknownAndAProblem() throws {
    let key = try readKey(
      #"{"id":"k","createdAt":"?","expiresAt":{},"scopes":[[]],"createdBy":{"email":1},"label":"a","label":"a"}"#)
    #expect(key.createdAt == .unknown("createdAt is not a date-time"))
    #expect(key.expiresAt == .unknown("expiresAt is not a date-time"))
    #expect(key.scopes == .unknown("scopes is not a list of strings"))
    #expect(key.createdBy.value?.email == .unknown("createdBy.email is not a string"))
    #expect(key.label == .unknown("label stands twice in the record"))
    #expect(key.problems.map(\.field) == ["createdAt", "expiresAt", "scopes", "createdBy.email", "label"])
  }

  @Test func aRecordThatIsNoObjectIsUnknownInEveryField() throws {
    let key = try readKey("[]")
    let reason = "the record is not an object"
    #expect(key.problems.map(\.text) == [reason])
    #expect(key.label == .unknown(reason))
    #expect(key.createdAt == .unknown(reason))
    #expect(key.expiresAt == .unknown(reason))
    #expect(key.lastActiveAt == .unknown(reason))
    #expect(key.systemAccountID == .unknown(reason))
    #expect(key.resource == .unknown(reason))
    #expect(key.orgID == .unknown(reason))
    #expect(key.createdBy == .unknown(reason))
    #expect(key.scopes == .unknown(reason))
    #expect(key.targetResources == .unknown(reason))
    #expect(key.id == digestIdentity(of: "[]".utf8))
  }
}
