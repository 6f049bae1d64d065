import Inventory
import Testing

struct JSONWriterTests {
  @Test func membersComeInTheOrderOfTheCallsWithoutSpaces() {
    var writer = JSONWriter()
    writer.object { writer in
      writer.string("a", "x")
      writer.string("b", nil)
      writer.integer("c", -1)
      writer.integer("d", nil)
      writer.boolean("e", false)
      writer.strings("f", ["1", "2"])
      writer.array("g") { writer in
        writer.object { _ in }
        writer.array { _ in }
      }
      writer.value("h", .number("9007199254740993"))
    }
    writer.newline()
    writer.object { _ in }
    #expect(
      String(decoding: writer.bytes, as: UTF8.self)
        == #"{"a":"x","b":null,"c":-1,"d":null,"e":false,"f":["1","2"],"g":[{},[]],"h":9007199254740993}"# + "\n{}")
  }

  @Test func whatCouldActOrSplitALineIsEscaped() {
    var writer = JSONWriter()
    writer.string(nil, "\"\\\n\r\t\u{0}\u{1B}\u{7F}\u{85}\u{9B}\u{2028}\u{2029}é")
    #expect(
      String(decoding: writer.bytes, as: UTF8.self)
        == #""\"\\\n\r\t\u0000\u001b\u007f\u0085\u009b\u2028\u2029é""#)
  }

  @Test(arguments: [
    ("\u{1}", #"\u0001"#), ("\"", #"\""#), ("\\", #"\\"#), ("\u{7F}", #"\u007f"#), ("\u{80}", #"\u0080"#),
    ("\u{9F}", #"\u009f"#), ("\u{2028}", #"\u2028"#), ("\u{2029}", #"\u2029"#),
  ])
  func whatIsEscapedIsFoundAnywhereInALongText(hostile: String, escape: String) {
    for place in 0..<80 {
      let (before, after) = (String(repeating: "a", count: place), String(repeating: "é", count: 80 - place))
      var writer = JSONWriter()
      writer.string(nil, before + hostile + after)
      #expect(writer.bytes == Array("\"\(before)\(escape)\(after)\"".utf8))
    }
  }

  @Test(arguments: ["\u{A0}£ÿ", "‐€⟿", "\u{10FFFF}😀", " ~\u{FFFD}"])
  func whatNeedsNoEscapeIsWrittenAsItIs(text: String) {
    var writer = JSONWriter()
    writer.string(nil, text)
    #expect(writer.bytes == Array("\"\(text)\"".utf8))
  }

  @Test func aCarriageReturnWithALineFeedIsTwoScalars() {
    var writer = JSONWriter()
    writer.string(nil, "a\r\nb")
    #expect(String(decoding: writer.bytes, as: UTF8.self) == #""a\r\nb""#)
  }
}
