import Audit
import Files
import Inventory
import Policy
import Reporting
import TestSupport
import Testing

struct JUnitReportTests {
  private func file(_ report: AuditReport, _ options: ReportOptions = ReportOptions()) throws -> JUnitFile {
    try JUnitFile(report.bytes(.junit, options))
  }

  @Test func hasTheShapeThatAllReadersShare() throws {
    let bytes = try ReportBuilder.everything().bytes(.junit)
    let document = try ParsedXML(bytes)
    let file = try JUnitFile(bytes)
    #expect(document.elements[0].name == "testsuite")
    #expect(file.suite["name"] == "tokenreeve")
    #expect(file.suite["hostname"] == "localhost")
    #expect(file.suite["timestamp"] == "2026-06-01T00:00:00")
    #expect(file.suite["time"] == "0.000")
    #expect(file.children.first == "properties")
    #expect(Array(file.children.suffix(2)) == ["system-out", "system-err"])
    #expect(Set(file.children.dropFirst().dropLast(2)) == ["testcase"])
    #expect(file.mostResults == 1)
    for element in document.elements where element.name == "testcase" {
      #expect(Set(element.attributes.keys) == ["classname", "name", "time"])
      #expect(element.attributes["time"] == "0.000")
    }
    for testCase in file.cases where testCase.result != nil {
      #expect(!testCase.message.isEmpty && !testCase.body.isEmpty)
      // A plain word such as `date` would make one reader convert the body.
      let type = testCase.type ?? "-"
      #expect(type.contains("-") || type.contains("."), "\(type)")
      #expect((testCase.type == nil) == (testCase.result == "skipped"))
    }
  }

  @Test func countsAreRight() throws {
    let file = try file(ReportBuilder.everything())
    #expect(file.suite["tests"] == String(file.cases.count))
    #expect(file.suite["failures"] == String(file.count("failure")))
    #expect(file.suite["errors"] == String(file.count("error")))
    #expect(file.suite["skipped"] == String(file.count("skipped")))
    #expect(file.count("failure") == 3)
    // The keys' list, the unreported scopes, the malformed record.
    #expect(file.count("error") == 3)
    // Waived, below --fail-on, not evaluable but waived.
    #expect(file.count("skipped") == 3)
    #expect(file.cases.filter { $0.result == nil }.map(\.name) == ["all api-token resources"])
    #expect(file.cases.filter { $0.result == nil }.map(\.className) == ["tokenreeve.token-lifetime"])
  }

  @Test func casesAreUniqueAndKeepTheirNames() throws {
    let names = { (file: JUnitFile) in file.cases.map { "\($0.className)\n\($0.name)" } }
    let first = names(try file(ReportBuilder.everything()))
    #expect(Set(first).count == first.count)
    var builder = ReportBuilder(text: "one")
    var other = ReportBuilder(text: "two")
    for id in ["1", "2"] {
      builder.rule("token-\(id)", .high)
      other.rule("token-\(id)", .high)
      builder.finding("token-\(id)", id: id)
      other.finding("token-\(id)", id: id)
    }
    #expect(names(try file(builder.report())) == names(try file(other.report())))
  }

  @Test func worstComesFirst() throws {
    let order = try file(ReportBuilder.everything()).cases.map { "\($0.result ?? "passed") \($0.className)" }
    #expect(
      order == [
        "error tokenreeve.coverage", "failure tokenreeve.token-unscoped", "failure tokenreeve.token-unscoped",
        "failure tokenreeve.token-stale", "error tokenreeve.token-unscoped", "error tokenreeve.record-malformed",
        "skipped tokenreeve.token-stale", "skipped tokenreeve.token-stale", "skipped tokenreeve.token-expiring",
        "passed tokenreeve.token-lifetime",
      ])
  }

  @Test func waivedCasesNameReasonOwnerAndExpiry() throws {
    let skipped = try file(ReportBuilder.everything()).cases.filter { $0.result == "skipped" }
    let waived = try #require(skipped.first { $0.name == "api-token 10004" })
    for text in [waived.message, waived.body] {
      #expect(text.contains("Reason text") && text.contains("Owner text") && text.contains("2026-09-21"))
    }
  }

  @Test func propertiesAreAFixedList() throws {
    #expect(
      try file(ReportBuilder.everything()).properties.map(\.name) == [
        "run.finished", "verdict", "verdict.reasons", "organization.id", "collected.at", "audited.at", "policy.id",
        "policy.digest", "fail-on", "api.base", "tool.version", "facts.leavers",
      ])
  }

  /// Everything that makes a verdict, in every combination: no file without failures and errors but for pass.
  @Test func isGreenExactlyWhenTheVerdictIsPass() throws {
    var verdicts: Set<String> = []
    for finding in ["none", "open", "info", "waived", "inconclusive"] {
      for gap in ["none", "list", "list waived", "list not needed", "outcome", "outcome waived", "outcome info"] {
        for doubt in [nil, "the snapshot is old"] {
          for below in JUnitBelow.allCases where below != .fail {
            let report = combination(finding, gap, doubt)
            let file = try file(report, ReportOptions(junitBelow: below))
            let isGreen = file.count("failure") + file.count("error") == 0
            #expect(isGreen == (report.verdict.state == .pass), "\(finding), \(gap), \(doubt ?? "no doubt")")
            #expect(!file.cases.isEmpty)
            verdicts.insert(report.verdict.state.rawValue)
          }
        }
      }
    }
    #expect(verdicts.count == 3)
  }

  private func combination(_ finding: String, _ gap: String, _ doubt: String?) -> AuditReport {
    var builder = ReportBuilder()
    builder.doubt = doubt
    builder.rule("token-a", .high)
    builder.rule("token-b", .info)
    builder.rule("token-c", .high, verdict: .inconclusive)
    switch finding {
    case "open": builder.finding("token-a", id: "1")
    case "info": builder.finding("token-b", id: "1")
    case "waived": builder.finding("token-a", id: "1", waiver: builder.waiver(.findings(rules: ["token-a"])))
    case "inconclusive": builder.finding("token-c", id: "1")
    default: break
    }
    switch gap {
    case "list": builder.coverage[.apiTokens] = Coverage(state: .partial("it broke off"))
    case "list waived":
      builder.coverage[.apiTokens] = Coverage(state: .partial("it broke off"))
      builder.listWaivers[.apiTokens] = builder.waiver(.list(.apiTokens))
    case "list not needed": builder.coverage[.policies] = Coverage(state: .unavailable("refused"))
    case "outcome": builder.notEvaluable("token-a", reason: "scopes are not there", count: 2, waived: 1)
    case "outcome waived":
      builder.waiver(.notEvaluable(rules: ["token-a"]))
      builder.notEvaluable("token-a", reason: "scopes are not there", count: 2, waived: 2)
    case "outcome info": builder.notEvaluable("token-b", reason: "scopes are not there", count: 2)
    default: break
    }
    return builder.report()
  }

  @Test func whatWasNotSeenDoesNotPass() throws {
    let report = combination("none", "list", nil)
    let file = try file(report)
    #expect(file.count(nil) == 0)
    #expect(file.cases.first?.className == "tokenreeve.coverage")
    #expect(file.cases.first?.message.contains("it broke off") == true)
  }

  @Test func doubtIsAnErrorOfItsOwn() throws {
    let file = try file(combination("none", "none", "the snapshot is old"))
    let verdict = try #require(file.cases.first)
    #expect(verdict.result == "error")
    #expect(verdict.message == "verdict inconclusive: the snapshot is old")
  }

  @Test(arguments: [(JUnitBelow.skip, "skipped"), (.pass, nil), (.fail, "failure")] as [(JUnitBelow, String?)])
  func belowFailOn(below: JUnitBelow, expected: String?) throws {
    let file = try file(ReportBuilder.everything(), ReportOptions(junitBelow: below))
    #expect(file.cases.first { $0.name == "api-token 10005" }?.result == expected)
    #expect(file.cases.first { $0.name == "api-token 10004" }?.result == "skipped")
  }

  @Test func whatIsCutIsSaidByAFailingCase() throws {
    var builder = ReportBuilder(text: String(repeating: "<\"\n", count: 300))
    builder.rule("token-a", .high)
    for id in 0..<200 { builder.finding("token-a", id: "\(id)") }
    let report = builder.report()
    let bytes = try report.bytes(.junit, ReportOptions(junitLimit: JUnitLimit(fileSize: 600_000, fieldLength: 1999)))
    let file = try JUnitFile(bytes)
    #expect(bytes.count <= 600_000)
    #expect(bytes.count > 400_000)
    let cut = try #require(file.cases.first)
    #expect(cut.result == "failure")
    #expect(cut.message.hasPrefix("\(200 - (file.count("failure") - 1)) test cases are left out of this file"))
    #expect(file.suite["failures"] == String(file.count("failure")))
    #expect(file.cases.allSatisfy { $0.message.unicodeScalars.count < 2000 && $0.body.unicodeScalars.count < 2000 })

    let whole = try self.file(report, ReportOptions(junitLimit: nil))
    #expect(whole.count("failure") == 200)
    #expect(whole.cases.contains { $0.body.unicodeScalars.count > 2000 })
  }

  @Test func unfinishedRunIsOneError() throws {
    var writer = MemoryWriter()
    try ReportFormat.junit.writeUnfinished(to: &writer)
    let file = try JUnitFile(writer.bytes)
    #expect(file.cases.map(\.result) == ["error"])
    #expect(file.suite["errors"] == "1" && file.suite["tests"] == "1")
  }

  @Test func sinksErrorSurfaces() {
    struct Full: ByteWriter {
      mutating func write(_ bytes: borrowing Span<UInt8>) throws(FileError) { throw FileError(.write, "x", .noSpace) }
    }
    for format in ReportFormat.allCases {
      var writer = Full()
      #expect(throws: FileError(.write, "x", .noSpace)) {
        try format.write(ReportBuilder.everything(), ReportOptions(), to: &writer)
      }
    }
  }
}
