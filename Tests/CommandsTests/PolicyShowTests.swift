import Foundation
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2)))
struct PolicyShowTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func show(_ policy: String) async throws -> String {
    let result = try await Program.tokenreeve.run(["policy", "show", policy], in: folder)
    #expect(result.status == 0, "\(result.errors)")
    return result.output
  }

  private static let text = #"""
    id: team
    title: "Our \"own\"\n\e[31m policy"
    extends: strict
    rules:
      token-lifetime:
        severity: critical
        overrides:
          - match: token.user.id == "712020:a\\b"
            parameters: { maxLifetime: 7d }
          - { match: "token.id == 't'", enabled: false }
      token-stale: { enabled: false }
      own-rule:
        title: "12 #: words"
        resource: [api-token, api-key]
        severity: info
        verdict: inconclusive
        parameters:
          limit: { type: int, default: 3, description: "How many: at most" }
          words: { type: strings, default: [a, "1", "true", "x: y"] }
          share: { type: double, default: 0.5 }
        applies: "true"
        condition: |
          // Several lines,

            size(params.words) > 20 ||
          record.live && params.limit > 3 && params.share > 0.0
        message: "{params.limit}: of {{all}}"
        measure: size(params.words)
        yields-to: [token-stale]
        rationale: |
          Because
          of this.
        references: { own-framework: [A.1] }
        overrides: [{ match: key.id == 'k', severity: high }]
        examples:
          - { passed: { id: 1, label: "a: b\u202E" }, at: 2026-01-01 }
          - { flagged: { id: "k-1" }, resource: api-key, at: 2026-01-01T00:00:00.5Z, parameters: { limit: 4 } }

    """#

  /// Written out, a policy is the same policy, and its examples hold.
  @Test func whatIsShownIsThePolicy() async throws {
    try folder.write(Self.text, to: "team.yaml")
    let shown = try await show("team.yaml")
    try folder.write(shown, to: "shown.yaml")
    let again = try await show("shown.yaml")
    func digest(_ text: String) -> Substring? { text.firstMatch(of: /sha256 ([0-9a-f]{64})/)?.output.1 }
    #expect(digest(shown) != nil && digest(shown) == digest(again))
    func values(_ text: String) -> [Substring] {
      text.split(separator: "\n").map { $0.prefix { $0 != "#" } }
    }
    #expect(values(shown) == values(again), "\(shown)\n\(again)")
    let test = try await Program.tokenreeve.run(["policy", "test", "shown.yaml"], in: folder)
    #expect(test.status == 0, "\(test.output)\(test.errors)")
    #expect(!shown.contains("\u{1B}") && !shown.contains("\u{202E}"))
  }

  @Test func everyValueSaysWhereItComesFrom() async throws {
    try folder.write(
      "extends: strict\nrules:\n  token-lifetime:\n    parameters: { maxLifetime: 7d }\n  token-age:\n", to: "team.yaml"
    )
    let shown = try await show("team.yaml")
    for lines in [
      """
        token-lifetime:  # built-in: baseline.yaml:8
          severity: high  # built-in: strict.yaml:7
          parameters:
            maxLifetime: 7d  # team.yaml:4

      """, "  token-age:  # team.yaml:5\n    severity: ", "    maxFamilies: 1  # default\n",
    ] {
      #expect(shown.contains(lines), "\(lines)\n\(shown)")
    }
  }

  @Test(arguments: ["baseline", "strict", "extended", "pci-dss"])
  func aBuiltInPolicyStandsByItself(name: String) async throws {
    let shown = try await show(name)
    try folder.write(shown, to: "shown.yaml")
    #expect(!shown.contains("extends"))
    #expect(try await show("shown.yaml").contains(try #require(shown.firstMatch(of: /sha256 [0-9a-f]{64}/)?.output)))
  }
}
