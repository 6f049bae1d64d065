import Audit
import Inventory
import Policy
import TestSupport
import Testing

@testable import Reporting

struct TextReportTests {
  @Test(arguments: [40, 80, 200]) func fitsTheTerminal(width: Int) throws {
    for text in HostileTexts.own {
      for line in try ReportBuilder.everything(text).text(.text, ReportOptions(width: width)).split(separator: "\n") {
        #expect(displayWidth(String(line)) <= width, "\(line)")
      }
    }
  }

  @Test func fitsAScreen() throws {
    #expect(try ReportBuilder.everything().text(.text, ReportOptions(width: 80)).split(separator: "\n").count <= 55)
  }

  @Test func colorOnlyRepeatsTheWords() throws {
    let plain = try ReportBuilder.everything().text(.text)
    let colored = try ReportBuilder.everything().text(.text, ReportOptions(color: true))
    #expect(!plain.contains("\u{1B}"))
    #expect(colored.contains("\u{1B}[1;31mFAIL\u{1B}[0m"))
    #expect(colored.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
  }

  /// A reader must see how complete a list is, and why that is not certain, on a terminal of any usual width.
  @Test func coverageIsNeverCut() throws {
    let note = "the API has no count to check this list against"
    var builder = ReportBuilder()
    builder.coverage[.policies] = Coverage(state: .complete(verified: false), records: 28, notes: [note])
    let text = try builder.report().text(.text, ReportOptions(width: 60))
    #expect(text.contains(/\n  policies +complete, unverified +28 records\n/), "\(text)")
    #expect(text.contains("\n  policies: \(note)\n"))
  }

  /// A pass claims no more than was seen and found.
  @Test func aPassSaysWhatItRestsOn() throws {
    func headline(_ change: (inout ReportBuilder) -> Void) throws -> String {
      var builder = ReportBuilder()
      builder.rule("token-unscoped", .high)
      builder.rule("token-expiring", .info)
      change(&builder)
      let report = builder.report()
      #expect(report.verdict.state == .pass)
      return String(try report.text(.text, ReportOptions(width: 200)).prefix { $0 != "\n" })
    }
    #expect(
      try headline { _ in }
        == "PASS: nothing that the policy forbids was found, and everything that it asks about was seen")
    #expect(
      try headline {
        let waiver = $0.waiver(.findings(rules: ["token-unscoped"]))
        $0.finding("token-unscoped", id: "1", waiver: waiver)
      }
        == "PASS: no open finding is at or above low (waivers accept 1), and everything that the policy asks about was seen"
    )
    #expect(
      try headline { $0.finding("token-expiring", id: "1") }
        == "PASS: no open finding is at or above low, and everything that the policy asks about was seen")
    #expect(
      try headline { $0.notEvaluable("token-expiring", reason: "it is unknown", count: 1) }
        == "PASS: nothing that the policy forbids was found, and everything that this needs was seen")
    #expect(
      try headline {
        $0.waiver(.notEvaluable(rules: ["token-unscoped"]))
        $0.notEvaluable("token-unscoped", reason: "it is unknown", count: 1, waived: 1)
      } == "PASS: nothing that the policy forbids was found, and what was not seen is accepted by a waiver")
  }

  @Test func saysWhatMatters() throws {
    let text = try ReportBuilder.everything().text(.text)
    #expect(text.hasPrefix("FAIL: 3 open findings are at or above low"))
    for part in [
      "unavailable", "grant it text", "token-unscoped", "10001", "scopes: the API did not report", "Expiring",
    ] {
      #expect(text.contains(part), "\(part)")
    }
    #expect(try ReportBuilder.allInOrder().text(.text).hasPrefix("PASS: "))
  }

  @Test(arguments: [
    ("abc", 3), ("漢字", 4), ("ＡＢ", 4), ("é", 1), ("e\u{301}", 1), ("😀", 2), ("", 0), ("🇩🇪", 2), ("한국", 4),
  ])
  func widthsOfText(text: String, columns: Int) { #expect(displayWidth(text) == columns) }

  @Test func cutTextFits() {
    #expect(fitted("abcdef", to: 6) == "abcdef")
    #expect(fitted("abcdefg", to: 6) == "abcde…")
    #expect(fitted("漢字漢字", to: 6) == "漢字…")
    #expect(displayWidth(fitted("Z" + String(repeating: "\u{300}", count: 500), to: 10)) <= 10)
    #expect(fitted("Z" + String(repeating: "\u{300}", count: 500), to: 10).unicodeScalars.count <= 41)
  }
}
