import Inventory
import TestSupport
import Testing

/// People whom tokens name are kept once, and never one for the other.
struct PeopleTests {
  /// Each differs from the first in one thing, as long as there.
  private static let people = [
    ["712020:8b7511b0-dc22-4038-91ff-6fa13f11ebb9", "org-1", "Uma Yard", "uma@example.com"],
    ["712020:8b7511b0-dc22-4038-91ff-6fa13f11ebb8", "org-1", "Uma Yard", "uma@example.com"],
    ["712020:7b7511b0-dc22-4038-91ff-6fa13f11ebb9", "org-1", "Uma Yard", "uma@example.com"],
    ["712021:8b7511b0-dc22-4038-91ff-6fa13f11ebb9", "org-1", "Uma Yard", "uma@example.com"],
    ["712020:8B7511B0-DC22-4038-91FF-6FA13F11EBB9", "org-1", "Uma Yard", "uma@example.com"],
    ["712020:8b7511b0-dc22-4038-91ff-6fa13f11ebb9", "org-2", "Uma Yard", "uma@example.com"],
    ["712020:8b7511b0-dc22-4038-91ff-6fa13f11ebb9", "org-1", "Uma Yarn", "uma@example.com"],
    ["712020:8b7511b0-dc22-4038-91ff-6fa13f11ebb9", "org-1", "Uma Yard", "uma@example.net"],
    ["712020:8b7511b0-dc22-4038-91ff-6fa13f11ebb9", "org-1", "Uma Yardu", "ma@example.com"],
    ["5b10a2844c20165700ede21g", "org-1", "Uma Yard", "uma@example.com"],
    ["5b10a2844c20165700ede21h", "org-1", "Uma Yard", "uma@example.com"],
    ["e\u{301}", "org-1", "Uma Yard", "uma@example.com"], ["\u{E9}\u{301}", "org-1", "Uma Yard", "uma@example.com"],
    ["\u{E9}", "org-1", "Uma Yard", "uma@example.com"],
    ["712020:8b7511b0-dc22-4038-91ff-6fa13f11ebb9", "org-1", String(repeating: "Uma", count: 30_000), "u@example.com"],
    ["712020:8b7511b0-dc22-4038-91ff-6fa13f11ebb9", "org-1", String(repeating: "Uma", count: 29_999), "u@example.com"],
    ["ari:" + String(repeating: "a", count: 70_000), "org-1", "Uma Yard", "uma@example.com"],
    ["ari:" + String(repeating: "b", count: 70_000), "org-1", "Uma Yard", "uma@example.com"],
  ]
  /// How many ids they have, by their bytes.
  private static let accountCount = Set(people.map { Array($0[0].utf8) }).count

  @Test func peopleAreToldApartByAllOfTheirBytes() throws {
    // Many times, so that they are met among those of a block, and again in another one.
    let order = (0..<300).map { ($0 * 7) % Self.people.count }
    let records = order.enumerated().map { index, person in
      let (id, organization, name, email) = (
        Self.people[person][0], Self.people[person][1], Self.people[person][2], Self.people[person][3]
      )
      return
        #"{"id":"\#(index)","user":{"id":"\#(id)","orgId":"\#(organization)","name":"\#(name)","email":"\#(email)"}}"#
    }
    let lines =
      [SnapshotLines.header] + records.map { #"{"kind":"api-token","record":\#($0)}"# }
      + [SnapshotLines.trailer(counts: (300, 0, 0), records: (300, 0, 0))]
    for tokens in [try readTokens(records), try SnapshotLines.read(lines).tokens] {
      for (token, person) in zip(tokens, order) {
        let user = token.user.value
        let fields = [user?.id, user?.orgID, user?.name, user?.email].map { Array(($0?.value ?? "").utf8) }
        #expect(fields == Self.people[person].map { Array($0.utf8) })
      }
      #expect(tokens.vocabulary.userCount == Self.people.count)
      let owners = Owners(of: tokens)
      #expect(owners.count == Self.accountCount)
      #expect(
        owners.allSatisfy { owner in owner.tokens.allSatisfy { Self.id(tokens[Int($0)]) == Array(owner.id.utf8) } })
    }
  }

  private static func id(_ token: APIToken) -> [UInt8] { Array((token.user.value?.id.value ?? "").utf8) }
}
