import Inventory
import Testing

struct TokenRecordTests {
  @Test func everyFieldIsRead() throws {
    let token = try readToken(
      """
      {"id":"t-1","label":"ci \\"deploy\\"","status":"ALLOWED","createdAt":"2026-01-12T09:14:22.531Z",
       "expiresAt":"2027-01-12T10:14:22+01:00","lastActiveAt":"2026-11-19T22:03:10.000Z",
       "user":{"id":"u-1","orgId":"o-1","name":"Ada Park","email":"ada.park@example.com","extra":1},
       "scopes":["read:jira-work","write:jira-work"],"unheardOf":{"a":[1]}}
      """)
    #expect(token.id == "t-1")
    #expect(token.label == .value("ci \"deploy\""))
    #expect(token.status == .value("ALLOWED"))
    #expect(token.createdAt.value?.text == "2026-01-12T09:14:22.531Z")
    #expect(token.expiresAt.value?.text == "2027-01-12T09:14:22Z")
    #expect(token.lastActiveAt.value?.text == "2026-11-19T22:03:10Z")
    #expect(token.user.value?.id == .value("u-1"))
    #expect(token.user.value?.orgID == .value("o-1"))
    #expect(token.user.value?.name == .value("Ada Park"))
    #expect(token.user.value?.email == .value("ada.park@example.com"))
    #expect(token.scopes == .value(["read:jira-work", "write:jira-work"]))
    #expect(token.problems.isEmpty)
  }

  @Test(arguments: [
    #"{"id":"t"}"#,
    #"{"id":"t","label":null,"status":null,"createdAt":null,"expiresAt":null,"lastActiveAt":null,"user":null,"scopes":null}"#,
  ])
  func absentAndNullAreAbsentButScopesAreUnknown(_ record: String) throws {
    let token = try readToken(record)
    #expect(token.label == .absent)
    #expect(token.status == .absent)
    #expect(token.createdAt == .absent)
    #expect(token.expiresAt == .absent)
    #expect(token.lastActiveAt == .absent)
    #expect(token.user == .absent)
    #expect(token.scopes == .unknown("the API did not report its scopes"))
    #expect(token.problems.isEmpty)
  }

  @Test func anEmptyScopeListIsAValue() throws {
    #expect(try readToken(#"{"id":"t","scopes":[]}"#).scopes == .value([]))
  }

  @Test(arguments: [
    (#""label":7"#, "label is not a string"), (#""status":["ALLOWED"]"#, "status is not a string"),
    (#""createdAt":1772323200"#, "createdAt is not a date-time"),
    (#""expiresAt":"tomorrow""#, "expiresAt is not a date-time"), (#""expiresAt":"""#, "expiresAt is not a date-time"),
    (#""lastActiveAt":false"#, "lastActiveAt is not a date-time"), (#""user":"u-1""#, "user is not an object"),
    (#""scopes":"read:jira-work""#, "scopes is not a list of strings"),
    (#""scopes":["read:jira-work",null]"#, "scopes is not a list of strings"),
    (#""scopes":{}"#, "scopes is not a list of strings"),
    (#""expiresAt":null,"expiresAt":"2099-01-01T00:00:00Z""#, "expiresAt stands twice in the record"),
    (#""expiresAt":"2099-01-01T00:00:00Z","\u0065xpiresAt":null"#, "expiresAt stands twice in the record"),
    (#""scopes":["a"],"scopes":[]"#, "scopes stands twice in the record"),
    (#""user":{"id":"a"},"user":{"id":"b"}"#, "user stands twice in the record"),
    (#""status":"BLOCKED","status":"BLOCKED""#, "status stands twice in the record"),
    (#""label":"a","label":"b""#, "label stands twice in the record"),
  ])
  func whatCannotBeReadIsUnknownAndAProblem(_ member: String, _ reason: String) throws {
    let token = try readToken("{\"id\":\"t\",\(member)}")
    #expect(token.problems.map(\.text) == [reason])
    let unknown = [
      token.label.unknownReason, token.status.unknownReason, token.createdAt.unknownReason,
      token.expiresAt.unknownReason,
      token.lastActiveAt.unknownReason, token.user.unknownReason,
    ].compactMap(\.self)
    let scopes = token.scopes.unknownReason
    #expect(unknown + (scopes == "the API did not report its scopes" ? [] : [scopes].compactMap(\.self)) == [reason])
  }

  @Test func aFieldOfTheOwnerThatCannotBeReadLeavesTheOthers() throws {
    let token = try readToken(#"{"id":"t","user":{"id":7,"name":"Ada Park","name":"Bo Lind","email":null}}"#)
    let user = try #require(token.user.value)
    #expect(user.id == .unknown("user.id is not a string"))
    #expect(user.name == .unknown("user.name stands twice in the record"))
    #expect(user.email == .absent)
    #expect(token.problems.map(\.field) == ["user.id", "user.name"])
  }

  @Test(arguments: [
    (#"{"label":"a"}"#, "id is missing"), (#"{"id":null}"#, "id is missing"), (#"{"id":""}"#, "id is missing"),
    (#"{"id":7}"#, "id is not a string"), (#"{"id":"a","id":"b"}"#, "id stands twice in the record"),
  ])
  func aRecordWithoutAReadableIDIsNamedByItsBytes(_ record: String, _ problem: String) throws {
    let token = try readToken(record)
    #expect(token.id == digestIdentity(of: Array(record.utf8)))
    #expect(token.problems.map(\.text) == [problem])
    #expect(try readToken(" " + record.replacing(":", with: " : ")).id == token.id)
  }

  @Test(arguments: ["7", "\"t\"", "null", "[]", "[{\"id\":\"t\"}]"])
  func aRecordThatIsNoObjectIsUnknownInEveryField(_ record: String) throws {
    let token = try readToken(record)
    let reason = "the record is not an object"
    #expect(token.problems.map(\.text) == [reason])
    #expect(token.label == .unknown(reason))
    #expect(token.status == .unknown(reason))
    #expect(token.createdAt == .unknown(reason))
    #expect(token.expiresAt == .unknown(reason))
    #expect(token.lastActiveAt == .unknown(reason))
    #expect(token.user == .unknown(reason))
    #expect(token.scopes == .unknown(reason))
    #expect(token.id.hasPrefix("sha256-"))
  }

  @Test func bytesThatAreNotJSONAreRefused() {
    #expect(throws: JSONError.self) { try readToken(#"{"id":"t""#) }
    #expect(throws: JSONError.self) { try readToken(#"{"id":"t","user":{"id":}}"#) }
    #expect(throws: JSONError.self) { try readToken("") }
  }

  @Test func theDigestIsSHA256() {
    #expect(
      hexadecimalDigest(of: Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(digestIdentity(of: "abc".utf8) == "sha256-ba7816bf8f01cfea414140de5dae2223")
  }
}

extension Field {
  /// Why the field is unknown; nil when it is not.
  var unknownReason: String? { if case .unknown(let reason) = self { reason } else { nil } }
}
