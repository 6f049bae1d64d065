import Inventory
import Policy

/// The baseline of an audit, and what became of its findings that are not found any more.
package struct BaselineResult: Sendable {
  /// The audit that the baseline is the report of.
  package let run: Run
  package let verdict: Verdict.State
  /// How many findings of the audit compare in each way.
  package let counts: [BaselineComparison.State: Int]
  /// What a reader has to know of the baseline: its age, another policy, what it had not seen itself.
  package let notes: [String]
  /// Looked at, and not found any more: in the order of the baseline.
  package let resolved: [RecordedFinding]
  /// Not found any more, but not looked at either.
  package let unknown: [UnseenFinding]

  package init(
    run: Run, verdict: Verdict.State, counts: [BaselineComparison.State: Int], notes: [String],
    resolved: [RecordedFinding], unknown: [UnseenFinding]
  ) {
    self.run = run
    self.verdict = verdict
    self.counts = counts
    self.notes = notes
    self.resolved = resolved
    self.unknown = unknown
  }

  /// From this age on, a baseline is warned about.
  package static let longestAge: Int64 = 90 * 86_400_000
}

/// A finding that is not found any more, where nobody looked.
package struct UnseenFinding: Sendable {
  package let finding: RecordedFinding
  /// Why that it is gone says nothing.
  package let reason: String

  package init(finding: RecordedFinding, reason: String) {
    self.finding = finding
    self.reason = reason
  }
}

extension Baseline {
  /// - Parameter findings: those of the audit, compared with the baseline.
  func result(
    _ findings: ComparedFindings, run: Run, _ policy: GovernancePolicy, _ inventory: AuditedInventory
  ) -> BaselineResult {
    let found = findings.found
    var seen: Set<String> = []
    let gone = acceptedFindings.filter { !found.contains($0.fingerprint) && seen.insert($0.fingerprint).inserted }
    let search = GoneFindings(gone, policy, inventory)
    return BaselineResult(
      run: report.run, verdict: report.verdict.state, counts: findings.counts, notes: notes(findings, run),
      resolved: search.resolved,
      unknown: search.unknown)
  }

  private func notes(_ findings: ComparedFindings, _ run: Run) -> [String] {
    let earlier = report.run
    var notes: [String] = []
    if run.auditedAt.milliseconds - earlier.auditedAt.milliseconds > BaselineResult.longestAge {
      notes.append(
        "the baseline of \(earlier.auditedAt.dateText) is older than 90 days: "
          + "look through what it accepts, and make a new one")
    } else {
      let old = findings.baselined.filter {
        run.auditedAt.milliseconds - $0.since.milliseconds > BaselineResult.longestAge
      }
      if let oldest = old.map(\.since).min() {
        let count = old.reduce(0) { $0 + $1.count }
        let subject = count == 1 ? "1 finding has" : "\(count) findings have"
        notes.append("\(subject) been baselined for more than 90 days, the oldest since \(oldest.dateText)")
      }
    }
    if earlier.policyDigest != run.policyDigest {
      notes.append(
        "the baseline was judged by another policy: \(earlier.policyID) (\(earlier.policyDigest.prefix(12))), now "
          + "\(run.policyID) (\(run.policyDigest.prefix(12)))")
    }
    if report.verdict.state == .inconclusive {
      notes.append(
        "the baseline's own audit was inconclusive, and what it did not see is new now: "
          + (report.verdict.reasons.first ?? "no reason is on record"))
    }
    if earlier.apiBase != run.apiBase {
      notes.append(
        "the baseline was answered by \(earlier.apiBase ?? "Atlassian"), not by \(run.apiBase ?? "Atlassian")")
    }
    return notes
  }
}
