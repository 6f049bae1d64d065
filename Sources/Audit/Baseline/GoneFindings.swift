import CEL
import Inventory
import Policy

/// Findings of a baseline that an audit does not have, told apart: resolved where it looked and found nothing,
/// unknown where it could not look.
struct GoneFindings {
  private(set) var resolved: [RecordedFinding] = []
  private(set) var unknown: [UnseenFinding] = []

  init(_ gone: some Sequence<RecordedFinding>, _ policy: GovernancePolicy, _ inventory: AuditedInventory) {
    let gone = Array(gone)
    let places = ResourcePlaces(of: gone.lazy.map(\.resource), in: inventory)
    let rules = Dictionary(policy.rules.map { ($0.rule.id, $0) }) { first, _ in first }
    for finding in gone {
      if let reason = Self.reasonForUnseen(finding, rules[finding.ruleID], places, inventory) {
        unknown.append(UnseenFinding(finding: finding, reason: reason))
      } else {
        resolved.append(finding)
      }
    }
  }

  /// Why nobody looked; nil when somebody did. A resource that is gone was looked at when its list is complete.
  private static func reasonForUnseen(
    _ finding: RecordedFinding, _ rule: SelectedRule?, _ places: ResourcePlaces, _ inventory: AuditedInventory
  ) -> String? {
    let kind = finding.resource.kind
    guard let rule else { return "the policy does not have the rule any more" }
    guard let programs = rule.programs[kind] else {
      return "the rule is not asked of the kind \(kind.rawValue) any more"
    }
    if let list = kind.list, let gap = inventory.gap(in: list) { return gap }
    if kind == .owner, !inventory.unattributedTokens.isEmpty { return "the owner of some API tokens is not known" }
    if isDigestIdentity(finding.resource.id), places.indexes(of: finding.resource).isEmpty { return unfollowable }
    for index in places.indexes(of: finding.resource) {
      let bindings = inventory.bindings(kind, index)
      if case .notEvaluable(let reason) = programs.outcome(bindings) { return reason }
      if let override = programs.inForce(bindings).override, !rule.overrides[override].isEnabled {
        return "an override of the policy turns the rule off for it"
      }
    }
    return nil
  }
}

/// Why a finding on a record without an id is not known to be gone.
let unfollowable = "the record has no id, so it may be there with another content"

/// Where in an inventory some resources are, so that they can be asked again.
struct ResourcePlaces {
  private var indexes: [ResourceKind: [String: [Int]]] = [:]

  /// - Parameter names: the resources to be found; only kinds that are among them are looked through.
  init(of names: some Sequence<ResourceName>, in inventory: AuditedInventory) {
    for name in names { indexes[name.kind, default: [:]][name.id] = [] }
    for kind in ResourceKind.allCases {
      guard var found = indexes[kind] else { continue }
      for index in 0..<inventory.count(of: kind) {
        let id = inventory.id(kind, index)
        if found[id] != nil { found[id]?.append(index) }
      }
      indexes[kind] = found
    }
  }

  /// More than one only where a list has an id more than once.
  func indexes(of name: ResourceName) -> [Int] { indexes[name.kind]?[name.id] ?? [] }
}

extension AuditedInventory {
  /// The values of a program's variables for the resource of a kind with this index.
  func bindings(_ kind: ResourceKind, _ index: Int) -> [Value] {
    ConditionEnvironment.bindings(
      kind, object(kind, index), now: conditionTimestamp(now), org: object(.organization, 0), facts: facts)
  }
}
