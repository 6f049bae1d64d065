package import Policy

/// The findings of an audit, in the order of all reports: severity (worst first), then rule id, kind, resource id.
///
/// There can be millions, of which most reports show a few: what a finding says is made when it is asked for, and a
/// rule's findings are put in order when the first of them is. Counts cost nothing.
package struct FindingList: Sendable {
  private enum Storage: Sendable {
    case stated([Finding])
    case evaluated(EvaluatedFindings)
    case compared(ComparedFindings)
  }

  private let storage: Storage
  /// The findings rule by rule, as they lie in the list.
  package let groups: [Group]

  /// Findings of one rule and severity.
  package struct Group: Sendable {
    package let ruleID: String
    package let severity: Severity
    /// Where in the list they are.
    package let range: Range<Int>
    package let open: Int
    package var baselined = 0

    package var waived: Int { range.count - open - baselined }
  }

  /// Findings that are known already, in the order that reports have.
  package init(_ findings: [Finding]) {
    storage = .stated(findings)
    var groups: [Group] = []
    var start = 0
    while start < findings.count {
      let first = findings[start]
      let end =
        findings[start...].firstIndex { $0.ruleID != first.ruleID || $0.severity != first.severity } ?? findings.count
      groups.append(
        Group(
          ruleID: first.ruleID, severity: first.severity, range: start..<end,
          open: findings[start..<end].count { $0.disposition.isOpen },
          baselined: findings[start..<end].count { $0.disposition.isBaselined }))
      start = end
    }
    self.groups = groups
  }

  init(_ findings: EvaluatedFindings) {
    storage = .evaluated(findings)
    groups = findings.groups
  }

  init(_ findings: ComparedFindings) {
    storage = .compared(findings)
    groups = findings.groups
  }

  /// The findings that nothing accepts, and that nothing but their disposition has been looked at of.
  package var openCount: Int { groups.reduce(0) { $0 + $1.open } }

  /// The first open findings.
  package func open(first limit: Int) -> [Finding] {
    var found: [Finding] = []
    for group in groups where group.open > 0 && found.count < limit {
      for index in group.range where found.count < limit && isOpen(index) { found.append(self[index]) }
    }
    return found
  }

  func isOpen(_ index: Int) -> Bool {
    switch storage {
    case .stated(let findings): findings[index].disposition.isOpen
    case .evaluated(let findings): findings.isOpen(index)
    case .compared(let findings): findings.isOpen(index)
    }
  }
}

extension FindingList: RandomAccessCollection {
  package var startIndex: Int { 0 }
  package var endIndex: Int { groups.last?.range.upperBound ?? 0 }
  package subscript(position: Int) -> Finding {
    switch storage {
    case .stated(let findings): findings[position]
    case .evaluated(let findings): findings.finding(at: position)
    case .compared(let findings): findings.finding(at: position)
    }
  }
}
