import Inventory
import TestSupport
import Testing

/// Objects read in one go, against the general methods.
struct PlainObjectTests {
  /// What stands behind a record in a page.
  private static let tail = Array(#",{"id":"next"}],"links":{"next":"abcdefgh"}}"#.utf8)

  private struct Reading: Equatable {
    var extent: JSONExtent
    var text: Range<Int>?
    var hasEscapes = false
  }

  /// What the general methods say of the object at the beginning; nil when it is none.
  private static func general(_ bytes: [UInt8], depth: Int = 0) -> Reading? {
    var scanner = JSONScanner(bytes, depth: depth)
    var texts: [JSONString?] = []
    let extent = try? scanner.extent { scanner throws(JSONError) in
      try scanner.readObject { scanner, name throws(JSONError) in
        let isString = try scanner.peek() == .string
        guard scanner.equals(name, "id") else { return _ = try scanner.skipValue() }
        texts.append(isString ? try scanner.readString() : nil)
        if !isString { try scanner.skipValue() }
      }
    }
    let text = texts.count == 1 ? texts[0].flatMap { $0.range.isEmpty ? nil : $0 } : nil
    return extent.map { Reading(extent: $0, text: text?.range, hasEscapes: text?.hasEscapes ?? false) }
  }

  private static func plain(_ bytes: [UInt8], depth: Int = 0) -> Reading? {
    var scanner = JSONScanner(bytes, depth: depth)
    guard let object = scanner.consumePlainObject(textOf: "id") else {
      #expect(scanner.position == 0, "nothing is consumed")
      return nil
    }
    #expect(scanner.position == object.extent.range.upperBound)
    return Reading(extent: object.extent, text: object.text?.range, hasEscapes: object.text?.hasEscapes ?? false)
  }

  @Test(arguments: [
    "{}", #"{"id":"a"}"#, #"{"id":"größe 😀 \#u{7F}"}"#, #"{"id":""}"#, #"{"id":null}"#, #"{"id":7}"#, #"{"id":["a"]}"#,
    #"{"id":"a","id":"b"}"#, #"{"id":"a","id":null}"#, #"{"x":{"id":"inner"}}"#, #"{"x":{"id":"inner"},"id":"outer"}"#,
    #"{"x":[],"y":{},"z":[[],{}],"id":"a"}"#, #"{"n":[-0,1.5e-7,12,true,false,null]}"#,
    #"{"idx":"a","i":"b","ID":"c"}"#,
    #"{"":""}"#, #"{"a long name with more than eight bytes":"a text of more than sixteen bytes, that goes on"}"#,
  ])
  func plainObjectsAreRead(_ text: String) throws {
    let bytes = Array(text.utf8) + Self.tail
    let reading = try #require(Self.plain(bytes))
    #expect(reading == Self.general(bytes))
    #expect(reading.extent.range == 0..<text.utf8.count)
  }

  @Test(arguments: [
    "", "[]", "7", #""id""#, " {}", "{ }", #"{"id" :"a"}"#, #"{"id": "a"}"#, #"{"id":"a" }"#, #"{"x":[ ]}"#,
    #"{"x":[1 ,2]}"#, #"{"n": 1}"#, #"{"n":1 }"#, "{\"x\":\n7}", #"{"i\u0064":"a"}"#, #"{"id":"a\n"}"#,
    #"{"id":"a",}"#, #"{,"id":"a"}"#, #"{"id"}"#, #"{"id":}"#, #"{"x":[1,]}"#, #"{"x":[,1]}"#, #"{"x":[1}}"#,
    #"{"x":{]}"#,
    #"{"id":"a"]"#, #"{"n":01}"#, #"{"n":-}"#, #"{"n":+1}"#, #"{"n":tru}"#, #"{"n":nul}"#, #"{"n":nulls}"#, #"{id:1}"#,
    "{\"x\":\"\u{1}\"}", "{\"x\":\"\n\"}",
  ])
  func everythingElseIsLeft(_ text: String) {
    #expect(Self.plain(Array(text.utf8) + Self.tail) == nil)
  }

  @Test(
    arguments: [
      [0x80], [0xC0, 0xAF], [0xC3], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80],
      [0xF4, 0x90, 0x80, 0x80], [0xFF], [0xE2, 0x82],
    ] as [[UInt8]])
  func whatIsNoUTF8IsLeft(_ bytes: [UInt8]) {
    for before in 0..<17 {
      let text = Array(#"{"id":""#.utf8) + Array(repeating: 0x61, count: before) + bytes + Array(#""}"#.utf8)
      #expect(Self.plain(text + Self.tail) == nil)
    }
  }

  /// Wherever the bytes end, nothing behind them is looked at.
  @Test func cutObjectsAreLeft() {
    let text = Array(#"{"id":"0123456789abcdef","x":[{"y":null,"größe":[1.5,true]}]}"#.utf8)
    for end in 0..<text.count { #expect(Self.plain(Array(text[..<end])) == nil) }
    for end in 0...Self.tail.count {
      let bytes = text + Self.tail[..<end]
      if let reading = Self.plain(bytes) { #expect(reading == Self.general(bytes)) }
    }
    var scanner = JSONScanner(text + Self.tail, in: 0..<text.count - 1)
    #expect(scanner.consumePlainObject(textOf: "id") == nil)
  }

  @Test func nestingIsBoundedAsItIsForOthers() {
    for (depth, nesting) in [(0, 10), (0, 63), (0, 64), (0, 300), (250, 3), (250, 5), (250, 6), (250, 10)] {
      let text = #"{"x":"# + String(repeating: "[", count: nesting) + String(repeating: "]", count: nesting) + "}"
      let bytes = Array(text.utf8) + Self.tail
      if let reading = Self.plain(bytes, depth: depth) { #expect(reading == Self.general(bytes, depth: depth)) }
    }
    #expect(Self.plain(Array(#"{"x":[[[]]]}"#.utf8) + Self.tail) != nil)
  }

  @Test func generatedObjectsAreReadAlike() {
    var random = SeededRandom(seed: 11)
    var plain = 0
    for _ in 0..<20_000 {
      var bytes = Array(Self.object(&random).utf8)
      if random.oneIn(2) { GeneratedJSON.damage(&bytes, &random) }
      bytes += Self.tail
      guard let reading = Self.plain(bytes) else { continue }
      plain += 1
      #expect(reading == Self.general(bytes), "\(String(decoding: bytes, as: UTF8.self))")
    }
    #expect(plain > 8000)
  }

  private static func object(_ random: inout SeededRandom, depth: Int = 0) -> String {
    let members = (0..<Int.random(in: 0..<5, using: &random)).map { _ in
      let name = random.pick(["id", "id", "label", "größe", "", "a longer name than that"])
      return "\"\(name)\":" + (random.oneIn(40) ? " " : "") + value(&random, depth: depth)
    }
    return "{" + members.joined(separator: ",") + "}"
  }

  private static func value(_ random: inout SeededRandom, depth: Int) -> String {
    switch Int.random(in: 0..<(depth < 4 ? 8 : 6), using: &random) {
    case 0: return random.pick(["null", "true", "false"])
    case 1: return random.pick(["0", "-1", "2.5", "1e9", "-0.1E-7", "9007199254740993"])
    case 2...5:
      let pieces = ["a", "0123456789", "é", "😀", "{", "]", ":", ",", random.oneIn(20) ? "\\n" : "b"]
      return "\"" + (0..<Int.random(in: 0..<8, using: &random)).map { _ in random.pick(pieces) }.joined() + "\""
    case 6: return object(&random, depth: depth + 1)
    default:
      let elements = (0..<Int.random(in: 0..<4, using: &random)).map { _ in value(&random, depth: depth + 1) }
      return "[" + elements.joined(separator: ",") + "]"
    }
  }
}
