import Audit
import Inventory
import Policy
import Testing

/// What became of the records of an organization.
struct SnapshotDifferenceTests {
  private func token(_ members: String) -> String { #"{"id":"t",\#(members)}"# }

  /// The changes of one token.
  private func changes(_ old: String, _ new: String) throws -> [String] {
    let list = try difference([token(old)], [token(new)])
    #expect(list.appeared.isEmpty && list.vanished.isEmpty)
    #expect(list.changed.count + list.unchanged == 1)
    return list.changed.flatMap(\.changes).map(Self.text)
  }

  private static func text(_ change: RecordChange) -> String {
    func text(_ values: [String]?) -> String { values.map { "[\($0.joined(separator: " "))]" } ?? "-" }
    return "\(change.field) \(change.kind.rawValue) \(text(change.old)) \(text(change.new))"
  }

  private func difference(
    _ old: [String], _ new: [String], oldGap: Coverage? = nil, newGap: Coverage? = nil
  ) throws -> ListDifference {
    let before = try AuditFixture(tokens: old, gaps: oldGap.map { [.apiTokens: $0] } ?? [:]).snapshot()
    let now = try AuditFixture(tokens: new, gaps: newGap.map { [.apiTokens: $0] } ?? [:]).snapshot()
    return try #require(SnapshotDifference(before, now).lists.first)
  }

  @Test(arguments: [
    (#""scopes":["a"]"#, #""scopes":["a","b"]"#, ["scopes gained - [b]"]),
    (#""scopes":["b","a"]"#, #""scopes":["a"]"#, ["scopes lost [b] -"]),
    (#""scopes":["a"]"#, #""scopes":["b"]"#, ["scopes gained - [b]", "scopes lost [a] -"]),
    (#""scopes":["a","b"]"#, #""scopes":["b","a"]"#, []),
    // No scopes means everything: neither gained nor lost says that.
    (#""scopes":["a"]"#, #""scopes":[]"#, ["scopes changed [a] []"]),
    (#""scopes":[]"#, #""scopes":["a"]"#, ["scopes changed [] [a]"]),
    (
      #""scopes":["a"]"#, #""label":"x""#,
      [
        "scopes unknown - [not known: the API did not report its scopes]", "label changed - [x]",
      ]
    ),
    (
      #""expiresAt":"2026-07-01T00:00:00Z""#, #""expiresAt":"2026-08-01T00:00:00Z""#,
      [
        "expiresAt extended [2026-07-01T00:00:00Z] [2026-08-01T00:00:00Z]"
      ]
    ),
    (
      #""expiresAt":"2026-08-01T00:00:00Z""#, #""expiresAt":"2026-07-01T00:00:00Z""#,
      [
        "expiresAt shortened [2026-08-01T00:00:00Z] [2026-07-01T00:00:00Z]"
      ]
    ),
    (#""expiresAt":"2026-08-01T00:00:00Z""#, #""expiresAt":null"#, ["expiresAt extended [2026-08-01T00:00:00Z] -"]),
    (#""expiresAt":null"#, #""expiresAt":"2026-08-01T00:00:00Z""#, ["expiresAt shortened - [2026-08-01T00:00:00Z]"]),
    (
      #""expiresAt":"soon""#, #""expiresAt":"2026-08-01T00:00:00Z""#,
      [
        "expiresAt unknown [not known: expiresAt is not a date-time] -"
      ]
    ),
    (#""status":"ALLOWED""#, #""status":"BLOCKED""#, ["status changed [ALLOWED] [BLOCKED]"]),
    (#""label":"a""#, #""label":"b""#, ["label changed [a] [b]"]),
    (#""user":{"id":"u","name":"A"}"#, #""user":{"id":"v","name":"A"}"#, ["user changed [A (u)] [A (v)]"]),
    // The same person by another name.
    (#""user":{"id":"u","name":"A"}"#, #""user":{"id":"u","name":"B"}"#, []),
    (#""user":{"id":"u"}"#, #""user":null"#, ["user changed [u] -"]),
    // What every use changes is no change.
    (#""lastActiveAt":"2026-07-01T00:00:00Z""#, #""lastActiveAt":"2026-08-01T00:00:00Z""#, []),
  ])
  func everyFieldThatMattersIsCompared(old: String, new: String, expected: [String]) throws {
    // Tokens whose scopes are in neither record would count them as unreadable.
    #expect(try changes(old, new) == expected)
  }

  @Test func aSecretInALabelIsMasked() throws {
    let found = try changes(#""label":"a""#, #""label":"ATATT3xFfGF0abcdefghijklmnop""#)
    #expect(found.count == 1 && !found[0].contains("abcdefgh"), "\(found)")
  }

  @Test func recordsAppearAndVanish() throws {
    let list = try difference([#"{"id":"a"}"#, #"{"id":"b"}"#], [#"{"id":"b"}"#, #"{"id":"c"}"#])
    #expect(list.appeared.map(\.id) == ["c"])
    #expect(list.vanished.map(\.id) == ["a"])
    #expect(list.unchanged == 1)
    #expect(list.unreadable == ["scopes": 1])
    #expect(list.perhapsAppeared.isEmpty && list.perhapsVanished.isEmpty)
  }

  @Test(arguments: [Coverage(state: .partial("HTTP 500"), records: 2), .refused])
  func whatWasNotSeenHasNeitherAppearedNorVanished(gap: Coverage) throws {
    let (old, new) = ([#"{"id":"a"}"#, #"{"id":"b"}"#], [#"{"id":"b"}"#, #"{"id":"c"}"#])
    let before = try difference(old, new, oldGap: gap)
    #expect(before.appeared.isEmpty)
    #expect(before.perhapsAppeared.map(\.id) == ["c"])
    #expect(before.vanished.map(\.id) == ["a"])
    let after = try difference(old, new, newGap: gap)
    #expect(after.vanished.isEmpty)
    #expect(after.perhapsVanished.map(\.id) == ["a"])
    #expect(after.appeared.map(\.id) == ["c"])
  }

  @Test func ofAnIDThatComesTwiceTheFirstIsCompared() throws {
    let list = try difference([#"{"id":"a"}"#], [#"{"id":"a"}"#, #"{"id":"a","label":"x"}"#])
    #expect(list.unchanged == 1)
    #expect(list.duplicates == 1)
    let back = try difference([#"{"id":"a"}"#, #"{"id":"a","label":"x"}"#], [#"{"id":"a"}"#])
    #expect(back.unchanged == 1)
    #expect(back.duplicates == 1)
    #expect(back.vanished.isEmpty)
  }

  @Test func keysAndPoliciesAreComparedToo() throws {
    func policy(_ status: String, _ resource: String, _ rule: String) -> String {
      #"{"id":"p","attributes":{"status":"\#(status)","rule":{"in":["\#(rule)"]},"resources":[{"id":"\#(resource)","applicationStatus":"applied"}]}}"#
    }
    var fixture = AuditFixture(
      keys: [#"{"id":"k","scopes":["a"],"createdBy":{"id":"u"}}"#], policies: [policy("enabled", "x", "10.0.0.0/8")])
    let before = try fixture.snapshot()
    fixture.keys = [#"{"id":"k","scopes":["a","b"],"createdBy":{"id":"v"}}"#]
    fixture.policies = [policy("disabled", "y", "0.0.0.0/0")]
    let difference = SnapshotDifference(before, try fixture.snapshot())
    #expect(difference.isComplete)
    #expect(
      difference.lists[1].changed.flatMap(\.changes).map(Self.text) == [
        "scopes gained - [b]", "createdBy changed [u] [v]",
      ])
    #expect(
      difference.lists[2].changed.flatMap(\.changes).map(Self.text) == [
        "attributes.status changed [enabled] [disabled]",
        #"attributes.rule changed [{"in":["10.0.0.0/8"]}] [{"in":["0.0.0.0/0"]}]"#,
        "attributes.resources gained - [y (applied)]", "attributes.resources lost [x (applied)] -",
      ])
  }

  @Test func aSnapshotIsNoDifferenceToItself() throws {
    let snapshot = try AuditFixture(tokens: [staleToken, unreadableToken], keys: [#"{"id":"k"}"#]).snapshot()
    for list in SnapshotDifference(snapshot, snapshot).lists {
      #expect(list.appeared.isEmpty && list.vanished.isEmpty && list.changed.isEmpty)
    }
  }
}
