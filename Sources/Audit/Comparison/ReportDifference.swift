import Inventory
import Policy

/// What a later report of an organization says otherwise than an earlier one.
package struct ReportDifference: Sendable {
  package let old: Run
  package let new: Run
  package let oldVerdict: Verdict.State
  package let newVerdict: Verdict.State
  /// What a reader has to know before the rest, such as another policy.
  package let notes: [String]
  /// Found now and not before, where the earlier audit looked. Like the other lists in the order of its report.
  package let appeared: [RecordedFinding]
  /// Found before and not now, where the later audit looked.
  package let resolved: [RecordedFinding]
  /// Found in one of the two, where the other did not look.
  package let unknown: [Unknown]
  package let changed: [Changed]
  /// Findings that are the same in both. So is one whose message alone differs: many messages count days, and time
  /// passes by itself.
  package let unchanged: Int

  package struct Unknown: Sendable {
    package let finding: RecordedFinding
    /// Whether the later report has it; the earlier one otherwise.
    package let isInNew: Bool
    /// Why the other one says nothing about it.
    package let reason: String
  }

  package struct Changed: Sendable {
    package let old: RecordedFinding
    package let new: RecordedFinding
    package let changes: [Change]
  }

  /// A member of a finding that is not what it was.
  package struct Change: Hashable, Sendable {
    package enum Member: String, Sendable {
      case severity, disposition, measure, message, evidence
    }

    package let member: Member
    package let old: String
    package let new: String
  }

  /// Compares two reports of one organization.
  package init(_ old: RecordedReport, _ new: RecordedReport) {
    self.old = old.run
    self.new = new.run
    oldVerdict = old.verdict.state
    newVerdict = new.verdict.state
    notes = Self.notes(old, new)
    var rest = old.findings.enumerated().reduce(into: [String: [Int]]()) {
      $0[$1.element.fingerprint, default: []].append($1.offset)
    }
    var appeared: [RecordedFinding] = []
    var unknown: [Unknown] = []
    var changed: [Changed] = []
    var unchanged = 0
    for finding in new.findings {
      // Several findings of one fingerprint are taken in their order.
      guard let index = rest[finding.fingerprint]?.first else {
        if let reason = old.reasonForUnseen(finding) {
          unknown.append(Unknown(finding: finding, isInNew: true, reason: reason))
        } else {
          appeared.append(finding)
        }
        continue
      }
      rest[finding.fingerprint]?.removeFirst()
      let changes = Self.changes(old.findings[index], finding)
      if changes.isEmpty {
        unchanged += 1
      } else {
        changed.append(Changed(old: old.findings[index], new: finding, changes: changes))
      }
    }
    var resolved: [RecordedFinding] = []
    for index in rest.values.joined().sorted() {
      let finding = old.findings[index]
      if let reason = new.reasonForUnseen(finding) {
        unknown.append(Unknown(finding: finding, isInNew: false, reason: reason))
      } else {
        resolved.append(finding)
      }
    }
    self.appeared = appeared
    self.resolved = resolved
    self.unknown = unknown
    self.changed = changed
    self.unchanged = unchanged
  }

  private static func notes(_ old: RecordedReport, _ new: RecordedReport) -> [String] {
    var notes: [String] = []
    if old.run.auditedAt > new.run.auditedAt {
      notes.append("the first report is the later one: \(old.run.auditedAt.text), the second \(new.run.auditedAt.text)")
    }
    if old.run.policyDigest != new.run.policyDigest {
      notes.append(
        "the policies differ: \(old.run.policyID) (\(old.run.policyDigest.prefix(12))), then "
          + "\(new.run.policyID) (\(new.run.policyDigest.prefix(12)))")
    }
    if old.run.apiBase != new.run.apiBase {
      notes.append("the hosts differ: \(old.run.apiBase ?? "Atlassian"), then \(new.run.apiBase ?? "Atlassian")")
    }
    return notes
  }

  private static func changes(_ old: RecordedFinding, _ new: RecordedFinding) -> [Change] {
    var changes: [Change] = []
    func note(_ member: Change.Member, _ old: String, _ new: String) {
      if old != new { changes.append(Change(member: member, old: old, new: new)) }
    }
    note(.severity, old.severity.rawValue, new.severity.rawValue)
    note(.disposition, old.disposition.name, new.disposition.name)
    note(.measure, old.measure.map(numberText) ?? "none", new.measure.map(numberText) ?? "none")
    let before = Dictionary(old.evidence.map { ($0.field, $0.value) }) { first, _ in first }
    let now = Dictionary(new.evidence.map { ($0.field, $0.value) }) { first, _ in first }
    for field in Set(before.keys).union(now.keys).sorted() where before[field] != now[field] {
      changes.append(
        Change(
          member: .evidence, old: "\(field) \(before[field] ?? "not read")", new: "\(field) \(now[field] ?? "not read")"
        ))
    }
    if !changes.isEmpty { note(.message, old.message, new.message) }
    return changes
  }
}

extension RecordedReport {
  /// Why a finding that the report does not have may be there all the same; nil when its audit looked.
  func reasonForUnseen(_ finding: RecordedFinding) -> String? {
    let kind = finding.resource.kind
    if isDigestIdentity(finding.resource.id) { return unfollowable }
    guard let rule = rules[finding.ruleID] else { return "its policy does not have the rule" }
    if let list = kind.list, let gap = gaps[list] { return "its list of \(list.title) is not complete: \(gap)" }
    for entry in rule.notEvaluable {
      let names = entry.examples
      // Reports name the first few; a rule on owners names tokens whose owner is not known.
      guard names.count == entry.count, names.allSatisfy({ $0.kind == kind }) else {
        return "its rule was not evaluable on \(entry.count) resources, of which this may be one: \(entry.reason)"
      }
      if names.contains(where: { $0.id == finding.resource.id }) { return entry.reason }
    }
    return nil
  }
}
