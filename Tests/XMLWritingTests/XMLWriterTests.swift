import Foundation
import TestSupport
import Testing
import XMLWriting

/// A document as bytes.
func document(_ body: (inout XMLWriter) throws -> Void) throws -> [UInt8] {
  var bytes: [UInt8] = []
  try writeXML(to: { piece in for index in piece.indices { bytes.append(piece[index]) } }, body)
  return bytes
}

/// `<root value="TEXT">TEXT</root>`, read back by another parser.
func roundTrip(_ text: String) throws -> ParsedXML.Element? {
  let bytes = try document { xml in
    try xml.startElement("root")
    try xml.attribute("value", text)
    try xml.text(text)
    try xml.endElement()
  }
  return try ParsedXML(bytes).elements.first
}

struct XMLWriterTests {
  @Test func writesADocument() throws {
    let bytes = try document { xml in
      try xml.startElement("a")
      try xml.attribute("b", "<&\">'\t\n\r")
      try xml.startElement("c-1._")
      try xml.text("]]> & <x> \"q\"")
      try xml.text(" größe\r\n")
      try xml.endElement()
      try xml.startElement("e")
      try xml.endElement()
      try xml.endElement()
    }
    #expect(
      String(decoding: bytes, as: UTF8.self) == """
        <?xml version="1.0" encoding="UTF-8"?>
        <a b="&lt;&amp;&quot;&gt;'&#9;&#10;&#13;"><c-1._>]]&gt; &amp; &lt;x&gt; &quot;q&quot; größe&#13;\n</c-1._><e/></a>\n
        """)
  }

  @Test func forbiddenCharactersAreReplacedAndOthersKept() throws {
    let allowed: (UInt32) -> Bool = { $0 == 9 || $0 == 10 || $0 == 13 || (0x20...0xFFFD).contains($0) || $0 > 0xFFFF }
    let values =
      Array(0...0x2FF) + Array(0xD7F0...0xD7FF) + Array(0xE000...0xE010) + Array(0xEFF0...0x10010)
      + [0x1FFFE, 0x1FFFF, 0x10FFFF]
    for value in values {
      let scalar = try #require(Unicode.Scalar(UInt32(value)))
      let read = try roundTrip("a\(scalar)b")
      let expected = allowed(UInt32(value)) ? "a\(scalar)b" : "a\u{FFFD}b"
      // By scalars: Swift takes canonically equivalent strings for equal.
      #expect(
        read.map { Array($0.text.unicodeScalars) } == Array(expected.unicodeScalars), "U+\(String(value, radix: 16))")
      #expect(read?.attributes["value"].map { Array($0.unicodeScalars) } == Array(expected.unicodeScalars))
    }
  }

  @Test(arguments: [
    "", " ", "  a  ", "\t\n\r", "\r\n", "]]>", "<![CDATA[x]]>", "&amp;", "&#1;", "'\"", "\0", "a\0b\0", "\u{FFFE}",
  ])
  func textSurvives(text: String) throws {
    let expected = String(
      String.UnicodeScalarView(text.unicodeScalars.map { $0.value == 0 || $0.value == 0xFFFE ? "\u{FFFD}" : $0 }))
    let read = try roundTrip(text)
    #expect(read?.text.unicodeScalars.map(\.value) == expected.unicodeScalars.map(\.value))
    #expect(read?.attributes["value"]?.unicodeScalars.map(\.value) == expected.unicodeScalars.map(\.value))
  }

  @Test func forbiddenCharactersAreFoundAnywhereInALongText() throws {
    for place in 0..<80 {
      let (before, after) = (String(repeating: "a\n", count: place), String(repeating: "\tb", count: 80 - place))
      for forbidden in ["\u{1}", "\u{1F}", "\u{FFFF}"] {
        #expect(try roundTrip(before + forbidden + after)?.text == before + "\u{FFFD}" + after)
      }
    }
  }

  @Test func longTextSurvives() throws {
    let text = String(repeating: "0123456789ä<", count: 1_000_000)
    let bytes = try document { xml in
      try xml.startElement("root")
      try xml.text(text)
      try xml.endElement()
    }
    let expected =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<root>" + text.replacingOccurrences(of: "<", with: "&lt;")
      + "</root>\n"
    #expect(bytes == Array(expected.utf8))
  }

  @Test func whatWouldNotBeWellFormedIsRefused() {
    func refuses(
      _ expected: String, _ body: (inout XMLWriter) throws -> Void, _ location: SourceLocation = #_sourceLocation
    ) {
      let error = #expect(throws: XMLWritingError.self, sourceLocation: location) { try document(body) }
      #expect(error?.message == expected, sourceLocation: location)
    }
    refuses("the document has no root element") { _ in }
    refuses("the document ends with 1 elements open") { try $0.startElement("a") }
    refuses("an element is ended that was not started") { try $0.endElement() }
    refuses("there is text outside of the root element") { try $0.text("a") }
    refuses("the attribute b does not follow its element's start") { try $0.attribute("b", "") }
    refuses("the element b would be a second root") {
      try $0.startElement("a")
      try $0.endElement()
      try $0.startElement("b")
    }
    refuses("there is text outside of the root element") {
      try $0.startElement("a")
      try $0.endElement()
      try $0.text("a")
    }
    refuses("the attribute b was given twice") {
      try $0.startElement("a")
      try $0.attribute("b", "1")
      try $0.attribute("c", "1")
      try $0.attribute("b", "2")
    }
    refuses("the attribute b does not follow its element's start") {
      try $0.startElement("a")
      try $0.text("")
      try $0.attribute("b", "1")
    }
    refuses("the attribute b does not follow its element's start") {
      try $0.startElement("a")
      try $0.startElement("c")
      try $0.endElement()
      try $0.attribute("b", "1")
    }
    for name: StaticString in ["", "1a", "-a", "a b", "a>", "a:b", "ä", "a/", "a\0"] {
      refuses("\"\(name)\" is not an XML name") { try $0.startElement(name) }
      refuses("\"\(name)\" is not an XML name") {
        try $0.startElement("a")
        try $0.attribute(name, "")
      }
    }
  }

  @Test func sameAttributeOnAnotherElementIsFine() throws {
    let bytes = try document { xml in
      try xml.startElement("a")
      try xml.attribute("b", "1")
      try xml.startElement("a")
      try xml.attribute("b", "2")
      try xml.endElement()
      try xml.endElement()
    }
    #expect(try ParsedXML(bytes).elements.map { $0.attributes["b"] } == ["1", "2"])
  }

  struct Full: Error, Equatable {}

  @Test(arguments: [0, 1, 5000, 1_000_000]) func sinksErrorSurfaces(capacity: Int) {
    var taken = 0
    var written = 0
    #expect(throws: Full()) {
      try writeXML(
        to: { bytes in
          taken += bytes.count
          if taken > capacity { throw Full() }
        },
        { xml in
          try xml.startElement("root")
          for number in 0..<100_000 {
            try xml.startElement("item")
            try xml.attribute("number", "\(number)")
            try xml.text("some text")
            try xml.endElement()
            written += 1
          }
          try xml.endElement()
        })
    }
    // It is noticed soon, and not only at the end.
    #expect(written < capacity / 20 + 1000)
  }

  @Test func sinksErrorSurfacesWhenTheBodySwallowsIt() {
    #expect(throws: Full()) {
      try writeXML(
        to: { _ in throw Full() },
        { xml in
          try xml.startElement("root")
          try? xml.text(String(repeating: "x", count: 100_000))
          try? xml.endElement()
        })
    }
  }

  @Test func bodysErrorSurfacesAndStopsWriting() {
    struct Stop: Error {}
    #expect(throws: Stop.self) {
      try document { xml in
        try xml.startElement("root")
        throw Stop()
      }
    }
  }
}
