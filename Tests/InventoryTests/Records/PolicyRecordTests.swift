import Inventory
import Testing

struct PolicyRecordTests {
  @Test func everyFieldIsRead() throws {
    let policy = try readPolicy(
      """
      {"id":"p-1","type":"policy","attributes":{"type":"ip-allowlist","name":"Office","status":"enabled",
       "rule":{"in":["203.0.113.0/24"],"large":9007199254740993},"ownerId":"o-1","createdAt":"2024-04-06T02:46:56.707Z",
       "updatedAt":null,"metadata":{"x":1},
       "resources":[{"id":"r-1","applicationStatus":"applied","meta":{}},{"id":"r-2","applicationStatus":null}]}}
      """)
    #expect(policy.id == "p-1")
    #expect(policy.type == .value("policy"))
    let attributes = try #require(policy.attributes.value)
    #expect(attributes.type == .value("ip-allowlist"))
    #expect(attributes.name == .value("Office"))
    #expect(attributes.status == .value("enabled"))
    #expect(attributes.rule.value?["in"] == .array([.string("203.0.113.0/24")]))
    #expect(attributes.rule.value?["large"] == .number("9007199254740993"))
    #expect(attributes.ownerID == .value("o-1"))
    #expect(attributes.createdAt.value?.text == "2024-04-06T02:46:56.707Z")
    #expect(attributes.updatedAt == .absent)
    let resources = try #require(attributes.resources.value)
    #expect(resources.map(\.id) == [.value("r-1"), .value("r-2")])
    #expect(resources.map(\.applicationStatus) == [.value("applied"), .absent])
    #expect(policy.problems.isEmpty)
  }

  @Test func aRuleCanBeAListOrNull() throws {
    #expect(try readPolicy(#"{"id":"p","attributes":{"rule":[]}}"#).attributes.value?.rule == .value(.array([])))
    #expect(try readPolicy(#"{"id":"p","attributes":{"rule":null}}"#).attributes.value?.rule == .absent)
  }

  @Test func aRuleThatSaysTwoThingsIsUnknown() throws {
    let policy = try readPolicy(#"{"id":"p","attributes":{"rule":{"in":["203.0.113.0/24"],"in":["0.0.0.0/0"]}}}"#)
    #expect(policy.attributes.value?.rule == .unknown("attributes.rule has the member in twice"))
    let repeated = try readPolicy(#"{"id":"p","attributes":{"rule":{"in":[]},"rule":{}}}"#)
    #expect(repeated.attributes.value?.rule == .unknown("attributes.rule stands twice in the record"))
  }

  @Test func absentIsAbsent() throws {
    #expect(try readPolicy(#"{"id":"p"}"#).attributes == .absent)
    #expect(try readPolicy(#"{"id":"p","attributes":null}"#).attributes == .absent)
    let attributes = try #require(try readPolicy(#"{"id":"p","attributes":{}}"#).attributes.value)
    #expect(attributes.status == .absent)
    #expect(attributes.resources == .absent)
  }

  @Test func whatCannotBeReadIsUnknownAndAProblem() throws {
    let policy = try readPolicy(
      #"{"id":"p","type":1,"attributes":{"status":true,"updatedAt":"?","resources":[7,{"id":1,"applicationStatus":2}]}}"#
    )
    #expect(policy.type == .unknown("type is not a string"))
    let attributes = try #require(policy.attributes.value)
    #expect(attributes.status == .unknown("attributes.status is not a string"))
    let resources = try #require(attributes.resources.value)
    #expect(resources[0].applicationStatus == .unknown("attributes.resources[0] is not an object"))
    #expect(resources[1].applicationStatus == .unknown("attributes.resources[1].applicationStatus is not a string"))
    #expect(
      policy.problems.map(\.field) == [
        "type", "attributes.status", "attributes.updatedAt", "attributes.resources[0]", "attributes.resources[1].id",
        "attributes.resources[1].applicationStatus",
      ])
    #expect(
      try readPolicy(#"{"id":"p","attributes":{"resources":{}}}"#).attributes.value?.resources
        == .unknown("attributes.resources is not a list"))
  }

  @Test(arguments: [#"{"id":"p","attributes":[]}"#, #"{"id":"p","attributes":"x"}"#])
  func attributesThatAreNoObjectAreUnknown(_ record: String) throws {
    #expect(try readPolicy(record).attributes.unknownReason == "attributes is not an object")
  }

  @Test func attributesThatStandTwiceAreUnknown() throws {
    let policy = try readPolicy(#"{"id":"p","attributes":{"status":"enabled"},"attributes":{"status":"disabled"}}"#)
    #expect(policy.attributes.unknownReason == "attributes stands twice in the record")
  }

  @Test func aRecordThatIsNoObjectIsUnknown() throws {
    let policy = try readPolicy("1")
    #expect(policy.type == .unknown("the record is not an object"))
    #expect(policy.attributes.unknownReason == "the record is not an object")
    #expect(policy.problems.count == 1)
  }
}
