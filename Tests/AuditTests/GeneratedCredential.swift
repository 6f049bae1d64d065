import Inventory
import TestSupport

/// A token or key with random fields, each of which may be missing or unreadable.
struct GeneratedCredential {
  enum Value<Content: Equatable>: Equatable {
    case missing, unreadable
    case known(Content)
  }

  let id: String
  let status: Value<String>
  let createdAt: Value<Int64>
  let expiresAt: Value<Int64>
  let lastActiveAt: Value<Int64>
  /// Missing when the API says nothing about them.
  let scopes: Value<[String]>
  let json: String

  init(_ index: Int, isToken: Bool, now: Int64, _ random: inout SeededRandom) {
    id = "id-\(1000 + index)"
    func some<Content>(_ content: Content) -> Value<Content> {
      switch Int.random(in: 0..<12, using: &random) {
      case 0, 1: .missing
      case 2: .unreadable
      default: .known(content)
      }
    }
    /// Around the instant, often exactly at a limit.
    func instant(_ days: [Int64]) -> Int64 { now + random.pick(days) * 86_400_000 + random.pick([-1, 0, 0, 1]) }
    status = isToken ? some(random.pick(["ALLOWED", "ALLOWED", "ALLOWED", "BLOCKED", "NEW"])) : .missing
    createdAt = some(instant([-400, -100, -90, -60, -30, -14, -1]))
    expiresAt = some(instant([-10, 0, 7, 14, 30, 60, 300]))
    lastActiveAt = some(instant([-200, -90, -30, -14, -1]))
    scopes = some(Self.scopes(&random))
    var members = ["\"id\":\"\(id)\"", "\"user\":{\"id\":\"u\(index % 7)\"}", "\"label\":\"label \(index % 5)\""]
    func add<Content>(_ name: String, _ value: Value<Content>, _ text: (Content) -> String) {
      switch value {
      case .missing: if random.oneIn(2) { members.append("\"\(name)\":null") }
      case .unreadable: members.append("\"\(name)\":7")
      case .known(let content): members.append("\"\(name)\":\(text(content))")
      }
    }
    let instantText = { (milliseconds: Int64) in "\"\(Instant(milliseconds: milliseconds).text)\"" }
    if isToken { add("status", status) { "\"\($0)\"" } }
    add("createdAt", createdAt, instantText)
    add("expiresAt", expiresAt, instantText)
    add("lastActiveAt", lastActiveAt, instantText)
    add("scopes", scopes) { "[" + $0.map { "\"\($0)\"" }.joined(separator: ",") + "]" }
    json = "{" + members.shuffled(using: &random).joined(separator: ",") + "}"
  }

  private static let catalogue = ScopeCatalogue.builtIn.all.map(\.name)
  private static let reading = ScopeCatalogue.builtIn.all.filter { $0.access == "read" }.map(\.name)

  private static func scopes(_ random: inout SeededRandom) -> [String] {
    if random.oneIn(6) { return [] }
    let count = random.pick([1, 1, 2, 2, 3, 20, 21])
    let pool = random.oneIn(2) ? reading : catalogue
    var scopes = (0..<count).map { _ in random.pick(pool) }
    if random.oneIn(4) {
      scopes[0] = random.pick(["grant:thing", "read:new:jira", "write:new:nowhere", "grant:new:jira"])
    }
    return scopes
  }
}
