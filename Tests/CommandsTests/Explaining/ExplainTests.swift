import Foundation
import TestSupport
import Testing

/// `audit --explain`, as a user runs it.
@Suite(.timeLimit(.minutes(3)))
struct ExplainTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func findings() async throws -> [[String: Any]] {
    _ = try await Program.tokenreeve.run(["audit", "--sandbox", "--report", "jsonl=findings.jsonl"], in: folder)
    return try folder.text("findings.jsonl").split(separator: "\n").compactMap { line in
      let finding = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      return finding?["fingerprint"] == nil ? nil : finding
    }
  }

  @Test func theFindingsOfTheSandboxAreExplained() async throws {
    let findings = try await findings()
    // One of each rule.
    let chosen = Dictionary(findings.map { ($0["ruleId"] as? String ?? "", $0) }) { first, _ in first }
    #expect(chosen.count > 10)
    let fingerprints = chosen.values.compactMap { $0["fingerprint"] as? String }.sorted()
    let result = try await Program.tokenreeve.run(
      ["audit", "--sandbox"] + fingerprints.flatMap { ["--explain", $0] }, in: folder)
    #expect(result.status == 0, "\(result.errors)")
    #expect(!folder.exists("reports"))
    for finding in chosen.values {
      let fingerprint = try #require(finding["fingerprint"] as? String)
      #expect(result.output.contains("  fingerprint  \(fingerprint)\n"))
    }
    #expect(result.output.components(separatedBy: ": flagged, open\n").count == chosen.count + 1)
    #expect(!result.output.contains("\u{1B}"))
  }

  @Test func aFingerprintOfNothingIsAUsageError() async throws {
    let result = try await Program.tokenreeve.run(
      ["audit", "--sandbox", "--explain", "x/token-stale/api-token/1"], in: folder)
    #expect(result.status == 2)
    #expect(result.output.isEmpty)
    #expect(result.errors.contains("not of x\n"), "\(result.errors)")
  }

  @Test func explainingWritesNoReport() async throws {
    let result = try await Program.tokenreeve.run(
      ["audit", "--sandbox", "--explain", "a/b/c/d", "--report", "text"], in: folder)
    #expect(result.status == 2)
    #expect(result.errors.contains("--explain writes no report"))
  }
}
