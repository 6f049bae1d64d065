import Audit
import Inventory
import Policy
import Testing

@testable import Reporting

/// Every format tells of the same findings.
struct OneTruthTests {
  private static func report() -> AuditReport {
    var builder = ReportBuilder()
    for (id, severity) in [("token-a", Severity.high), ("token-b", .low), ("token-c", .info)] {
      builder.rule(id, severity)
    }
    builder.rule("policy-d", .critical, kinds: [.policy])
    builder.rule("record-e", .medium, verdict: .inconclusive)
    let waiver = builder.waiver(.findings(rules: ["token-a", "token-b", "token-c"]))
    for (index, rule) in ["token-a", "token-b", "token-c", "policy-d", "record-e"].enumerated() {
      for number in 0..<(7 + index) {
        builder.finding(rule, id: "\(rule)/\(number) x", waiver: number % 3 == 0 ? waiver : nil)
      }
    }
    // An override of the policy has given these another severity than the rule's other findings.
    for rule in ["token-a", "token-c"] { builder.finding(rule, id: "\(rule)/overridden", override: builder.override) }
    return builder.report()
  }

  @Test(arguments: [ReportFormat.json, .jsonl, .ocsf, .sarif, .csv, .html, .junit, .markdown])
  func tellsOfEveryFinding(format: ReportFormat) throws {
    for report in [Self.report(), ReportBuilder.everything(), ReportBuilder.allInOrder()] {
      let told = try report.told(format)
      #expect(Set(told) == Set(report.told))
      #expect(told.count == report.findings.count)
    }
  }

  @Test func anInconclusiveRunIsNoSuccessInSARIF() throws {
    var builder = ReportBuilder()
    builder.rule("token-unscoped", .high)
    #expect(try builder.report().text(.sarif).contains(#""executionSuccessful":true"#))
    builder.doubt = "the snapshot is too old"
    #expect(try builder.report().text(.sarif).contains(#""executionSuccessful":false"#))
  }

  @Test(arguments: [ReportFormat.text, .markdown, .github, .html])
  func aPassThatRestsOnWaiversSaysSo(format: ReportFormat) throws {
    var findings = ReportBuilder()
    findings.rule("token-unscoped", .high)
    findings.finding("token-unscoped", id: "1", waiver: findings.waiver(.findings(rules: ["token-unscoped"])))
    var gaps = ReportBuilder()
    gaps.rule("key-unscoped", .high, kinds: [.apiKey])
    gaps.coverage[.apiKeys] = Coverage(state: .partial("the API answered HTTP 500"), records: 1)
    gaps.listWaivers[.apiKeys] = gaps.waiver(.list(.apiKeys))
    for (builder, sentence) in [
      (findings, "no open finding is at or above low (waivers accept 1), and everything"),
      (gaps, "was found, and what was not seen is accepted by a waiver"),
    ] {
      let report = builder.report()
      try #require(report.verdict.state == .pass)
      let text = try report.text(format, ReportOptions(width: 200))
      #expect(text.contains(sentence), "\(text)")
    }
  }

  @Test(arguments: [ReportFormat.planMarkdown, .planCSV])
  func aPlanFromADoubtfulSnapshotSaysSo(format: ReportFormat) throws {
    var builder = ReportBuilder()
    builder.rule("token-unscoped", .high)
    builder.doubt = "the snapshot is too old"
    #expect(try builder.report().text(format).contains("the snapshot is too old"))
  }

  @Test(arguments: [ReportFormat.planMarkdown, .planCSV])
  func planHoldsWhatIsOpen(format: ReportFormat) throws {
    for report in [Self.report(), ReportBuilder.everything(), ReportBuilder.allInOrder()] {
      let open = report.told.filter { $0.disposition == "open" }
      let told = try report.told(format)
      #expect(Set(told) == Set(open))
      #expect(told.count == open.count)
    }
  }

  /// What a job shows is limited, and the rest counted.
  @Test func annotationsCountWhatTheyLeaveOut() throws {
    for report in [Self.report(), ReportBuilder.everything(), ReportBuilder.allInOrder()] {
      let lines = try report.text(.github).split(separator: "\n")
      let commands = lines.filter { $0.hasPrefix("::") }
      let leftOut = lines.last?.firstMatch(of: /^tokenreeve: ([0-9]+) more/).flatMap { Int($0.output.1) } ?? 0
      let open = report.findings.count { $0.disposition.isOpen }
      #expect(commands.count + leftOut == 1 + report.gapGroups.count + open)
      for level in ["::error ", "::warning ", "::notice "] {
        #expect(commands.count { $0.hasPrefix(level) } <= 10)
      }
    }
  }

  /// No format lets a run that is not pass look like one.
  @Test(arguments: ReportFormat.allCases) func unknownIsTold(format: ReportFormat) throws {
    var builder = ReportBuilder()
    builder.rule("token-a", .high)
    builder.doubt = "the snapshot is older than allowed"
    let doubtful = try builder.report().text(format)
    if ![.planMarkdown, .planCSV].contains(format) {
      #expect(doubtful.contains("the snapshot is older than allowed"))
      #expect(doubtful.lowercased().contains("inconclusive"))
    }
    builder.doubt = nil
    builder.coverage[.apiTokens] = Coverage(state: .unavailable("the key was refused"))
    #expect(try builder.report().text(format).contains("the key was refused"))
    builder.coverage[.apiTokens] = Coverage(state: .complete(verified: true))
    builder.notEvaluable("token-a", reason: "scopes were not reported", count: 3)
    #expect(try builder.report().text(format).contains("scopes were not reported"))
  }
}
