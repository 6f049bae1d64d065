import Foundation
import Policy
import Testing

/// A mistake inside an expression is shown where it stands in the file, however YAML spells the expression.
struct ExpressionPositionTests {
  /// The text with the place of `mistake` in it, line and column from 1.
  private func place(of mistake: String, in text: String) -> String? {
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      guard let range = line.range(of: mistake) else { continue }
      return "\(number + 1):\(line.unicodeScalars.distance(from: line.startIndex, to: range.lowerBound) + 1)"
    }
    return nil
  }

  @Test(arguments: [
    "token.live && mistake", "'token.live && mistake'", "\"token.live && mistake\"",
    "\"token.id == \\\"ö\\u00e9\\x41\\\" && mistake\"", "'token.id == ''ö'' && mistake'",
    "|\n      token.live\n      && mistake", "|\n\n      token.live &&\n        mistake",
    "|-\n          token.live &&\n          mistake",
    ">\n      token.live\n      && mistake", ">-\n      token.live &&\n\n      mistake",
    ">\n      token.live &&\n        mistake\n      && token.live",
    "token.live\n      && mistake", "token.live &&\n\n      mistake", "'token.live\n      && mistake'",
    "\"token.live\n      && mistake\"",
    "\"token.live \\\n      && mistake\"", "|2\n      token.live && mistake".replacing("|2", with: "|"),
    "|  # a comment\n      token.live && mistake",
    "token.id == '😀' && mistake", "|\n      token.id == '😀é' && mistake",
  ])
  func theCaretStandsUnderTheMistake(_ condition: String) throws {
    let text = PolicyText.rule(condition: condition)
    let place = try #require(self.place(of: "mistake", in: text))
    let headlines = PolicyText.headlines(text)
    #expect(headlines.count == 1)
    #expect(headlines.first?.hasPrefix("policy.yaml:\(place): ") == true, "\(headlines), expected \(place)")
  }

  @Test func windowsLineEndsAreLineEnds() throws {
    let text = PolicyText.rule(condition: "|\n      token.live\n      && mistake").replacing("\n", with: "\r\n")
    #expect(PolicyText.headlines(text).first?.hasPrefix("policy.yaml:6:10: ") == true, "\(PolicyText.headlines(text))")
  }

  @Test func aMistakeInAMessageIsShownInside() throws {
    let text = PolicyText.rule(condition: "token.live", more: "    message: \"é {token.id} {{x}} {mistake}\"\n")
    let place = try #require(self.place(of: "mistake", in: text))
    #expect(PolicyText.headlines(text).first?.hasPrefix("policy.yaml:\(place): ") == true)
  }
}
