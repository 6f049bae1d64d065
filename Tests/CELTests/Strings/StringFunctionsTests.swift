import Testing

@testable import CEL

struct StringFunctionsTests {
  @Test(
    arguments: [
      ("tacocat", 0, "t"), ("tacocat", 6, "t"), ("tacocat", 7, ""), ("", 0, ""), ("©αT", 1, "α"),
      ("e\u{301}x", 1, "\u{301}"),
      ("\u{1F431}!", 1, "!"),
    ] as [(String, Int64, String)])
  func charAt(text: String, position: Int64, character: String) throws {
    #expect(try StringFunctions.charAt(text, position).utf8.elementsEqual(character.utf8))
  }

  @Test(
    arguments: [
      ("tacocat", 0, 7, "tacocat"), ("tacocat", 4, 7, "cat"), ("tacocat", 4, 4, ""), ("ta©o©αT", 2, 6, "©o©α"),
      ("ta©o©αT", 7, 7, ""), ("", 0, 0, ""), ("\r\n", 1, 2, "\n"), ("🇩🇪", 1, 2, "\u{1F1EA}"),
    ] as [(String, Int64, Int64, String)])
  func substring(text: String, start: Int64, end: Int64, part: String) throws {
    #expect(try StringFunctions.substring(text, from: start, to: end) == part)
    if end == text.unicodeScalars.count { #expect(try StringFunctions.substring(text, from: start) == part) }
  }

  @Test(arguments: [-1, 8, .min, .max] as [Int64])
  func positionsOutsideAreErrors(position: Int64) {
    let error = StringFunctionError.indexOutOfRange(position)
    #expect(throws: error) { try StringFunctions.charAt("tacocat", position) }
    #expect(throws: error) { try StringFunctions.substring("tacocat", from: position) }
    #expect(throws: error) { try StringFunctions.indexOf("tacocat", "a", from: position) }
    #expect(throws: error) { try StringFunctions.indexOf("tacocat", "", from: position) }
    #expect(throws: error) { try StringFunctions.lastIndexOf("tacocat", "a", upTo: position) }
    #expect(error.description == "index out of range: \(position)")
  }

  @Test func rangesOutsideAreErrors() {
    #expect(throws: StringFunctionError.indexOutOfRange(50)) {
      try StringFunctions.substring("tacocat", from: 1, to: 50)
    }
    #expect(throws: StringFunctionError.indexOutOfRange(49)) {
      try StringFunctions.substring("tacocat", from: 49, to: 50)
    }
    #expect(throws: StringFunctionError.indexOutOfRange(-1)) {
      try StringFunctions.substring("tacocat", from: -1, to: 2)
    }
    #expect(throws: StringFunctionError.invalidRange(start: 4, end: 3)) {
      try StringFunctions.substring("tacocat", from: 4, to: 3)
    }
    #expect(
      StringFunctionError.invalidRange(start: 4, end: 3).description == "invalid substring range. start: 4, end: 3")
  }

  @Test(
    arguments: [
      ("tacocat", "", 0, 0), ("tacocat", "", 3, 3), ("tacocat", "", 7, 7), ("tacocat", "a", 3, 5),
      ("tacocat", "at", 3, 5),
      ("tacocat", "t", 7, -1), ("ta©o©αT", "©", 3, 4), ("ta©o©αT", "©αT", 3, 4), ("ta©o©αT", "©α", 5, -1),
      ("ijk", "k", 0, 2),
      ("hello wello", "hello wello", 0, 0), ("hello wello", "ello", 6, 7), ("", "a", 0, -1), ("a", "aa", 0, -1),
      ("aabaabaaab", "aaab", 0, 6), ("ababac", "abac", 0, 2), ("aaaa", "aa", 1, 1),
    ] as [(String, String, Int64, Int64)])
  func indexOf(text: String, part: String, start: Int64, result: Int64) throws {
    #expect(try StringFunctions.indexOf(text, part, from: start) == result)
  }

  @Test(
    arguments: [
      ("tacocat", "", 3, 3), ("tacocat", "a", 3, 1), ("tacocat", "t", 7, 6), ("ta©o©αT", "©", 3, 2),
      ("bananananana", "nana", 7, 6), ("aaaa", "aa", 4, 2), ("aaaa", "aa", 1, 1), ("tacocat", "x", 7, -1),
      ("", "a", 0, -1),
      ("tacocat", "ocat", 2, -1), ("tacocat", "ocat", 3, 3),
    ] as [(String, String, Int64, Int64)])
  func lastIndexOf(text: String, part: String, end: Int64, result: Int64) throws {
    #expect(try StringFunctions.lastIndexOf(text, part, upTo: end) == result)
  }

  @Test(
    arguments: [
      ("", "@@", -1), ("tacocat", "at", 5), ("tacocat", "none", -1), ("tacocat", "", 7),
      ("hello wello", "elbo room!!", -1),
      ("hello wello", "hello wello", 0), ("tacocat", "tacocatx", -1), ("©©", "©", 1),
    ] as [(String, String, Int64)])
  func lastIndexOf(text: String, part: String, result: Int64) throws {
    #expect(try StringFunctions.lastIndexOf(text, part) == result)
  }

  @Test(
    arguments: [
      ("12 days 12 hours", "{0}", "2", -1, "12 days 12 hours"),
      ("{0} days {0} hours", "{0}", "2", -1, "2 days 2 hours"),
      ("{0} days {0} hours", "{0}", "2", 1, "2 days {0} hours"), ("1 ©αT taco", "αT", "o©α", -1, "1 ©o©α taco"),
      ("hello hello", "he", "we", 0, "hello hello"), ("hello hello", "he", "we", .max, "wello wello"),
      ("hello", "l", "", -1, "heo"), ("aaa", "aa", "b", -1, "ba"), ("abc", "", "-", -1, "-a-b-c-"),
      ("abc", "", "-", 2, "-a-bc"),
      ("abc", "", "-", 4, "-a-b-c-"), ("", "", "-", -1, "-"), ("", "x", "-", -1, ""),
      ("e\u{301}", "e", "a", -1, "a\u{301}"),
      ("ab", "", "é", .min, "éaébé"),
    ] as [(String, String, String, Int64, String)])
  func replace(text: String, part: String, replacement: String, limit: Int64, result: String) {
    #expect(StringFunctions.replace(text, part, with: replacement, limit: limit) == result)
    let length = result.utf8.count
    #expect(StringFunctions.replace(text, part, with: replacement, limit: limit, maximumLength: length) == result)
    if length > 0 {
      #expect(StringFunctions.replace(text, part, with: replacement, limit: limit, maximumLength: length - 1) == nil)
    }
  }

  @Test func replacementsThatGrowTooLongEndEarly() {
    let text = String(repeating: "a", count: 100_000)
    #expect(StringFunctions.replace(text, "a", with: text, maximumLength: 1_000_000) == nil)
    #expect(StringFunctions.replace(text, "", with: text, maximumLength: 1_000_000) == nil)
  }

  @Test(
    arguments: [
      ("hello world", " ", -1, ["hello", "world"]), ("hello world events!", " ", 0, []),
      ("hello world events!", " ", 1, ["hello world events!"]),
      ("hello world events!", " ", 2, ["hello", "world events!"]),
      ("o©o©o©o", "©", -1, ["o", "o", "o", "o"]), ("a,,b,", ",", -1, ["a", "", "b", ""]), ("", ",", -1, [""]),
      ("aaa", "aa", -1, ["", "a"]), ("abc", "", -1, ["a", "b", "c"]), ("abc", "", 2, ["a", "bc"]),
      ("abc", "", 9, ["a", "b", "c"]),
      ("", "", -1, []), ("e\u{301}", "", -1, ["e", "\u{301}"]), ("abc", "abc", .max, ["", ""]),
      ("abc", ",", .min, ["abc"]),
    ] as [(String, String, Int64, [String])])
  func split(text: String, separator: String, limit: Int64, parts: [String]) {
    #expect(StringFunctions.split(text, by: separator, limit: limit) == parts)
  }

  @Test(arguments: [
    (" \u{0C}\n\r\t\u{0B}text  ", "text"), ("\u{85}\u{A0}\u{1680}text", "text"),
    ("\u{200A}text\u{2028}\u{2029}\u{202F}\u{205F}\u{3000}", "text"),
    ("\u{180E}text\u{200B}\u{200C}\u{200D}\u{2060}\u{FEFF}", "\u{180E}text\u{200B}\u{200C}\u{200D}\u{2060}\u{FEFF}"),
    ("a b", "a b"), (" \t ", ""), ("", ""), ("\r\nx\r\n", "x"), (" \u{301}", "\u{301}"),
  ])
  func trim(text: String, result: String) {
    #expect(StringFunctions.trim(text).utf8.elementsEqual(result.utf8))
  }

  @Test func onlyASCIIChangesCase() {
    #expect(StringFunctions.lowerASCII("TacoCÆt @[`{ Xii") == "tacocÆt @[`{ xii")
    #expect(StringFunctions.upperASCII("tacoCαt @[`{ Xii") == "TACOCαT @[`{ XII")
    #expect(StringFunctions.upperASCII("ß") == "ß")
    #expect(StringFunctions.lowerASCII("") == "")
  }

  @Test(arguments: [
    ("gums", "smug"), ("Ta©oCαt", "tαCo©aT"), ("", ""), ("e\u{301}x", "x\u{301}e"), ("\r\n", "\n\r"),
  ])
  func reverse(text: String, result: String) {
    #expect(StringFunctions.reverse(text).utf8.elementsEqual(result.utf8))
  }

  @Test(arguments: [
    ("verbatim", "\"verbatim\""), ("\u{07}\u{08}\u{0C}\n\r\t\u{0B}\\\"'", "\"\\a\\b\\f\\n\\r\\t\\v\\\\\\\"'\""),
    ("size('πέντε') 😀", "\"size('πέντε') 😀\""), ("", "\"\""), ("\u{1B}\0?`", "\"\u{1B}\0?`\""),
  ])
  func quote(text: String, result: String) {
    #expect(StringFunctions.quote(text) == result)
  }
}

struct OccurrencesTests {
  /// All places, found by comparing at each.
  private func expected(_ part: [UInt8], in text: [UInt8]) -> [Int] {
    text.indices.filter { text[$0...].starts(with: part) }
  }

  @Test func findsWhatComparingEverywhereFinds() {
    var generator = SeededGenerator(seed: 1977)
    func text(_ lengths: ClosedRange<Int>) -> String {
      String(
        (0..<Int.random(in: lengths, using: &generator)).map { _ in "aaabbé".randomElement(using: &generator) ?? "a" })
    }
    for _ in 0..<10_000 {
      let (text, part) = (text(0...60), text(1...8))
      var occurrences = Occurrences(of: part, in: text)
      var found: [Int] = []
      while let occurrence = occurrences.next() {
        found.append(text.utf8.distance(from: text.startIndex, to: occurrence.start))
        #expect(text[occurrence.start..<occurrence.end] == part)
        #expect(text.unicodeScalars.distance(from: text.startIndex, to: occurrence.start) == occurrence.position)
      }
      #expect(found == expected(Array(part.utf8), in: Array(text.utf8)))
    }
  }

  @Test func nearOccurrencesCostLinearTime() throws {
    let text = String(repeating: "a", count: 400_000)
    let part = String(repeating: "a", count: 200_000) + "b"
    #expect(try StringFunctions.indexOf(text, part) == -1)
    #expect(try StringFunctions.lastIndexOf(text, "b" + part) == -1)
  }
}
