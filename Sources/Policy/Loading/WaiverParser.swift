import CEL
package import Inventory
import YAML

/// Reads a waiver file: a list `waivers`, each with what it accepts, why, who answers for it, and until when.
package struct WaiverParser {
  /// Reads and checks the file against the policy that it makes exceptions of. Throws every problem in one go;
  /// warnings come with the waivers.
  ///
  /// - Parameters:
  ///   - known: Ids of rules that the waivers may name although the policy does not have them.
  ///   - now: When to judge how long the waivers last; nil when that is of no interest.
  package static func waivers(
    _ source: SourceFile, for policy: GovernancePolicy, knowing known: Set<String> = [], now: Instant? = nil
  ) throws(InvalidFiles) -> (waivers: [Waiver], warnings: [Diagnostic]) {
    var parser = WaiverParser(source, policy, known, now)
    let waivers = parser.parse()
    let diagnostics = parser.reader.diagnostics + parser.compiler.diagnostics
    guard diagnostics.allSatisfy({ $0.severity != .error }) else { throw InvalidFiles(diagnostics: diagnostics) }
    return (waivers, diagnostics)
  }

  private let policy: GovernancePolicy
  private let known: Set<String>
  private let now: Instant?
  private var reader: FileReader
  private var compiler: RuleCompiler
  private var ids: Set<String> = []

  private init(_ source: SourceFile, _ policy: GovernancePolicy, _ known: Set<String>, _ now: Instant?) {
    self.policy = policy
    self.known = known
    self.now = now
    reader = FileReader(source)
    compiler = RuleCompiler(facts: policy.facts)
  }

  private mutating func parse() -> [Waiver] {
    guard let node = reader.document() else { return [] }
    let members = reader.members(of: node, "a waiver file", allowed: WaiverFile.mapping.names)
    guard let list = members["waivers"] else {
      reader.error("the file has no list `waivers`", at: node)
      return []
    }
    if list.isEmpty { return [] }
    return reader.elements(of: list.value, "`waivers`").enumerated().compactMap { waiver($1, number: $0 + 1) }
  }

  private mutating func waiver(_ node: Node, number: Int) -> Waiver? {
    let members = reader.members(of: node, "a waiver", allowed: WaiverFile.waiver.names)
    let ownID = members["id"].flatMap { reader.text($0.value, "`id`") }
    let id = ownID ?? "\(reader.source.baseName)-\(number)"
    if !ids.insert(id).inserted {
      reader.error("two waivers have the id `\(id)`", at: members["id"]?.value ?? node)
    }
    let subject = subject(members, node)
    let match = subject.flatMap { self.match(members, $0, node) }
    let reason = required("reason", members, node)
    let owner = required("owner", members, node)
    let expires = members["expires"].flatMap { reader.instant($0.value, "`expires`") }
    if let member = members["expires"], let expires, let now, let doubt = WaiverDoubts.expiry(expires, now: now) {
      reader.warning(doubt.message, advice: doubt.advice, at: reader.location(of: member.value))
    }
    if members["expires"] == nil {
      reader.error("the waiver has no `expires`", advice: "say until when the risk is accepted: 2026-12-31", at: node)
    }
    let ticket = members["ticket"].flatMap { reader.text($0.value, "`ticket`") }
    guard let subject, let reason, let owner, let expires else { return nil }
    let waiver = Waiver(
      id: id, subject: subject, match: match, reason: reason, owner: owner, expires: expires, ticket: ticket,
      hasOwnID: ownID != nil)
    if ownID == nil, !ids.insert(waiver.resourceID).inserted {
      reader.error("the waiver stands in the file twice", advice: "remove one of the two", at: node)
    }
    return waiver
  }

  private mutating func required(_ key: String, _ members: [String: FileReader.Member], _ node: Node) -> String? {
    guard let member = members[key] else {
      reader.error("the waiver has no `\(key)`", at: node)
      return nil
    }
    return reader.text(member.value, "`\(key)`")
  }

  // MARK: - What is accepted

  private mutating func subject(_ members: [String: FileReader.Member], _ node: Node) -> Waiver.Subject? {
    let gap = members["gap"].flatMap { reader.text($0.value, "`gap`") }
    if let gap, let subject = Self.wholeGap(gap) {
      for key in ["rule", "match"] where members[key] != nil {
        let what = if case .list = subject { "the list \(gap)" } else { "the gap `\(gap)`" }
        reader.error("a waiver for \(what) has no `\(key)`", at: members[key]?.key ?? node)
      }
      return subject
    }
    if let gap, gap != "not-evaluable" {
      let choices = CollectedList.always.map(\.rawValue) + ["scopes", "not-evaluable"]
      reader.error(
        "`gap` can't be `\(gap)`",
        advice: didYouMean(gap, among: choices) ?? "it can be: \(choices.joined(separator: ", "))",
        at: members["gap"]?.value ?? node)
      return nil
    }
    guard let member = members["rule"] else {
      if gap != nil || members["gap"] == nil {
        reader.error(
          "the waiver says neither which `rule` nor which `gap` it accepts",
          advice: "write `rule: token-unscoped` for findings, or `gap: api-keys` for a list that could not be seen",
          at: node)
      }
      return nil
    }
    let rules = rules(member.value)
    guard !rules.isEmpty else { return nil }
    return gap == nil ? .findings(rules: rules) : .notEvaluable(rules: rules)
  }

  /// A gap that is accepted wherever it shows, so that there is nothing to match.
  private static func wholeGap(_ name: String) -> Waiver.Subject? {
    if name == "scopes" { return .scopes }
    // No rule needs an optional list, so there is nothing to accept.
    guard let list = CollectedList(rawValue: name), !list.isOptional else { return nil }
    return .list(list)
  }

  private mutating func rules(_ node: Node) -> [String] {
    let builtIn = BuiltInPolicies.ruleIDs
    return reader.oneOrMore(node, "`rule`").compactMap { text, node in
      let rule = policy.rules.first { $0.rule.id == text }?.rule ?? (try? BuiltInPolicies.rules([text]))?.first
      if rule?.resources.contains(.waiver) == true {
        reader.error(
          "a waiver can't accept findings of `\(text)`, which is about waivers",
          advice: "change or remove the waiver that it flags", at: node)
        return nil
      }
      if policy.rules.contains(where: { $0.rule.id == text }) { return text }
      if known.contains(text) { return text }
      if builtIn.contains(text) {
        reader.warning(
          "the policy \(policy.id) does not select the rule `\(text)`, so the waiver can't match",
          at: reader.location(of: node), length: text.count)
        return text
      }
      reader.error(
        "there is no rule `\(text)`", advice: didYouMean(text, among: policy.rules.map(\.rule.id) + builtIn), at: node)
      return nil
    }
  }

  // MARK: - Where it matches

  private mutating func match(
    _ members: [String: FileReader.Member], _ subject: Waiver.Subject, _ node: Node
  ) -> Waiver.Match? {
    let rules: [String]
    switch subject {
    case .list, .scopes: return nil
    case .findings(let ids), .notEvaluable(let ids): rules = ids
    }
    guard let member = members["match"] else {
      reader.error(
        "the waiver has no `match`",
        advice: "name resources by `match: { ids: […] }`, or by a condition: `match: \"token.user.id == '…'\"`",
        at: node)
      return nil
    }
    if case .mapping = member.value {
      let parts = reader.members(of: member.value, "`match`", allowed: WaiverFile.ids.names)
      guard let list = parts["ids"] else {
        reader.error(
          "`match` names no ids",
          advice: "write `match: { ids: […] }`, or a condition by itself: `match: \"token.user.id == '…'\"`",
          at: member.value)
        return nil
      }
      let kinds = kinds(of: subject, rules)
      let ids = reader.elements(of: list.value, "`ids`").map { node in
        let id = reader.text(node, "an element of `ids`")
        if let id, let doubt = WaiverDoubts.wrongID(id, kinds: kinds) {
          reader.warning(
            "\(doubt), so the waiver can't match", advice: "the ids of findings are in every report",
            at: reader.location(of: node), length: id.unicodeScalars.count)
        }
        return id
      }
      if ids.isEmpty, case .sequence = list.value { reader.error("`match` names no ids", at: list.value) }
      return .ids(ids.compactMap(\.self))
    }
    guard let expression = reader.expression(member.value, "`match`") else { return nil }
    let kinds = kinds(of: subject, rules)
    let programs = compiler.match(expression, kinds: ResourceKind.allCases.filter(kinds.contains))
    if programs.constant == false {
      reader.warning("the match is never true, so the waiver can't match", at: reader.location(of: member.value))
    }
    if let field = programs.userChosenField {
      reader.warning(
        "the match rests on `\(field)`, which the resource's owner chooses",
        advice: "anybody can name a token so that it matches; match by id or by account id instead",
        at: reader.location(of: member.value))
    }
    return .condition(programs, source: expression.text)
  }

  /// The kinds of resources that the waiver's rules are asked of.
  private func kinds(of subject: Waiver.Subject, _ rules: [String]) -> Set<ResourceKind> {
    let selected = policy.rules.filter { rules.contains($0.rule.id) }
    var kinds = Set(selected.flatMap(\.rule.resources))
    // A rule on owners is not evaluable on a token that names none: there the token is what can be matched.
    if case .notEvaluable = subject, kinds.contains(.owner) { kinds.insert(.apiToken) }
    return kinds
  }
}
