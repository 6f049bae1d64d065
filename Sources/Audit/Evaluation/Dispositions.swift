import CEL
import Inventory
import Policy

/// Which waiver, if any, accepts what was found, or what could not be seen.
struct Dispositions: Sendable {
  let waivers: [Waiver]
  private let at: Instant
  private let findingWaivers: [String: [Int]]
  private let notEvaluableWaivers: [String: [Int]]
  private let listWaivers: [CollectedList: [Int]]
  private let scopesWaivers: [Int]
  /// Why lists are incomplete that a waiver accepts: an outcome with such a reason is accepted with the list.
  private let acceptedGaps: Set<String>
  /// Incomplete lists that a waiver accepts, by their names: a finding about such a list is accepted with it.
  private let acceptedLists: [String: Int]
  private let acceptsSomethingNotEvaluable: Bool
  /// How often each waiver matches an incomplete list.
  let listUses: [Int]

  init(_ waivers: [Waiver], _ inventory: AuditedInventory) {
    self.waivers = waivers
    at = inventory.now
    var findingWaivers: [String: [Int]] = [:]
    var notEvaluableWaivers: [String: [Int]] = [:]
    var listWaivers: [CollectedList: [Int]] = [:]
    var scopesWaivers: [Int] = []
    var acceptedGaps: Set<String> = []
    var acceptedLists: [String: Int] = [:]
    var listUses = waivers.map { _ in 0 }
    for (index, waiver) in waivers.enumerated() {
      switch waiver.subject {
      case .findings(let rules): for rule in rules { findingWaivers[rule, default: []].append(index) }
      case .notEvaluable(let rules): for rule in rules { notEvaluableWaivers[rule, default: []].append(index) }
      case .list(let list):
        listWaivers[list, default: []].append(index)
        guard let gap = inventory.gap(in: list) else { continue }
        listUses[index] += 1
        if !waiver.isExpired(at: inventory.now) {
          acceptedGaps.insert(gap)
          acceptedLists[list.rawValue] = acceptedLists[list.rawValue] ?? index
        }
      case .scopes: scopesWaivers.append(index)
      }
    }
    self.findingWaivers = findingWaivers
    self.notEvaluableWaivers = notEvaluableWaivers
    self.listWaivers = listWaivers
    self.scopesWaivers = scopesWaivers
    self.acceptedGaps = acceptedGaps
    self.acceptedLists = acceptedLists
    acceptsSomethingNotEvaluable = !(acceptedGaps.isEmpty && notEvaluableWaivers.isEmpty && scopesWaivers.isEmpty)
    self.listUses = listUses
  }

  /// Whether any waiver is for findings of the rule, or for what it finds in resources of a kind.
  func hasWaivers(forFindingsOf rule: String, _ kind: ResourceKind) -> Bool {
    findingWaivers[rule] != nil || kind == .coverage && !acceptedLists.isEmpty
  }

  /// The waiver that accepts a finding of the rule. Every waiver that matches is counted as used; the first that is not
  /// expired accepts.
  func waiver(
    forFindingsOf rule: String, _ id: String, _ kind: ResourceKind, _ bindings: [Value], _ uses: inout [Int]
  ) -> Int? {
    accepting(findingWaivers[rule], id, kind, bindings, &uses) ?? (kind == .coverage ? acceptedLists[id] : nil)
  }

  func acceptsNotEvaluable(
    _ rule: String, reason: String, _ id: @autoclosure () -> String, _ kind: ResourceKind,
    _ bindings: @autoclosure () -> [Value], _ uses: inout [Int]
  ) -> Bool {
    guard acceptsSomethingNotEvaluable else { return false }
    if acceptedGaps.contains(reason) { return true }
    let candidates = (notEvaluableWaivers[rule] ?? []) + (reason == notReportedScopes ? scopesWaivers : [])
    guard !candidates.isEmpty else { return false }
    return accepting(candidates, id(), kind, bindings(), &uses) != nil
  }

  /// Which expired waiver matches a finding, if one does. Nothing is looked up where no waiver for findings is expired.
  func expiredWaivers(of findings: FindingList, in inventory: AuditedInventory) -> (Finding) -> Waiver? {
    let expired = findingWaivers.mapValues { $0.filter { waivers[$0].isExpired(at: at) } }.filter { !$0.value.isEmpty }
    let concerned = findings.groups.lazy.filter { expired[$0.ruleID] != nil }.flatMap { findings[$0.range] }
    let places = ResourcePlaces(of: concerned.map(\.resource), in: inventory)
    return { finding in
      guard let candidates = expired[finding.ruleID] else { return nil }
      let resource = finding.resource
      for index in places.indexes(of: resource) {
        let bindings = inventory.bindings(resource.kind, index)
        for waiver in candidates where matches(waivers[waiver], resource.id, resource.kind, bindings) {
          return waivers[waiver]
        }
      }
      return nil
    }
  }

  /// The waiver that accepts a list's gap.
  func waiver(for list: CollectedList) -> Waiver? {
    listWaivers[list]?.map { waivers[$0] }.first { !$0.isExpired(at: at) }
  }

  func result(_ waiver: Waiver, uses: Int) -> WaiverResult {
    let state: WaiverResult.State = uses == 0 ? .unused : waiver.isExpired(at: at) ? .expired : .used
    return WaiverResult(waiver: waiver, state: state, matches: uses)
  }

  private func accepting(
    _ candidates: [Int]?, _ id: String, _ kind: ResourceKind, _ bindings: [Value], _ uses: inout [Int]
  ) -> Int? {
    var accepting: Int?
    for index in candidates ?? [] where matches(waivers[index], id, kind, bindings) {
      uses[index] += 1
      if accepting == nil, !waivers[index].isExpired(at: at) { accepting = index }
    }
    return accepting
  }

  /// A condition that can't be evaluated matches nothing: what is not known is not accepted.
  private func matches(_ waiver: Waiver, _ id: String, _ kind: ResourceKind, _ bindings: [Value]) -> Bool {
    switch waiver.match {
    case nil: true
    case .ids(let ids): ids.contains(id)
    case .condition(let programs, _): (try? programs[kind]?.condition.evaluateBool(bindings)) ?? false
    }
  }
}
