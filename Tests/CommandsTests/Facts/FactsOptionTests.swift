import Foundation
import TestSupport
import Testing

/// `--facts`, as a user gives it.
@Suite(.timeLimit(.minutes(3)))
struct FactsOptionTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("email\nPriya.Adler@example.com\nbo.lind@example.com\n", to: "leavers.csv")
  }

  private func audit(_ arguments: String...) async throws -> Program.Result {
    try await Program.tokenreeve.run(
      ["audit", "--sandbox", "--policy", "offboarding"] + arguments, in: folder)
  }

  @Test func everyReportOfARunNamesTheFile() async throws {
    let formats = ["json", "jsonl", "sarif", "markdown", "junit"]
    let result = try await audit(
      "--facts", "leavers=leavers.csv", "--report", "text", "--report", "json=json", "--report", "jsonl=jsonl",
      "--report", "sarif=sarif", "--report", "markdown=markdown", "--report", "junit=junit")
    #expect(result.status == 1, "\(result.errors)")
    // sha256sum leavers.csv
    let digest = "8d2506b18a365e933661a0109194e173327c2a12b38ca8164a192dcfafbd2a9c"
    #expect(result.output.contains("facts leavers: 2 rows (\(digest.prefix(12)))"), "\(result.output)")
    for format in formats { #expect(try folder.text(format).contains(digest), "\(format)") }
    let report = try JSONSerialization.jsonObject(with: Data(folder.text("json").utf8)) as? [String: Any]
    let facts = (report?["run"] as? [String: Any])?["facts"] as? [[String: Any]]
    #expect(facts?.count == 1 && facts?.first?["rows"] as? Int == 2 && facts?.first?["name"] as? String == "leavers")
    let findings = report?["findings"] as? [[String: Any]] ?? []
    let left = findings.filter { ["owner-left", "key-creator-left"].contains($0["ruleId"] as? String) }
    #expect(!left.isEmpty)
    #expect(left.allSatisfy { ($0["message"] as? String)?.contains("priya.adler@example.com") == true }, "\(left)")
  }

  @Test func withoutTheFileTheRulesAreNotEvaluable() async throws {
    let result = try await audit("--report", "json=json", "--fail-on", "critical")
    let report = try folder.text("json")
    #expect(report.contains("the facts `leavers` were not given (--facts leavers=FILE)"))
    #expect(!report.contains(#""ruleId":"owner-left""#))
    #expect(result.status != 0)
  }

  @Test func aBadFileIsRefusedBeforeAnythingIsAudited() async throws {
    try folder.write("mail\nada@example.com\n", to: "wrong.csv")
    let wrong = try await audit("--facts", "leavers=wrong.csv")
    #expect(wrong.status == 2)
    #expect(
      wrong.errors.contains("wrong.csv:1: the key column `email` is missing\n  did you mean `mail`?"), "\(wrong.errors)"
    )
    try folder.write("email\n", to: "empty.csv")
    let empty = try await audit("--facts", "leavers=empty.csv")
    #expect(empty.status == 2 && empty.errors.contains("empty.csv:1: the table has no row"))
    let missing = try await audit("--facts", "leavers=none.csv")
    #expect(missing.status == 2 && missing.errors.contains("none.csv"))
    let name = try await audit("--facts", "leaver=leavers.csv")
    #expect(name.status == 2 && name.errors.contains("asks for no facts `leaver`\n  did you mean `leavers`?"))
    let twice = try await audit("--facts", "leavers=leavers.csv", "--facts", "leavers=leavers.csv")
    #expect(twice.status == 2 && twice.errors.contains("--facts gives `leavers` twice"))
    #expect(try await audit("--facts", "leavers.csv").status == 2)
  }

  @Test func theReportMayNotReplaceTheFile() async throws {
    let result = try await audit("--facts", "leavers=leavers.csv", "--report", "csv=leavers.csv")
    #expect(result.status == 2 && result.errors.contains("would replace leavers.csv"))
    #expect(try folder.text("leavers.csv").hasPrefix("email\n"))
  }

  @Test func policyCheckReadsTheFile() async throws {
    let good = try await Program.tokenreeve.run(
      ["policy", "check", "offboarding", "--facts", "leavers=leavers.csv"], in: folder)
    #expect(good.status == 0 && good.errors.contains("the facts `leavers` are valid: 2 rows"), "\(good.errors)")
    try folder.write("email\nada@example.com\nADA@example.com\n", to: "twice.csv")
    let bad = try await Program.tokenreeve.run(
      ["policy", "check", "offboarding", "--facts", "leavers=twice.csv"], in: folder)
    #expect(bad.status == 2 && bad.errors.contains("twice.csv:3: the key `ada@example.com` stands on line 2 already"))
  }

  @Test func aFindingByFactsIsExplained() async throws {
    _ = try await audit("--facts", "leavers=leavers.csv", "--report", "jsonl=findings.jsonl")
    let line = try #require(
      try folder.text("findings.jsonl").split(separator: "\n").first {
        $0.contains("owner-left") && $0.contains("fingerprint")
      })
    let finding = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    let fingerprint = try #require(finding["fingerprint"] as? String)
    let result = try await audit("--facts", "leavers=leavers.csv", "--explain", fingerprint)
    #expect(result.status == 0)
    #expect(result.output.contains("owner.email.lowerAscii() in leavers"))
    #expect(result.output.contains("'priya.adler@example.com'"))
    let without = try await audit("--explain", fingerprint)
    #expect(without.output.contains("unknown: the facts `leavers` were not given"), "\(without.output)")
  }

  @Test func whatPolicyShowWritesIsTheSamePolicy() async throws {
    let shown = try await Program.tokenreeve.run(["policy", "show", "offboarding"], in: folder)
    #expect(shown.output.contains("facts:\n  leavers:\n    key: email\n    ignore-case: true\n"), "\(shown.output)")
    try folder.write(shown.output, to: "shown.yaml")
    let again = try await Program.tokenreeve.run(["policy", "show", "shown.yaml"], in: folder)
    #expect(again.output.split(separator: "\n")[1] == shown.output.split(separator: "\n")[1])
  }
}
