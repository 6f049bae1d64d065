import Testing

@testable import CEL

struct RegularExpressionTests {
  @Test(arguments: [
    ("ell", "hello", true), ("^ell", "hello", false), ("^hello$", "hello", true), ("l$", "hello", false),
    ("", "", true), ("", "anything", true), ("^$", "", true), ("^$", "x", false),
    ("(?i)HELLO", "hello", true), ("HELLO", "hello", false), ("a.c", "a\nc", false), ("(?s)a.c", "a\nc", true),
    ("^b", "a\nb", false), ("(?m)^b", "a\nb", true), ("[a-z]+@example\\.com", "mail ada@example.com now", true),
    // Characters, not bytes.
    ("^.$", "é", true), ("^..$", "é", false), ("^.{2}$", "e\u{301}", true), ("^\\p{Greek}+$", "πέντε", true),
    ("^\u{1F431}$", "\u{1F431}", true), ("^\\w$", "é", false),
  ])
  func matchesAnyPart(pattern: String, text: String, result: Bool) throws {
    #expect(try RegularExpression(pattern).matches(text) == result)
  }

  @Test func onlyTheLengthEndsATextAndAPattern() throws {
    #expect(try RegularExpression("b").matches("a\0b"))
    #expect(try RegularExpression("^a\0b$").matches("a\0b"))
    #expect(try !RegularExpression("a$").matches("a\0b"))
    let error = #expect(throws: RegularExpressionError.self) { try RegularExpression("(\0") }
    #expect(error?.message == "missing ): (\0")
  }

  @Test(arguments: [
    ("(a", "missing ): (a"), ("a)", "unexpected ): a)"), ("[a", "missing ]: [a"),
    ("*", "no argument for repetition operator: *"),
    ("a**", "bad repetition operator: **"), ("a{1001}", "invalid repetition size: {1001}"), ("\\", "trailing \\"),
    // What only backtracking could do is not in the language.
    ("(a)\\1", "invalid escape sequence: \\1"), ("(?=a)", "invalid perl operator: (?="),
    ("\\p{Klingon}", "invalid character class range: \\p{Klingon}"), ("[b-a]", "invalid character class range: b-a"),
    ("((a{100}){100}){100}", "invalid repetition size: {100}"),
    ("((\\pL{10}){10}){10}", "pattern too large - compile failed"),
  ])
  func saysWhatIsWrong(pattern: String, message: String) {
    let error = #expect(throws: RegularExpressionError.self) { try RegularExpression(pattern) }
    #expect(error?.message == message)
  }

  @Test(arguments: [
    "(a+)+$", "(a|aa)+$", "(a*)*b", "(.*)(.*)(.*)(.*)(.*)[^a!]", "(x+x+)+y|a{50}b", "^(([a-z])+.)+[A-Z]$",
  ])
  func patternsThatTemptBacktrackingEnd(pattern: String) throws {
    #expect(try !RegularExpression(pattern).matches(String(repeating: "a", count: 1_000_000) + "!"))
  }

  @Test(arguments: [
    ("(", false), ("[", false), ("(?i:", false), ("a?", true), ("a|", true), ("(a*)*", true), ("\\pL", false),
    ("(?:a{9}){9}", true), ("x", true),
  ])
  func patternsAtTheLimitEnd(unit: String, isValid: Bool) {
    let pattern = String(repeating: unit, count: RegularExpression.patternLimit / unit.utf8.count)
    #expect(((try? RegularExpression(pattern)) != nil) == isValid)
    let nested = String(repeating: "(", count: 4000) + "a" + String(repeating: ")", count: 4000)
    #expect(throws: Never.self) { try RegularExpression(nested) }
  }

  @Test func longerPatternsAreRefused() {
    let error = #expect(throws: RegularExpressionError.self) {
      try RegularExpression(String(repeating: "é", count: RegularExpression.patternLimit / 2) + "x")
    }
    #expect(error?.message == "the pattern has 8193 bytes, 8192 are allowed")
  }

  @Test func programSizeFollowsThePattern() throws {
    let (small, large) = (try RegularExpression("a{10}"), try RegularExpression("a{1000}"))
    #expect(large.programSize > small.programSize * 50)
  }

  @Test func longTextsMatchAtTheirEnd() throws {
    let text = String(repeating: "0123456789", count: 500_000) + "ß"
    #expect(try RegularExpression("9ß$").matches(text))
    #expect(try !RegularExpression("8ß$").matches(text))
  }

  @Test func threadsShareOne() async throws {
    let expression = try RegularExpression("(\\d+)-(\\d+)-[a-z]{3,}$")
    await withTaskGroup(of: Int.self) { group in
      for task in 0..<8 {
        group.addTask {
          (0..<500).count { expression.matches("token \(task)-\($0)-\($0.isMultiple(of: 2) ? "abc" : "ab")") }
        }
      }
      for await count in group { #expect(count == 250) }
    }
  }
}
