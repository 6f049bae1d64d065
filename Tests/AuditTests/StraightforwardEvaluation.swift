import CEL
import Inventory
import Policy

@testable import Audit

/// The outcomes of an audit, found in the plainest way: every rule is asked of every resource, one after the other.
/// What a faster evaluation has to agree with.
struct StraightforwardEvaluation {
  private(set) var findings: [String] = []
  /// By rule: passed, flagged, not applicable, and what was not evaluable by reason with the first few resources.
  private(set) var tallies: [String: String] = [:]

  init(_ policy: GovernancePolicy, _ snapshot: Snapshot, at: Instant) {
    let inventory = AuditedInventory(snapshot, at: at)
    let now = conditionTimestamp(at)
    let org = withPlainLists(inventory.object(.organization, 0))
    var found: [(key: (Int, String, String), id: String, order: Int, text: String)] = []
    for selected in policy.rules {
      var counts = (passed: 0, flagged: 0, notApplicable: 0)
      var reasons: [String: [String]] = [:]
      for kind in ResourceKind.allCases {
        guard let programs = selected.programs[kind] else { continue }
        for index in 0..<inventory.count(of: kind) {
          let bindings = ConditionEnvironment.bindings(
            kind, withPlainLists(inventory.object(kind, index)), now: now, org: org, facts: inventory.facts)
          let name = inventory.name(kind, index)
          switch programs.outcome(bindings) {
          case .passed: counts.passed += 1
          case .notApplicable: counts.notApplicable += 1
          case .notEvaluable(let reason): reasons[reason, default: []].append(name.id)
          case .flagged:
            counts.flagged += 1
            let severity = Severity.allCases.firstIndex(of: selected.severity) ?? 0
            let evidence = programs.evidence(bindings).map { "\($0.field)=\($0.value)" }
            let text = Self.text(selected.rule.id, name, programs.message.text(bindings), evidence)
            found.append(((-severity, selected.rule.id, kind.rawValue), name.id, found.count, text))
          }
        }
        if kind == .owner {
          for token in inventory.unattributedTokens {
            reasons[inventory.reasonForNoOwner(token), default: []].append(inventory.name(.apiToken, token).id)
          }
        }
      }
      tallies[selected.rule.id] = Self.text(
        counts.passed, counts.flagged, counts.notApplicable, reasons.mapValues { ($0.count, Array($0.prefix(5))) })
    }
    findings = found.sorted { left, right in
      if left.key != right.key { return left.key < right.key }
      let (leftID, rightID) = (Array(left.id.utf8), Array(right.id.utf8))
      return leftID == rightID ? left.order < right.order : leftID.lexicographicallyPrecedes(rightID)
    }.map(\.text)
  }

  static func text(_ finding: Finding) -> String {
    text(finding.ruleID, finding.resource, finding.message, finding.evidence.map { "\($0.field)=\($0.value)" })
  }

  static func text(_ result: RuleResult) -> String {
    text(
      result.passed, result.flagged, result.notApplicable,
      Dictionary(uniqueKeysWithValues: result.notEvaluable.map { ($0.reason, ($0.count, $0.examples.map(\.id))) }))
  }

  private static func text(_ rule: String, _ name: ResourceName, _ message: String, _ evidence: [String]) -> String {
    "\(rule) \(name.kind) \(name.id) \(name.label ?? "-") \(name.owner?.text ?? "-"): \(message) \(evidence)"
  }

  private static func text(
    _ passed: Int, _ flagged: Int, _ notApplicable: Int, _ reasons: [String: (Int, [String])]
  ) -> String {
    let reasons = reasons.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.0) \($0.value.1)" }
    return "passed \(passed), flagged \(flagged), not applicable \(notApplicable), not evaluable \(reasons)"
  }
}

/// The record with lists that hold their elements, so that macros go over these one by one and over no columns.
private func withPlainLists(_ record: Value) -> Value {
  if case .object(let object) = record { .object(ObjectWithPlainLists(object)) } else { record }
}

private final class ObjectWithPlainLists: CEL.Object {
  private let object: any CEL.Object

  init(_ object: any CEL.Object) { self.object = object }

  var typeName: String { object.typeName }

  func field(_ index: Int) -> CEL.Field {
    let field = object.field(index)
    guard case .value(.list(let list)) = field else { return field }
    return .value(.list(ListValue(list.elements)))
  }
}
