import Testing

@testable import Policy

/// A place in a line that fits no screen.
struct LongLineTests {
  @Test(arguments: [0, 50, 99, 100, 101, 5000])
  func aLongLineIsShownAroundThePlace(before: Int) throws {
    let line = String(repeating: "a", count: before) + "?" + String(repeating: "b", count: 5000)
    let source = SourceFile(name: "policy.yaml", text: line)
    let diagnostic = Diagnostic(
      .error, "what", in: source, at: SourceLocation(line: 1, column: before + 1), length: 9000)
    let lines = diagnostic.rendered.split(separator: "\n").map { Array($0) }
    try #require(lines.count == 3)
    #expect(lines[1].count < 170 && lines[2].count < 170)
    let caret = try #require(lines[2].firstIndex(of: "^"))
    #expect(lines[1][caret] == "?")
    #expect(lines[1].last == "…")
  }
}
