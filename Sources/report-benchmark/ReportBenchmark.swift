import Audit
import Files
import Foundation
import Inventory
import Policy
import Reporting

/// Measures how fast formats are written: the report of an organization in which every token has a finding.
///
/// Usage: `report-benchmark FINDINGS FORMAT FILE`. Prints one JSON object: the seconds that writing took on the clock
/// and of the processor, and by how many bytes the process grew meanwhile at most. Limits of the format are lifted.
@main
enum ReportBenchmark {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 4, let count = Int(arguments[1]), let format = ReportFormat(rawValue: arguments[2]) else {
      throw Failure(description: "usage: report-benchmark FINDINGS FORMAT FILE")
    }
    let report = try report(count)
    let before = try usage()
    let start = ContinuousClock.now
    var file = try AtomicFile(path: arguments[3])
    try format.write(report, ReportOptions(junitLimit: nil, htmlLimit: nil), to: &file)
    try file.commit()
    let duration = ContinuousClock.now - start
    let seconds = Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    let after = try usage()
    print(
      "{\"seconds\": \(seconds), \"cpuSeconds\": \(after.cpuSeconds - before.cpuSeconds), "
        + "\"growth\": \(after.peakMemory - before.peakMemory)}")
  }

  /// Findings of four rules over tokens whose labels and owners look like those of an organization.
  private static func report(_ count: Int) throws -> AuditReport {
    let policy = try PolicyLoader { path throws(PolicyFailure) in throw .cannotRead(path, advice: nil) }.load(
      "baseline"
    ).policy
    let ids = ["token-no-expiry", "token-unscoped", "token-stale", "token-never-used"]
    let selected = policy.rules.filter { ids.contains($0.rule.id) }.sorted {
      ($1.severity, $0.rule.id) < ($0.severity, $1.rule.id)
    }
    let share = count / selected.count
    let now = Instant(milliseconds: 1_780_272_000_000)
    let organization = "4c1632cc-687c-4368-9b72-4e2d2427f77e"
    var findings: [Finding] = []
    findings.reserveCapacity(count)
    for rule in selected {
      for number in 0..<share {
        let id = String(10_000_000 + number)
        findings.append(
          Finding(
            ruleID: rule.rule.id, severity: rule.severity,
            resource: ResourceName(
              kind: .apiToken, id: id, label: "nightly export <\(number % 997)>",
              owner: OwnerName(id: "712020:\(number % 50_000)", name: nil, email: "user\(number % 50_000)@example.com")),
            disposition: .open,
            fingerprint: Fingerprint.make(
              organization: organization, rule: rule.rule.id, kind: .apiToken, id: id),
            message: "last used 2025-11-03, 210 days ago, 90 allowed",
            evidence: [.init(field: "lastActiveAt", value: "2025-11-03T00:00:00Z")]))
      }
    }
    let results = selected.map {
      RuleResult(
        selected: $0, gates: true, passed: 0, flagged: share, notApplicable: 0, notEvaluable: [], missingLists: [])
    }
    return AuditReport(
      run: Run(
        organizationID: organization, collectedAt: now, auditedAt: now, instantWasGiven: true, toolVersion: "0.0.0",
        apiBase: nil, policyID: policy.id, policyTitle: policy.title, policyDigest: policy.digest, failOn: .low),
      verdict: Verdict(state: .fail, reasons: ["\(findings.count) open findings are at or above low"]),
      coverage: CollectedList.always.map {
        ListCoverage(
          list: $0, coverage: Coverage(state: .complete(verified: true), records: share), neededBy: [], waiver: nil)
      },
      rules: results, findings: FindingList(findings), waivers: [], expiring: ExpiryList([]))
  }

  /// The processor's seconds that the process has taken, and the most memory that it has had, in bytes.
  private static func usage() throws -> (cpuSeconds: Double, peakMemory: Int) {
    var usage = rusage()
    #if os(Linux)
      let (own, unit) = (__rusage_who_t(RUSAGE_SELF.rawValue), 1024)
    #else
      let (own, unit) = (RUSAGE_SELF, 1)
    #endif
    guard unsafe getrusage(own, &usage) == 0 else { throw Failure(description: "getrusage failed") }
    let cpuSeconds = [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
    return (cpuSeconds, usage.ru_maxrss * unit)
  }

  private struct Failure: Error, CustomStringConvertible { let description: String }
}
