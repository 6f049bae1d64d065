import Inventory
import Policy
import TestSupport
import Testing

@testable import Audit

struct ExpiringTests {
  private static let now = 1_780_272_000_000 as Int64

  /// Tokens and keys that expire at few different instants around the limits, of few people, whom keys name in ways of
  /// their own.
  private static func records(_ random: inout SeededRandom) -> (tokens: [String], keys: [String]) {
    func record(_ index: Int, _ member: String, _ people: [String], _ random: inout SeededRandom) -> String {
      let day = random.pick([-1, 0, 1, 1, 7, 29, 30, 30, 31]) as Int64
      let milliseconds = now + day * 86_400_000 + random.pick([-1, 0, 0, 1])
      let expiry = random.pick([
        "\"\(Instant(milliseconds: milliseconds).text)\"", "\"\(Instant(milliseconds: milliseconds).text)\"", "null",
        "7",
      ])
      let status = random.pick([#""ALLOWED""#, #""ALLOWED""#, #""BLOCKED""#, "null", "5"])
      return """
        {"id":"\(random.pick(["a", "é", "B"]))\(index % 40)","status":\(status),"expiresAt":\(expiry),
         "\(member)":\(random.pick(people))}
        """
    }
    let uuid = "6a3f8d0e-5b1c-4f7e-9a2d-0c4b8e7f1a2b"
    let ids = [
      "\(uuid)", "557058:\(uuid)", "\(uuid.uppercased())", "u1", "557058:u1", String(repeating: "long", count: 20),
    ]
    let people =
      ids.map { #"{"id":"\#($0)"}"# } + ids.map { #"{"id":"\#($0)","name":"Nora"}"# } + [
        "null", "{}", "7", #"{"id":9}"#,
      ]
    let named = [#"{"name":"u1"}"#, #"{"email":"nora@example.com"}"#, #"{"id":"only-keys"}"#]
    return (
      (0..<150).map { record($0, "user", people, &random) },
      (0..<60).map { record($0, "createdBy", people + named, &random) }
    )
  }

  @Test(arguments: 0..<20)
  func soonestFirstAndByOwner(_ seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    let (tokens, keys) = Self.records(&random)
    let inventory = AuditedInventory(
      try AuditFixture(tokens: tokens, keys: keys).snapshot(), at: Instant(milliseconds: Self.now))
    let snapshot = inventory.snapshot
    let found =
      snapshot.tokens.indices.map {
        ($0, ResourceKind.apiToken, snapshot.tokens[$0].expiresAt, snapshot.tokens[$0].status)
      }
      + snapshot.keys.indices.map { ($0, ResourceKind.apiKey, snapshot.keys[$0].expiresAt, Field<String>.absent) }
    let expected = found.compactMap { index, kind, expiresAt, status -> Expiry? in
      guard let expiresAt = expiresAt.value, status.value != "BLOCKED",
        (Self.now + 1...Self.now + 30 * 86_400_000).contains(expiresAt.milliseconds)
      else { return nil }
      return Expiry(resource: inventory.name(kind, index), expiresAt: expiresAt)
    }.sorted {
      ($0.expiresAt, $0.resource.kind.rawValue, $0.resource.id) < (
        $1.expiresAt, $1.resource.kind.rawValue, $1.resource.id
      )
    }
    let expiring = inventory.expiring()
    #expect(expiring.map(Self.text) == expected.map(Self.text))
    #expect(expected.count > 30)

    let byOwner = Dictionary(grouping: expected) { $0.resource.owner.map { $0.id ?? $0.text } ?? "" }
    let groups = expiring.byOwner()
    #expect(groups.count == byOwner.count)
    for group in groups {
      let list = byOwner[group.owner.map { $0.id ?? $0.text } ?? ""] ?? []
      #expect(group.first(.max).map(Self.text) == list.map(Self.text))
    }
    let order = expected.map { $0.resource.owner?.id ?? $0.resource.owner?.text }
    let places = groups.map { order.firstIndex(of: $0.owner?.id ?? $0.owner?.text) ?? -1 }
    #expect(places == places.sorted())
  }

  private static func text(_ expiry: Expiry) -> String {
    "\(expiry.expiresAt.text) \(expiry.resource.kind.rawValue) \(expiry.resource.id)"
  }
}
