import Foundation
import Testing

@testable import Commands

struct RuleReferenceTests {
  private static let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "docs/rules.md")

  /// `make reference` writes the page anew.
  @Test func thePageOfTheRulesIsThatOfTheirFiles() throws {
    let written = try String(contentsOf: Self.file, encoding: .utf8).components(separatedBy: "\n")
    let made = try RuleReference.builtIn().components(separatedBy: "\n")
    for (number, (line, expected)) in zip(written, made).enumerated() where line != expected {
      Issue.record("docs/rules.md:\(number + 1) is\n\(line)\ninstead of\n\(expected)\nrun `make reference`")
      return
    }
    #expect(written.count == made.count, "run `make reference`")
  }

  @Test func noTextOfARuleLeavesItsCell() throws {
    let page = try RuleReference.builtIn()
    let text = page.components(separatedBy: "```").enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element)
    for line in text.joined().split(separator: "\n") where line.hasPrefix("|") {
      let borders = line.replacing("\\|", with: "").count { $0 == "|" }
      #expect([4, 5].contains(borders), "\(line)")
    }
  }
}
