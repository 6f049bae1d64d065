import Audit
import Policy

/// What is not known for one reason. One unreadable date can keep a dozen rules from an answer: people are told once.
struct GapGroup {
  let reason: String
  let bearing: Gap.Bearing
  private(set) var gaps: [Gap]

  fileprivate init(_ gap: Gap) {
    reason = gap.reason
    bearing = gap.bearing
    gaps = [gap]
  }

  fileprivate mutating func add(_ gap: Gap) { gaps.append(gap) }

  var isDecisive: Bool { if case .decisive = bearing { true } else { false } }

  /// The list that was not collected, or the ids of the rules that have no answer.
  var subjects: [String] { gaps.map { $0.ruleID ?? $0.subjectText } }

  /// What is missing, in a clause: `the list of API keys`, `14 answers of 9 rules`.
  var subjectText: String {
    let count = gaps.reduce(0) { $0 + ($1.count ?? 0) }
    guard let first = gaps.first, first.ruleID != nil else { return gaps.first?.subjectText ?? "" }
    return "\(counted(count, "answer")) of \(gaps.count == 1 ? first.ruleID ?? "" : counted(gaps.count, "rule"))"
  }

  /// A few of the resources that have no answer, by kind and id, with hostile characters made visible; none for a list.
  var exampleNames: [String] {
    var seen: Set<String> = []
    let names = gaps.flatMap(\.examples).map { "\($0.kind.rawValue) \(visibleOrEmpty($0.id))" }
    return Array(names.filter { seen.insert($0).inserted }.prefix(Self.exampleLimit))
  }

  private static let exampleLimit = 3

  var advice: String? { gaps.lazy.compactMap(\.advice).first }
}

extension AuditReport {
  /// The gaps by reason and by what they do to the verdict: decisive ones first, else in the order of `gaps`.
  var gapGroups: [GapGroup] {
    var groups: [GapGroup] = []
    var indexes: [String: Int] = [:]
    for gap in gaps {
      let key = "\(gap.bearingText) \(gap.name) \(gap.reason)"
      if let index = indexes[key] {
        groups[index].add(gap)
      } else {
        indexes[key] = groups.count
        groups.append(GapGroup(gap))
      }
    }
    return groups.filter(\.isDecisive) + groups.filter { !$0.isDecisive }
  }
}
