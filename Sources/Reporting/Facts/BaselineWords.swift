import Audit
import Inventory
import Policy

/// The words that reports have for a baseline.

extension AuditReport {
  /// Why a finding is not open, in a clause with hostile characters made visible; nil when it is open.
  func acceptance(of finding: Finding) -> String? {
    switch finding.disposition {
    case .open: nil
    case .waived(let waiver): "waived: \(waiver.acceptance)"
    case .baselined(let since): "baselined: \(standing(since: since))"
    }
  }

  /// Since when a finding is in the baseline: `in the baseline since 2026-03-01, 92 days`.
  func standing(since: Instant) -> String { "in the baseline since \(since.dateText), \(age(of: since))" }

  /// What the baseline is, in a clause; nil when there is none.
  var baselineText: String? {
    baseline.map { "baseline of \($0.run.auditedAt.dateText), \(age(of: $0.run.auditedAt)) old" }
  }

  /// How long before the audit instant something was: `92 days`, `less than a day`.
  private func age(of instant: Instant) -> String {
    let days = (run.auditedAt.milliseconds - instant.milliseconds) / 86_400_000
    return days < 1 ? "less than a day" : counted(Int(days), "day")
  }

  /// The numbers of the comparison, in a clause; nil when there is no baseline.
  var baselineNumbers: String? {
    guard let baseline else { return nil }
    let states = baseline.counts
    let incomparable = states[.incomparable].map { "\($0) not comparable, " } ?? ""
    return
      "\(states[.new] ?? 0) new, \(states[.worse] ?? 0) worse, \(incomparable)\(states[.unchanged] ?? 0) unchanged; "
      + "\(baseline.resolved.count) resolved, \(baseline.unknown.count) not known"
  }

  /// What accepts findings at or above `--fail-on`, for a pass: ` (waivers accept 1, the baseline 3)`.
  var acceptedText: String {
    let groups = findings.groups.filter { $0.severity >= run.failOn }
    let waived = groups.reduce(0) { $0 + $1.waived }
    let baselined = groups.reduce(0) { $0 + $1.baselined }
    let parts = [
      waived > 0 ? "waivers accept \(waived)" : nil, baselined > 0 ? "the baseline accepts \(baselined)" : nil,
    ]
    let text = parts.compactMap(\.self).joined(separator: ", ")
    return text.isEmpty ? "" : " (\(text))"
  }
}

extension RecordedFinding {
  /// The resource in a sentence, with hostile characters made visible.
  var resourceText: String {
    "\(resource.kind.rawValue) \(visibleOrEmpty(resource.id))"
      + (resource.label.map { " \"\(visible($0))\"" } ?? "")
  }
}
