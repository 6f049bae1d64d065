import Audit
import Inventory
import Policy
import Reporting
import TestSupport
import Testing

struct ExplanationTextTests {
  private func text(label: String, condition: String, color: Bool = false) throws -> String {
    let policy = """
      rules:
        my-rule:
          title: A title
          resource: api-token
          severity: high
          parameters: { limit: { type: int, default: 3 }, other: { type: int, default: 1 } }
          condition: "\(condition)"
          message: "label {token.label}"
      """
    let over = "extends: base.yaml\nrules: { my-rule: { severity: low, parameters: { limit: 4 } } }"
    let loaded = try PolicyLoader { path throws(PolicyFailure) in path == "./base.yaml" ? policy : over }
      .load("./policy.yaml").policy
    var builder = SnapshotBuilder()
    var writer = JSONWriter()
    writer.object { writer in
      writer.string("id", "t-1")
      writer.string("label", label)
    }
    var scanner = JSONScanner(writer.bytes)
    _ = try builder.append(.apiTokens, &scanner)
    let at = Instant(milliseconds: 1_780_272_000_000)
    let header = SnapshotHeader(organizationID: "org", collectedAt: at, toolVersion: "1", apiBase: nil)
    let coverage = [CollectedList.apiTokens: Coverage(state: .complete(verified: true), records: 1)]
    let explanation = try Auditor(policy: loaded).explain(
      "org/my-rule/api-token/t-1", in: builder.build(header: header, coverage: coverage),
      Auditor.Options(at: at, instantWasGiven: true, failOn: .low, toolVersion: "1"))
    return ExplanationText(explanation, color: color).text
  }

  @Test func everythingAboutTheOutcomeIsThere() throws {
    #expect(
      try text(label: "Deploy", condition: "token.label.size() > params.limit && !token.label.startsWith('prod-')")
        == """
        my-rule on api-token t-1 "Deploy": flagged, open
          rule         A title
          finding      label Deploy
          severity     low (./policy.yaml:2; high by itself); counts for the verdict
          policy       policy
          as of        2026-06-01T00:00:00Z
          fingerprint  org/my-rule/api-token/t-1

        Parameters
          limit  4  set at ./policy.yaml:2; the rule's default is 3
          other  1  the rule's default

        Asked of it when
          token.live  true

        Flagged when
          token.label.size() > params.limit && !token.label.startsWith('prod-')  true
            token.label.size() > params.limit                                    true
              token.label.size()                                                 6
                token.label                                                      'Deploy'
              params.limit                                                       4
            !token.label.startsWith('prod-')                                     true
              token.label.startsWith('prod-')                                    false
                token.label                                                      'Deploy'

        Waivers that match
          none

        """)
  }

  @Test(arguments: HostileTexts.own.indices)
  func hostileTextIsHarmless(index: Int) throws {
    let label = HostileTexts.own[index]
    let shown = try text(label: label, condition: "[token.label].exists(l, l + '!' != '' && token.label != '')")
    #expect(shown.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 && $0.value != 0x7F })
    #expect(!shown.unicodeScalars.contains { $0.properties.generalCategory == .format || $0.value == 0x2028 })
    #expect(!shown.lowercased().contains("##["))
    #expect(shown.split(separator: "\n").allSatisfy { !$0.hasPrefix("::") })
  }

  @Test func colorsComeOnlyFromTheText() throws {
    let plain = try text(label: "\u{1B}[31mred", condition: "true")
    let colored = try text(label: "\u{1B}[31mred", condition: "true", color: true)
    #expect(!plain.contains("\u{1B}"))
    #expect(colored.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
    #expect(colored != plain)
  }
}
