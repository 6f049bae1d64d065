import Audit
import Inventory
import Policy
import Reporting
import TestSupport
import Testing

struct ImpactTextTests {
  private func impact(label: String) async throws -> PolicyImpact {
    func auditor(_ policy: String) throws -> Auditor {
      Auditor(policy: try PolicyLoader { _ throws(PolicyFailure) in policy }.load("./p.yaml").policy)
    }
    var writer = JSONWriter()
    writer.object { writer in
      writer.string("id", "t-1")
      writer.string("label", label)
      writer.string("lastActiveAt", "2026-01-01T00:00:00Z")
      writer.object("user") { writer in
        writer.string("id", "u")
        writer.string("name", label)
      }
    }
    var builder = SnapshotBuilder()
    var scanner = JSONScanner(writer.bytes)
    _ = try builder.append(.apiTokens, &scanner)
    let at = Instant(milliseconds: 1_780_272_000_000)
    let header = SnapshotHeader(organizationID: label, collectedAt: at, toolVersion: "1", apiBase: nil)
    let coverage = [CollectedList.apiTokens: Coverage(state: .complete(verified: true), records: 1)]
    let own = """
      rules:
        token-stale: { severity: critical }
        my-rule: { resource: api-token, condition: "true", message: "{token.label}" }
      """
    return await PolicyImpact.impact(
      of: try auditor(own), against: try auditor("rules: { token-stale: , token-no-expiry: }"),
      on: builder.build(header: header, coverage: coverage),
      Auditor.Options(at: at, instantWasGiven: true, failOn: .low, toolVersion: "1"))
  }

  @Test func everyChangeIsCountedByRuleAndByOwner() async throws {
    let text = ImpactText(try await impact(label: "Ada"), color: false, width: 100).text
    let lines = text.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
    #expect(lines.first == "From p to p: 1 new finding, 1 gone, 0 not known, 1 of another severity")
    #expect(lines.contains("verdict fail before, fail after (fails on low or worse)"))
    #expect(lines.contains("token-stale medium, now critical - - - 1"))
    #expect(lines.contains("my-rule medium, added 1 - - -"))
    #expect(lines.contains("token-no-expiry high, removed - 1 - -"))
    #expect(lines.contains("Ada 1 1 - 1"))
    #expect(lines.contains("my-rule t-1, Ada Ada"))
    #expect(lines.contains("token-no-expiry t-1, Ada the new policy does not ask the rule"))
  }

  @Test(arguments: HostileTexts.own.indices)
  func hostileTextIsHarmless(index: Int) async throws {
    let impact = try await impact(label: HostileTexts.own[index])
    let text = ImpactText(impact, color: false, width: 100).text
    #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 && $0.value != 0x7F })
    #expect(!text.lowercased().contains("##["))
    #expect(text.split(separator: "\n").allSatisfy { !$0.hasPrefix("::") })
    let json = try JSONValue(parsing: Array(ImpactJSON(impact).text.utf8))
    #expect(json["added"]?.array?.count == 1 && json["gone"]?.array?.count == 1)
    #expect(json["gone"]?.array?.first?["reason"] == .string("rule-not-selected"))
    #expect(json["severityChanges"]?.array?.first?["oldSeverity"] == .string("medium"))
  }
}
