import Testing

@testable import Policy

struct GlobTests {
  @Test(arguments: [
    ("", "", true), ("", "*", true), ("a", "", false), ("abc", "abc", true), ("abc", "ABC", false), ("abc", "a*", true),
    ("abc", "*c", true), ("abc", "a*c", true), ("abc", "*b*", true), ("abc", "a?c", true), ("abc", "a?", false),
    ("abc", "????", false),
    ("read:jira-work", "read:*", true), ("write:read:", "read:*", false), ("a.b", "a.b", true), ("axb", "a.b", false),
    ("a[b", "a[b", true), ("aaa", "a*a*a*a", false), ("é😀", "??", true), ("x*y", "x*y", true), ("abcabd", "*abd", true),
  ])
  func starAndQuestionMark(_ text: String, _ pattern: String, _ matches: Bool) {
    #expect(matchesGlob(text, pattern: pattern) == matches)
  }

  /// Backtracking over every star would take longer than the universe has.
  @Test func manyStarsAreNoTrap() {
    let text = String(repeating: "a", count: 2000)
    #expect(!matchesGlob(text, pattern: String(repeating: "a*", count: 200) + "b"))
  }
}
