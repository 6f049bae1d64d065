import Foundation
import Inventory
import TestSupport
import Testing

struct TokenTableTests {
  /// Every token of a large table reads back as the record that it was made from: nothing of a neighbour, nothing of
  /// another field.
  @Test func tokensReadBackAsTheirRecords() throws {
    var random = SeededRandom(seed: 5)
    let expected = (0..<3000).map { ExpectedToken($0, &random) }
    var builder = TokenTableBuilder()
    for (index, token) in expected.enumerated() {
      #expect(builder.count == index)
      var scanner = JSONScanner(Array(token.json.utf8))
      #expect(try builder.append(&scanner) == token.id)
    }
    let table = builder.build()
    #expect(table.count == expected.count)
    for (token, expected) in zip(table, expected) {
      #expect(token.id == expected.id)
      #expect(token.label == expected.label)
      #expect(token.status == expected.status)
      #expect(token.createdAt == expected.createdAt)
      #expect(token.expiresAt == expected.expiresAt)
      #expect(token.user.value?.id == expected.owner.value.map { .value($0) })
      #expect(token.scopes == expected.scopes)
    }
  }

  @Test func anEmptyTableHasNoTokens() {
    #expect(TokenTableBuilder().build().isEmpty)
  }
}

/// A token in Swift values and the JSON that says the same.
private struct ExpectedToken {
  let id: String
  let label: Field<String>
  let status: Field<String>
  let createdAt: Field<Instant>
  let expiresAt: Field<Instant>
  let owner: Field<String>
  let scopes: Field<[String]>
  let json: String

  init(_ index: Int, _ random: inout SeededRandom) {
    id = "id-\(index)-" + String(repeating: "x", count: Int.random(in: 0..<5, using: &random))
    var members = ["\"id\":\"\(id)\""]
    func add<Value>(_ name: String, _ field: Field<Value>, _ text: (Value) -> String, wrong: String) -> Field<Value> {
      switch field {
      case .absent: members.append("\"\(name)\":null")
      case .unknown: members.append("\"\(name)\":\(wrong)")
      case .value(let value): members.append("\"\(name)\":\(text(value))")
      }
      return field
    }
    func any<Value>(_ value: Value, _ reason: String) -> Field<Value> {
      switch Int.random(in: 0..<5, using: &random) {
      case 0: .absent
      case 1: .unknown(reason)
      default: .value(value)
      }
    }
    func instant() -> Instant { Instant(milliseconds: Int64.random(in: -1...2_000_000_000_000, using: &random)) }
    let text = { (text: String) in "\"\(text)\"" }
    let instantText = { (instant: Instant) in "\"\(instant.text)\"" }
    label = add("label", any(random.pick(["", "é", "deploy"]), "label is not a string"), text, wrong: "1")
    status = add(
      "status", any(random.pick(["ALLOWED", "BLOCKED", "NEW"]), "status is not a string"), text, wrong: "[]")
    createdAt = add("createdAt", any(instant(), "createdAt is not a date-time"), instantText, wrong: "\"soon\"")
    expiresAt = add("expiresAt", any(instant(), "expiresAt is not a date-time"), instantText, wrong: "0")
    owner = add("user", any(random.pick(["u1", "u2", "u3"]), ""), { "{\"id\":\"\($0)\"}" }, wrong: "\"u1\"")
    let list = any(random.pick([[], ["a"], ["a", "b"], ["b", "a"]]), "scopes is not a list of strings")
    let read = add("scopes", list, { "[" + $0.map { "\"\($0)\"" }.joined(separator: ",") + "]" }, wrong: "[1]")
    scopes = read == .absent ? .unknown("the API did not report its scopes") : read
    json = "{" + members.shuffled(using: &random).joined(separator: ",") + "}"
  }
}
