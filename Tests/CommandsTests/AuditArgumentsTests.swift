import ArgumentParser
import Testing

@testable import Commands

/// An audit's arguments are parsed by themselves where they can be, which is quicker.
struct AuditArgumentsTests {
  @Test(arguments: [
    ["audit"], ["audit", "--snapshot", "a.jsonl", "--policy=extended", "--fail-on", "high", "--quiet"],
    ["audit", "--sandbox", "--tokens", "5", "--report", "text", "--report", "json=a.json", "--max-age", "2d"],
    [
      "audit", "--org-id", "a", "--include", "oauth-clients", "--at", "2026-12-31", "--explain", "a/b/c/d",
      "--junit-limit",
      "none",
    ],
  ])
  func areUnderstoodAsTheyAreFromTheRoot(_ arguments: [String]) throws {
    let audit = try #require(Tokenreeve.audit(["tokenreeve"] + arguments))
    let expected = try #require(try Tokenreeve.parseAsRoot(arguments) as? AuditCommand)
    #expect(String(describing: audit) == String(describing: expected))
  }

  @Test(arguments: [
    [], ["--help"], ["help", "audit"], ["collect"], ["--version"], ["audit", "--help"], ["audit", "--version"],
    ["audit", "help"], ["audit", "--snapshto", "a"], ["audit", "--jobs", "0"], ["audit", "--fail-on", "worst"],
    ["audit", "--generate-completion-script", "bash"],
  ])
  func areLeftToTheRootWhereThereIsSomethingToSay(_ arguments: [String]) {
    #expect(Tokenreeve.audit(["tokenreeve"] + arguments) == nil)
  }
}
