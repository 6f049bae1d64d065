import Audit
import Inventory
import Policy

/// An organization and a policy written in a test, and what an audit makes of them.
struct AuditFixture {
  var tokens: [String] = []
  var keys: [String] = []
  var policies: [String] = []
  /// Lists that were not collected completely.
  var gaps: [CollectedList: Coverage] = [:]
  /// Optional lists that were asked for.
  var included: Set<CollectedList> = []
  /// The text of a policy file.
  var policy = "rules: { token-stale: }"
  /// The elements of a waiver file, each a flow mapping.
  var waivers: [String] = []
  var failOn = Severity.low
  var at = "2026-06-01T00:00:00Z"
  var doubt: String?
  var jobs = 1
  var baseline: RecordedReport?

  func snapshot() throws -> Snapshot {
    var builder = SnapshotBuilder()
    for (list, records) in [(CollectedList.apiTokens, tokens), (.apiKeys, keys), (.policies, policies)] {
      for record in records {
        var scanner = JSONScanner(Array(record.utf8))
        _ = try builder.append(list, &scanner)
      }
    }
    let complete = builder.counts.mapValues { Coverage(state: .complete(verified: true), records: $0) }
    let header = SnapshotHeader(
      organizationID: "org 1", collectedAt: Instant(milliseconds: 1_780_000_000_000), toolVersion: "1", apiBase: nil,
      including: included)
    return builder.build(header: header, coverage: complete.merging(gaps) { $1 })
  }

  func loadedPolicy() throws -> GovernancePolicy {
    let text = policy
    return try PolicyLoader { _ throws(PolicyFailure) in text }.load("policy.yaml").policy
  }

  func report() async throws -> AuditReport { try await auditor().audit(try snapshot(), try options()) }

  func auditor() throws -> Auditor {
    let policy = try loadedPolicy()
    let file = SourceFile(name: "waivers.yaml", text: "waivers: [\(waivers.joined(separator: ", "))]")
    return Auditor(
      policy: policy, waivers: waivers.isEmpty ? [] : try WaiverParser.waivers(file, for: policy).waivers,
      baseline: baseline.map(Baseline.init))
  }

  func options() throws -> Auditor.Options {
    guard let at = Instant(at) else { throw JSONError("no instant", at: 0) }
    return Auditor.Options(
      at: at, instantWasGiven: true, failOn: failOn, toolVersion: "1", doubt: doubt, jobs: jobs)
  }

  /// A waiver for findings or outcomes of a rule.
  static func waiver(_ members: String, expires: String = "2026-12-31", id: String = "w") -> String {
    "{ id: \(id), \(members), reason: known, owner: sec@example.com, expires: \(expires) }"
  }
}

/// Tokens that the rule token-stale flags, passes and can't judge.
let staleToken = #"{"id":"stale","lastActiveAt":"2026-01-01T00:00:00Z","user":{"id":"u"}}"#
let freshToken = #"{"id":"fresh","lastActiveAt":"2026-05-31T00:00:00Z","user":{"id":"u"}}"#
let unreadableToken = #"{"id":"unreadable","lastActiveAt":"?","user":{"id":"u"}}"#
let blockedToken = #"{"id":"blocked","status":"BLOCKED","lastActiveAt":"2026-01-01T00:00:00Z","user":{"id":"u"}}"#

extension Coverage {
  static let refused = Coverage(state: .unavailable("the API refused it (403)"))
}
