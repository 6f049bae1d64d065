import Inventory
import Testing

struct JSONScannerTests {
  @Test(arguments: [
    "", " ", "{", "}", "[", "[1,]", "[,1]", "[1 2]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{1:1}",
    "{\"a\":1 \"b\":2}",
    "01", "-", "-01", "1.", ".5", "+1", "1e", "1e+", "0x1", "1.e5", "Infinity", "NaN", "tru", "True", "nul", "nulll",
    "\"", "\"\\\"", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"a\nb\"", "\"\u{1}\"", "'a'", "1 1", "{}{}", "\u{FEFF}1",
    "1\u{0}",
    "[1]]", "// a\n1", "\"\\",
  ])
  func whatIsNotJSONIsRefused(_ text: String) {
    #expect(throws: JSONError.self) { try JSONValue(parsing: Array(text.utf8)) }
  }

  @Test(arguments: [
    ("null", JSONValue.null), (" true ", .boolean(true)), ("false", .boolean(false)), ("-0", .number("-0")),
    ("1.5e-7", .number("1.5e-7")), ("9007199254740993", .number("9007199254740993")),
    ("\"a\\u0062\\n\\/\"", .string("ab\n/")), ("\"\\uD83D\\uDE00\"", .string("😀")), ("\"größe\"", .string("größe")),
    ("\t[ ]\r\n", .array([])), ("{ }", .object([])), ("[1 , [null]]", .array([.number("1"), .array([.null])])),
    (
      "{\"a\" : 1, \"a\":2}",
      .object([.init(name: "a", value: .number("1")), .init(name: "a", value: .number("2"))])
    ),
  ])
  func valuesAreRead(_ text: String, _ value: JSONValue) throws {
    #expect(try JSONValue(parsing: Array(text.utf8)) == value)
  }

  @Test(
    arguments: [
      [0x80], [0xC0, 0xAF], [0xC3], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80],
      [0xF4, 0x90, 0x80, 0x80],
      [0xFF], [0xE2, 0x82], [0xC3, 0x22],
    ] as [[UInt8]])
  func invalidUTF8IsRefused(_ bytes: [UInt8]) {
    #expect(throws: JSONError.self) { try JSONValue(parsing: [0x22] + bytes + [0x22]) }
  }

  @Test func everyUnicodeScalarIsReadRawAndEscaped() throws {
    for value in stride(from: UInt32(0x20), through: 0x10FFFF, by: 37) {
      guard let scalar = Unicode.Scalar(value), scalar != "\"", scalar != "\\" else { continue }
      let units = String(scalar).utf16.map { unit in
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
      let both = "\"\(scalar)\(units.joined())\""
      #expect(try JSONValue(parsing: Array(both.utf8)) == .string(String(scalar) + String(scalar)))
    }
  }

  @Test(arguments: ["\\ud800", "\\udc00", "\\ud800x", "\\ud800\\u0041", "\\udc00\\ud800"])
  func aLoneSurrogateBecomesTheReplacementCharacter(_ escape: String) throws {
    let value = try JSONValue(parsing: Array("\"\(escape)\"".utf8))
    #expect(value.string?.unicodeScalars.first == "\u{FFFD}")
  }

  @Test func nestingIsBounded() throws {
    func nested(_ depth: Int) -> [UInt8] {
      Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
    }
    _ = try JSONValue(parsing: nested(JSONScanner.maximumDepth))
    let error = #expect(throws: JSONError.self) { try JSONValue(parsing: nested(JSONScanner.maximumDepth + 1)) }
    #expect(error?.offset == JSONScanner.maximumDepth)
    #expect(throws: JSONError.self) { try JSONValue(parsing: nested(1_000_000)) }
  }

  @Test func aRangeOfTheBytesIsADocumentOfItsOwn() throws {
    let bytes = Array("xx{\"a\":\"b\"}yy".utf8)
    var scanner = JSONScanner(bytes, in: 2..<11)
    #expect(try scanner.readValue()["a"] == .string("b"))
    try scanner.finish()
    var cut = JSONScanner(bytes, in: 2..<10)
    #expect(throws: JSONError.self) { try cut.skipValue() }
    var cutInString = JSONScanner(bytes, in: 2..<9)
    #expect(throws: JSONError.self) { try cutInString.skipValue() }
  }

  @Test func aSkippedValueIsMinifiedTokenByToken() throws {
    let text = " { \"a b\" : [ 1.50 , \"x \\\" y\" , null ] ,\n\t\"c\" : 9007199254740993 } "
    var scanner = JSONScanner(Array(text.utf8))
    let range = try scanner.skipValue()
    var bytes: [UInt8] = []
    scanner.appendMinified(range, to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == #"{"a b":[1.50,"x \" y",null],"c":9007199254740993}"#)
  }

  @Test func aRepeatedNameIsFoundAtAnyDepth() throws {
    #expect(try JSONValue(parsing: Array(#"{"a":{"b":1},"c":[{"b":1}]}"#.utf8)).repeatedName == nil)
    #expect(try JSONValue(parsing: Array(#"{"a":{"b":1},"c":[{"b":1,"b":1}]}"#.utf8)).repeatedName == "b")
    #expect(try JSONValue(parsing: Array(#"{"a":1,"\u0061":2}"#.utf8)).repeatedName == "a")
  }
}
