import Audit
import Foundation
import Inventory
import Policy
import Reporting

/// Differences that have some of everything, with a text in each field that people outside can fill.
enum DifferenceSamples {
  static func all(_ text: String = "text") throws -> [Difference] { [try reports(text), try snapshots(text)] }

  static func reports(_ text: String = "text") throws -> Difference {
    var (old, new) = (builder(text), builder(text))
    old.finding("token-a", id: "resolved \(text)")
    new.finding("token-a", id: "appeared \(text)")
    old.finding("token-a", id: "changed \(text)")
    new.finding("token-a", id: "changed \(text)", waiver: new.waiver(.findings(rules: ["token-a"])))
    old.finding("key-b", id: "gone \(text)")
    new.notEvaluable("key-b", reason: "not reported \(text)", count: 7)
    return .reports(
      ReportDifference(
        try RecordedReport(parsing: old.report().bytes(.json)),
        try RecordedReport(parsing: new.report().bytes(.json))))
  }

  private static func builder(_ text: String) -> ReportBuilder {
    var builder = ReportBuilder(text: text)
    builder.rule("token-a", .high)
    builder.rule("key-b", .low)
    return builder
  }

  static func snapshots(_ text: String = "text") throws -> Difference {
    let old = try snapshot(
      [token("1 \(text)", text, scopes: ["a"]), token("2 \(text)", text, scopes: ["a"], expiry: "2026-09-01")],
      partial: false)
    let new = try snapshot(
      [
        token("2 \(text)", "\(text) now", scopes: ["a", "b \(text)"], expiry: "2027-01-01"),
        token("3 \(text)", text, scopes: []),
      ], partial: true)
    return .snapshots(SnapshotDifference(old, new))
  }

  private static func token(_ id: String, _ label: String, scopes: [String], expiry: String? = nil) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.string("id", id)
      json.string("label", label)
      json.object("user") { json in
        json.string("id", "account \(id.dropFirst(2))")
        json.string("name", String(id.dropFirst(2)))
      }
      json.strings("scopes", scopes)
      json.string("expiresAt", expiry.map { "\($0)T00:00:00Z" })
    }
    return json.bytes
  }

  private static func snapshot(_ tokens: [[UInt8]], partial: Bool) throws -> Snapshot {
    var builder = SnapshotBuilder()
    for token in tokens {
      var scanner = JSONScanner(token)
      _ = try builder.append(.apiTokens, &scanner)
    }
    var coverage = builder.counts.mapValues { Coverage(state: .complete(verified: true), records: $0) }
    if partial { coverage[.apiTokens] = Coverage(state: .partial("HTTP 500"), records: tokens.count) }
    let header = SnapshotHeader(
      organizationID: "org-1", collectedAt: ReportBuilder.at, toolVersion: "1", apiBase: nil)
    return builder.build(header: header, coverage: coverage)
  }
}
