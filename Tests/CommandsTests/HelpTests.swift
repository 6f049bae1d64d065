import Foundation
import TestSupport
import Testing

/// What the program says of itself, at the width that a terminal has at least.
@Suite(.timeLimit(.minutes(2)))
struct HelpTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func help(_ command: String...) async throws -> [String] {
    let result = try await Program.tokenreeve.run(command + ["--help"], in: folder)
    #expect(result.status == 0)
    return result.output.components(separatedBy: "\n")
  }

  @Test func everyFaultIsExplainedOnALineOfItsOwn() async throws {
    let lines = try await help("sandbox")
    let start = try #require(lines.firstIndex(of: "Faults, for drills:"))
    let faults = lines[(start + 1)...].prefix { !$0.isEmpty }
    #expect(faults.count >= 35)
    for line in faults {
      #expect(line.wholeMatch(of: #/  [a-z0-9-]+ {2,}\S.+/#) != nil && line.count <= 78, "\(line)")
    }
  }

  @Test func severitiesStandWorstFirst() async throws {
    let text = try await help("audit").joined(separator: " ").replacing(#/ +/#, with: " ")
    #expect(text.contains("(values: critical, high, medium, low, info; default: low)"))
  }

  @Test func everyExitCodeOfAnAuditIsExplained() async throws {
    let lines = try await help("audit")
    for code in ["0", "1", "2", "3", "4", "128+n"] {
      #expect(lines.contains { $0.hasPrefix("  \(code) ") }, "\(code)")
    }
  }

  @Test(arguments: ["audit", "collect", "sandbox", "rules", "scopes", "policy"])
  func aDefaultIsSaidOnce(command: String) async throws {
    let options = try await help(command).joined(separator: "\n").split(separator: /\n(?=  -)/)
    for option in options { #expect(option.matches(of: /[Dd]efault:/).count <= 1, "\(option)") }
  }

  @Test func aScopeThatIsMisspelledIsSuggested() async throws {
    let result = try await Program.tokenreeve.run(["scopes", "write:jira-wrk"], in: folder)
    #expect(result.output.contains("  Not in the catalogue; did you mean `write:jira-work`? By its name:\n"))
  }

  @Test func aScopeIsExplainedInPlainWords() async throws {
    let one = try await Program.tokenreeve.run(["scopes", "delete:keys:admin"], in: folder)
    #expect(
      one.output == """
        delete:keys:admin
          Revoke API keys of the organization.
          product: admin
          access: delete
          privileged: yes, it reaches what only administrators should

        """)
    let all = try await Program.tokenreeve.run(["scopes"], in: folder)
    #expect(all.output.contains("Revoke API keys of the organization\n"))
    #expect(all.output.hasSuffix("\n490 scopes. `tokenreeve scopes SCOPE` explains one.\n"))
  }

  @Test(arguments: [["scopes"], ["policy", "show", "baseline"], ["rules"]])
  func noLineEndsInSpaces(command: [String]) async throws {
    let result = try await Program.tokenreeve.run(command, in: folder)
    #expect(!result.output.contains(" \n"))
  }
}
