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
    builder.rule("waiver-f", .info, kinds: [.waiver])
    builder.rule("coverage-g", .info, kinds: [.coverage], verdict: .inconclusive)
    let waiver = builder.waiver(.findings(rules: ["token-a", "token-b", "token-c"]))
    let rules = ["token-a", "token-b", "token-c", "policy-d", "record-e", "waiver-f", "coverage-g"]
    for (index, rule) in rules.enumerated() {
      for number in 0..<(7 + index) {
        builder.finding(rule, id: "\(rule)/\(number) x", waiver: number % 3 == 0 ? waiver : nil)
      }
    }
    // An override of the policy has given these another severity than the rule's other findings.
    for rule in ["token-a", "token-c"] { builder.finding(rule, id: "\(rule)/overridden", override: builder.override) }
    return builder.report()
  }

  private static var reports: [AuditReport] {
    [report(), ReportBuilder.everything(), ReportBuilder.compared(), ReportBuilder.allInOrder()]
  }

  /// Since when a finding is accepted, and that it is.
  @Test(arguments: ReportFormat.allCases) func everyFormatTellsOfTheBaselineAndItsAge(format: ReportFormat) throws {
    let text = try ReportBuilder.compared().text(format)
    let age = [ReportFormat.json: "2026-02-21T", .jsonl: "2026-02-21T"][format] ?? "100 days"
    #expect(text.contains("baseline"))
    #expect(text.contains(format == .csv ? "2026-02-21" : age), "\(text)")
  }

  @Test func whatIsResolvedIsNotWhatIsUnknown() throws {
    let report = ReportBuilder.compared("é")
    let text = try report.text(.text, ReportOptions(width: 200))
    #expect(text.contains("resolved   key-stale  api-key resolved é"), "\(text)")
    #expect(text.contains("not known  key-stale  api-key gone é \"é\": a list is missing é"), "\(text)")
    #expect(text.contains("1 new, 1 worse, 1 not comparable, 2 unchanged; 1 resolved, 1 not known"), "\(text)")
    let sections = try report.text(.markdown).split(separator: "\n#")
    let resolved = try #require(sections.first { $0.hasPrefix("## Resolved") })
    #expect(MarkdownTables(String(resolved)).rows.map { $0[2].code } == [["resolved é"]])
    let unknown = try #require(sections.first { $0.hasPrefix("## Gone, but not looked at") })
    #expect(MarkdownTables(String(unknown)).rows.map { $0[2].code } == [["gone é"]])
  }

  @Test(arguments: [ReportFormat.json, .jsonl, .ocsf, .sarif, .csv, .html, .junit, .markdown])
  func tellsOfEveryFinding(format: ReportFormat) throws {
    for report in Self.reports {
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
    var baselined = ReportBuilder()
    baselined.rule("token-unscoped", .high)
    baselined.finding("token-unscoped", id: "1", since: ReportBuilder.at)
    var gaps = ReportBuilder()
    gaps.rule("key-unscoped", .high, kinds: [.apiKey])
    gaps.coverage[.apiKeys] = Coverage(state: .partial("the API answered HTTP 500"), records: 1)
    gaps.listWaivers[.apiKeys] = gaps.waiver(.list(.apiKeys))
    var scopes = ReportBuilder()
    scopes.rule("token-unscoped", .high)
    scopes.notEvaluable("token-unscoped", reason: notReportedScopes, count: 3, waived: 3)
    scopes.waiver(.scopes, id: "W-scopes")
    for (builder, sentence) in [
      (scopes, "was found, and what was not seen is accepted by a waiver"),
      (findings, "no open finding is at or above low (waivers accept 1), and everything"),
      (baselined, "no open finding is at or above low (the baseline accepts 1), and everything"),
      (gaps, "was found, and what was not seen is accepted by a waiver"),
    ] {
      let report = builder.report()
      try #require(report.verdict.state == .pass)
      let text = try report.text(format, ReportOptions(width: 200))
      #expect(text.contains(sentence), "\(text)")
    }
  }

  /// What a waiver accepts stays in every report that shows what is not known.
  @Test(arguments: [ReportFormat.json, .jsonl, .csv, .junit, .markdown, .text, .github])
  func acceptedScopesAreShownWithTheirWaiver(format: ReportFormat) throws {
    var builder = ReportBuilder()
    builder.rule("token-unscoped", .high)
    builder.notEvaluable("token-unscoped", reason: notReportedScopes, count: 3, waived: 3)
    builder.waiver(.scopes, id: "W-scopes")
    let report = builder.report()
    try #require(report.verdict.state == .pass)
    let text = try report.text(format, ReportOptions(width: 200))
    #expect(text.contains(notReportedScopes), "\(text)")
    // A terminal has room for the reason alone, an annotation for neither.
    let named = format == .text ? "Reason text" : format == .github ? "" : "W-scopes"
    #expect(text.contains(named), "\(text)")
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
    for report in Self.reports {
      let open = report.told.filter { $0.disposition == "open" }
      let told = try report.told(format)
      #expect(Set(told) == Set(open))
      #expect(told.count == open.count)
    }
  }

  /// What a job shows is limited, and the rest counted.
  @Test func annotationsCountWhatTheyLeaveOut() throws {
    for report in Self.reports {
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
