import Foundation
import Inventory
import TestSupport
import Testing

/// The scanner against Foundation's JSONSerialization, on documents that are generated and on documents that are
/// damaged.
struct JSONAgainstFoundationTests {
  @Test func generatedDocumentsAreReadAlike() throws {
    var random = SeededRandom(seed: 1)
    for _ in 0..<2000 {
      let text = GeneratedJSON.document(&random)
      let value = try JSONValue(parsing: Array(text.utf8))
      let reference = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
      #expect(Self.isSame(value, reference), "\(text)")
    }
  }

  @Test func damagedDocumentsAreRefusedAlike() {
    var random = SeededRandom(seed: 2)
    var refused = 0
    for _ in 0..<20_000 {
      var bytes = Array(GeneratedJSON.document(&random).utf8)
      for _ in 0...Int.random(in: 0..<3, using: &random) { GeneratedJSON.damage(&bytes, &random) }
      // Foundation takes text with zero bytes for UTF-16 or UTF-32 (RFC 4627), which RFC 8259 no longer has.
      guard !bytes.contains(0) else { continue }
      let value = try? JSONValue(parsing: bytes)
      let reference = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
      if value == nil { refused += 1 }
      #expect(
        (value != nil) == (reference != nil) || Self.mayDiffer(bytes), "\(String(decoding: bytes, as: UTF8.self))")
    }
    #expect(refused > 5000)
  }

  @Test func whatTheWriterWritesFoundationReads() throws {
    var random = SeededRandom(seed: 3)
    for _ in 0..<2000 {
      let value = try JSONValue(parsing: Array(GeneratedJSON.document(&random).utf8))
      var writer = JSONWriter()
      writer.value(nil, value)
      #expect(try JSONValue(parsing: writer.bytes) == value)
      let reference = try JSONSerialization.jsonObject(with: Data(writer.bytes), options: .fragmentsAllowed)
      #expect(Self.isSame(value, reference))
      #expect(!writer.bytes.contains { $0 < 0x20 || $0 == 0x7F })
    }
  }

  /// Foundation refuses lone surrogates, and numbers beyond a double, which RFC 8259 allows.
  private static func mayDiffer(_ bytes: [UInt8]) -> Bool {
    let text = String(decoding: bytes, as: UTF8.self).lowercased()
    return text.contains("\\ud")
      || text.contains("e")
        && text.split { !"0123456789+-.e".contains($0) }.contains {
          $0.contains("e") && Double($0).map(\.isFinite) != true
        }
  }

  private static func isSame(_ value: JSONValue, _ reference: Any) -> Bool {
    switch value {
    case .null: return reference is NSNull
    case .boolean(let flag): return (reference as? Bool) == flag
    case .number(let text): return (reference as? NSNumber)?.doubleValue == Double(text)
    case .string(let text): return (reference as? String).map { Array($0.utf8) == Array(text.utf8) } ?? false
    case .array(let elements):
      guard let list = reference as? [Any], list.count == elements.count else { return false }
      return zip(elements, list).allSatisfy { isSame($0, $1) }
    case .object(let members):
      guard let object = reference as? [String: Any], object.count == members.count else { return false }
      return members.allSatisfy { member in object[member.name].map { isSame(member.value, $0) } ?? false }
    }
  }
}

/// Random JSON text.
enum GeneratedJSON {
  static func document(_ random: inout SeededRandom, depth: Int = 0) -> String {
    let space = random.pick(["", "", "", " ", "\n", "\t \r"])
    return space + value(&random, depth: depth) + space
  }

  private static func value(_ random: inout SeededRandom, depth: Int) -> String {
    switch Int.random(in: 0..<(depth < 4 ? 9 : 6), using: &random) {
    case 0: return random.pick(["null", "true", "false"])
    case 1, 2: return number(&random)
    case 3, 4, 5: return string(&random)
    case 6: return list(&random, "[", "]") { random in document(&random, depth: depth + 1) }
    default:
      var index = 0
      return list(&random, "{", "}") { random in
        index += 1
        return "\"\(index)\(string(&random).dropFirst()):\(document(&random, depth: depth + 1))"
      }
    }
  }

  private static func list(
    _ random: inout SeededRandom, _ open: String, _ close: String, _ element: (inout SeededRandom) -> String
  ) -> String {
    open + (0..<Int.random(in: 0..<4, using: &random)).map { _ in element(&random) }.joined(separator: ",") + close
  }

  private static func number(_ random: inout SeededRandom) -> String {
    var text = random.oneIn(2) ? "-" : ""
    text += String(Int.random(in: 0..<random.pick([1, 10, 1_000_000]), using: &random))
    if random.oneIn(3) { text += "." + String(Int.random(in: 0..<1000, using: &random)) }
    if random.oneIn(4) {
      text += random.pick(["e", "E"]) + random.pick(["", "+", "-"]) + random.pick(["0", "7", "12"])
    }
    return text
  }

  private static func string(_ random: inout SeededRandom) -> String {
    let pieces = [
      "a", "Z", " ", "é", "😀", "\u{2028}", "\\n", "\\\"", "\\\\", "\\/", "\\u0041", "\\u00e9", "\\uD83D\\uDE00", "{",
      "]", ":", ",",
      "\u{7F}",
    ]
    return "\"" + (0..<Int.random(in: 0..<6, using: &random)).map { _ in random.pick(pieces) }.joined() + "\""
  }

  static func damage(_ bytes: inout [UInt8], _ random: inout SeededRandom) {
    let byte = random.pick(Array("{}[]\",:\\u0e-.tn \n\u{1}é".utf8) + [0xFF, 0x80, 0xED])
    let place = Int.random(in: 0...bytes.count, using: &random)
    switch Int.random(in: 0..<4, using: &random) {
    case 0: bytes.insert(byte, at: place)
    case 1 where place < bytes.count: bytes[place] = byte
    case 2 where place < bytes.count: bytes.remove(at: place)
    default: bytes.removeSubrange(place...)
    }
  }
}
