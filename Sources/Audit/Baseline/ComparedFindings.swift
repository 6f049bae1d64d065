import Inventory
import Policy

/// Findings with how each compares with a baseline. There can be millions: of each only which of a few entries it has is
/// kept.
package final class ComparedFindings: Sendable {
  private let base: FindingList
  private let codes: [Int32]
  private let entries: [Entry]
  let groups: [FindingList.Group]
  /// The fingerprints of the baseline that are among them.
  let found: Set<String>

  struct Entry: Hashable, Sendable {
    let comparison: BaselineComparison
    /// Since when the finding is baselined; nil when it is not.
    let since: Instant?
  }

  private init(
    base: FindingList, codes: [Int32], entries: [Entry], groups: [FindingList.Group], found: Set<String>
  ) {
    self.base = base
    self.codes = codes
    self.entries = entries
    self.groups = groups
    self.found = found
  }

  var findings: FindingList { FindingList(self) }

  func finding(at position: Int) -> Finding {
    var finding = base[position]
    let entry = entries[Int(codes[position])]
    finding.baseline = entry.comparison
    if let since = entry.since { finding.disposition = .baselined(since: since) }
    return finding
  }

  func isOpen(_ position: Int) -> Bool { entries[Int(codes[position])].since == nil && base.isOpen(position) }

  /// How many findings compare in each way.
  var counts: [BaselineComparison.State: Int] {
    numbers.reduce(into: [:]) { $0[$1.entry.comparison.state, default: 0] += $1.count }
  }

  /// How many findings are baselined, by since when.
  var baselined: [(since: Instant, count: Int)] {
    numbers.compactMap { number in number.entry.since.map { ($0, number.count) } }
  }

  private var numbers: [(entry: Entry, count: Int)] {
    var counts = entries.map { _ in 0 }
    for code in codes { counts[Int(code)] += 1 }
    return Array(zip(entries, counts)).map { (entry: $0.0, count: $0.1) }
  }

  /// Takes the entries of the findings in their order.
  struct Builder {
    private let base: FindingList
    private var codes: [Int32] = []
    private var entries: [Entry] = []
    private var codeOfEntry: [Entry: Int32] = [:]

    init(_ base: FindingList) {
      self.base = base
      codes.reserveCapacity(base.count)
    }

    mutating func append(_ entry: Entry) { codes.append(code(of: entry)) }

    /// Says of a finding that it is open after all.
    mutating func replace(_ index: Int, with comparison: BaselineComparison) {
      codes[index] = code(of: Entry(comparison: comparison, since: nil))
    }

    func build(found: Set<String>) -> ComparedFindings {
      let groups = base.groups.map { group in
        let baselined = codes[group.range].count { entries[Int($0)].since != nil }
        return FindingList.Group(
          ruleID: group.ruleID, severity: group.severity, range: group.range, open: group.open - baselined,
          baselined: baselined)
      }
      return ComparedFindings(base: base, codes: codes, entries: entries, groups: groups, found: found)
    }

    private mutating func code(of entry: Entry) -> Int32 {
      if let code = codeOfEntry[entry] { return code }
      let code = Int32(entries.count)
      entries.append(entry)
      codeOfEntry[entry] = code
      return code
    }
  }
}
