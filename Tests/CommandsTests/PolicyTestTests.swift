import Foundation
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2)))
struct PolicyTestTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("extends: baseline\n", to: "team.yaml")
  }

  private func write(severity: String, name: String = "A <token> lives 90 days") throws {
    try folder.write(
      """
      tests:
        - name: \(name)
          at: 2026-03-01
          rules: [token-lifetime]
          tokens: [{ id: a, createdAt: 2026-01-01T00:00:00Z, expiresAt: 2026-12-01T00:00:00Z }]
          findings: [{ rule: token-lifetime, resource: a, severity: \(severity) }]

      """, to: "team.test.yaml")
  }

  private func run(_ options: String...) async throws -> Program.Result {
    try await Program.tokenreeve.run(["policy", "test", "team.yaml", "team.test.yaml"] + options, in: folder)
  }

  @Test func resultsAreWrittenAsJUnit() async throws {
    try write(severity: "medium")
    let passed = try await run("--report", "junit=out/tests.xml")
    #expect(passed.status == 0, "\(passed.errors)")
    #expect(passed.output.contains(", 1 test, 0 failed\n"))
    let good = try ParsedXML(Array(folder.text("out/tests.xml").utf8))
    try write(severity: "low")
    let failed = try await run("--report", "junit=out/tests.xml")
    #expect(failed.status == 1)
    #expect(
      failed.output.contains(
        """
        team.test.yaml:2: A <token> lives 90 days
          token-lifetime on api-token a
            expected: flagged, low
            but is:   flagged, medium: lives 334d, 90d allowed

        """))
    let bad = try ParsedXML(Array(folder.text("out/tests.xml").utf8))
    for (xml, failures) in [(good, 0), (bad, 1)] {
      let suite = try #require(xml.elements.first)
      #expect(suite.attributes["failures"] == "\(failures)")
      let cases = xml.children(of: suite).filter { $0.name == "testcase" }
      #expect(suite.attributes["tests"] == "\(cases.count)" && cases.count > 50)
      #expect(
        Set(cases.map { "\($0.attributes["classname"] ?? "") \($0.attributes["name"] ?? "")" }).count == cases.count)
      let test = try #require(cases.last)
      #expect(test.attributes["name"] == "team.test.yaml: A <token> lives 90 days")
      #expect(xml.children(of: test).map(\.name) == (failures == 0 ? [] : ["failure"]))
    }
  }

  /// Yesterday's green file can't survive today's broken run.
  @Test func anInvalidFileLeavesNoGreenReport() async throws {
    try write(severity: "medium")
    #expect(try await run("--report", "junit=tests.xml").status == 0)
    try write(severity: "hi")
    let result = try await run("--report", "junit=tests.xml")
    #expect(result.status == 2)
    #expect(result.errors.contains("team.test.yaml:6:63: `severity` can't be `hi`"), "\(result.errors)")
    #expect(try folder.text("tests.xml").contains("<error message=\"The tests did not finish\""))
  }

  @Test(arguments: ["json=x.json", "junit", "junit=team.yaml", "junit=./team.test.yaml"])
  func aReportThatCannotBeWrittenIsRefused(report: String) async throws {
    try write(severity: "medium")
    #expect(try await run("--report", report).status == 2)
    #expect(try folder.text("team.yaml") == "extends: baseline\n")
  }
}
