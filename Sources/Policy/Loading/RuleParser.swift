import CEL
import Inventory
import Yams

/// Reads a rule from its file, or from the place in a policy file where a rule of the user's own is defined.
struct RuleParser {
  private static let keys = [
    "title", "resource", "severity", "verdict", "parameters", "applies", "condition", "message", "yields-to",
    "rationale", "remediation", "references", "examples",
  ]

  /// The rule without its overrides, or nil when something that it can't do without is missing or wrong; the reasons are in the reader.
  ///
  /// - Parameter id: The rule's name in the policy file that defines it; nil in a file of its own, which must say.
  static func rule(_ node: Node, id given: String?, _ reader: inout FileReader) -> Rule? {
    let members = reader.members(of: node, "a rule", allowed: given == nil ? ["id"] + keys : keys + ["overrides"])
    let id = given ?? members["id"].flatMap { identifier($0.value, &reader) }
    if given == nil, members["id"] == nil { reader.error("the rule has no `id`", at: node) }
    let resources = members["resource"].map { kinds($0.value, &reader) } ?? []
    if members["resource"] == nil {
      let allowed = ResourceKind.allCases.map(\.rawValue).joined(separator: ", ")
      reader.error("the rule has no `resource`", advice: "it can be: \(allowed)", at: node)
    }
    let severity = members["severity"].map { Self.severity($0.value, &reader) } ?? .medium
    let verdict = members["verdict"].map { choice($0.value, "`verdict`", &reader) } ?? Rule.Verdict.fail
    let parameters = members["parameters"].map { Self.parameters($0.value, &reader) } ?? []
    let applies = members["applies"].flatMap { reader.expression($0.value, "`applies`") }
    let condition = members["condition"].flatMap { reader.expression($0.value, "`condition`") }
    if members["condition"] == nil { reader.error("the rule has no `condition`", at: node) }
    let title = members["title"].flatMap { reader.text($0.value, "`title`") } ?? id ?? ""
    let message =
      members["message"].flatMap { reader.expression($0.value, "`message`") }
      ?? Expression(text: "", positions: ScalarPositions(Node.Scalar(""), in: reader.source), source: reader.source)
    let examples = members["examples"].map { Self.examples($0.value, resources, parameters, &reader) } ?? []
    guard let id, let condition, let severity, let verdict, !resources.isEmpty else { return nil }
    return Rule(
      id: id, title: title, resources: resources, severity: severity, verdict: verdict, parameters: parameters,
      applies: applies?.text, condition: condition.text, message: message.text,
      yieldsTo: members["yields-to"].flatMap { reader.texts($0.value, "`yields-to`") } ?? [],
      rationale: optionalText(members["rationale"], &reader),
      remediation: optionalText(members["remediation"], &reader),
      references: members["references"].map { references($0.value, &reader) } ?? [], examples: examples,
      expressions: Rule.Expressions(applies: applies, condition: condition, message: message))
  }

  /// Lowercase words with hyphens. At least one hyphen: some readers of JUnit XML take a bare word such as `date` in
  /// `type` for a data type.
  static func identifier(_ node: Node, _ reader: inout FileReader) -> String? {
    guard let text = reader.text(node, "`id`") else { return nil }
    guard isRuleIdentifier(text) else {
      reader.error(
        "`\(text)` is no rule id", advice: "use lowercase words joined by hyphens, two at least: token-lifetime",
        at: node)
      return nil
    }
    return text
  }

  static func isRuleIdentifier(_ text: String) -> Bool {
    let words = text.split(separator: "-", omittingEmptySubsequences: false)
    return words.count > 1 && text.utf8.count <= 80
      && words.allSatisfy {
        !$0.isEmpty && $0.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
      }
  }

  static func severity(_ node: Node, _ reader: inout FileReader) -> Severity? {
    choice(node, "`severity`", &reader)
  }

  private static func kinds(_ node: Node, _ reader: inout FileReader) -> [ResourceKind] {
    let nodes = if case .sequence(let sequence) = node { Array(sequence) } else { [node] }
    if nodes.isEmpty { reader.error("`resource` is empty", at: node) }
    return nodes.compactMap { choice($0, "`resource`", &reader) }
  }

  /// One of the cases of an enumeration, by its raw value.
  static func choice<Choice: CaseIterable & RawRepresentable<String>>(
    _ node: Node, _ what: String, _ reader: inout FileReader
  ) -> Choice? {
    guard let text = reader.text(node, what) else { return nil }
    if let choice = Choice(rawValue: text) { return choice }
    let names = Choice.allCases.map(\.rawValue)
    reader.error(
      "\(what) can't be `\(text)`",
      advice: didYouMean(text, among: names) ?? "it can be: \(names.joined(separator: ", "))", at: node)
    return nil
  }

  private static func optionalText(_ member: FileReader.Member?, _ reader: inout FileReader) -> String {
    let text = member.flatMap { reader.text($0.value, "`\($0.name)`") } ?? ""
    return String(text.reversed().drop(while: \.isWhitespace).reversed())
  }

  private static func references(_ node: Node, _ reader: inout FileReader) -> [Rule.Reference] {
    reader.members(of: node, "`references`").compactMap { member in
      reader.texts(member.value, "`\(member.name)`").map { Rule.Reference(framework: member.name, clauses: $0) }
    }
  }

  private static func parameters(_ node: Node, _ reader: inout FileReader) -> [ParameterDefinition] {
    reader.members(of: node, "`parameters`").compactMap { member -> ParameterDefinition? in
      let parts = reader.members(of: member.value, "a parameter", allowed: ["type", "default", "description"])
      guard let type = parts["type"], let defaultValue = parts["default"] else {
        reader.error("the parameter `\(member.name)` needs `type` and `default`", at: member.key)
        return nil
      }
      guard let type: ParameterType = choice(type.value, "`type`", &reader),
        let value = parameterValue(defaultValue.value, type, "`default`", &reader)
      else { return nil }
      return ParameterDefinition(
        name: member.name, defaultValue: value, description: optionalText(parts["description"], &reader))
    }
  }

  /// A parameter's value, spelled as its type demands.
  static func parameterValue(
    _ node: Node, _ type: ParameterType, _ what: String, _ reader: inout FileReader
  ) -> ParameterValue? {
    if type == .strings { return reader.texts(node, what).map { .strings($0) } }
    guard let text = reader.text(node, what) else { return nil }
    let value: ParameterValue? =
      switch type {
      case .duration: DurationText.milliseconds(text).map { .duration($0) }
      case .int: Int64(text).map { .int($0) }
      case .double: Double(text).flatMap { $0.isFinite ? .double($0) : nil }
      case .bool: Bool(text).map { .bool($0) }
      case .string, .strings: .string(text)
      }
    if value == nil {
      let advice =
        switch type {
        case .duration: "write a duration such as 90d, 12h or 1d12h"
        case .int: "write a whole number"
        case .double: "write a number"
        default: "write true or false"
        }
      reader.error("\(what) should be of type \(type.rawValue), but is `\(text)`", advice: advice, at: node)
    }
    return value
  }

  private static func examples(
    _ node: Node, _ resources: [ResourceKind], _ parameters: [ParameterDefinition], _ reader: inout FileReader
  ) -> [Rule.Example] {
    let outcomes = Rule.Example.Outcome.allCases.map(\.rawValue)
    return reader.elements(of: node, "`examples`").compactMap { element -> Rule.Example? in
      let members = reader.members(of: element, "an example", allowed: outcomes + ["at", "resource", "parameters"])
      guard let outcome = Rule.Example.Outcome.allCases.first(where: { members[$0.rawValue] != nil }),
        members.keys.count(where: outcomes.contains) == 1, let record = members[outcome.rawValue]
      else {
        reader.error("an example has exactly one of \(outcomes.joined(separator: ", "))", at: element)
        return nil
      }
      let kind = members["resource"].map { Self.kinds($0.value, &reader).first } ?? resources.first
      guard let at = members["at"].flatMap({ reader.instant($0.value, "`at`") }), let kind else {
        reader.error("an example needs `at`, the instant of the audit", at: element)
        return nil
      }
      guard let value = jsonValue(record.value, &reader) else { return nil }
      return Rule.Example(
        outcome: outcome, kind: kind, record: value, at: at,
        parameters: members["parameters"].map { settings($0.value, of: parameters, &reader) } ?? [:],
        place: "\(reader.source.name):\(reader.location(of: element).line)")
    }
  }

  /// Values for some of a rule's parameters.
  static func settings(
    _ node: Node, of definitions: [ParameterDefinition], _ reader: inout FileReader
  ) -> [String: ParameterValue] {
    var values: [String: ParameterValue] = [:]
    for member in reader.members(of: node, "`parameters`", allowed: definitions.map(\.name)).values {
      guard let definition = definitions.first(where: { $0.name == member.name }) else { continue }
      values[member.name] = parameterValue(member.value, definition.defaultValue.type, "`\(member.name)`", &reader)
    }
    return values
  }

  /// The record as JSON, each scalar as YAML's core schema reads it, except that dates stay the text that they are.
  static func jsonValue(_ node: Node, _ reader: inout FileReader, depth: Int = 0) -> JSONValue? {
    guard depth < 32 else {
      reader.error("nested deeper than 32", at: node)
      return nil
    }
    switch node {
    case .scalar(let scalar):
      switch node.tag {
      case Tag(.null): return .null
      case Tag(.bool): return .boolean(["true", "True", "TRUE"].contains(scalar.string))
      case Tag(.int) where Int(scalar.string) != nil, Tag(.float) where Double(scalar.string)?.isFinite == true:
        return .number(scalar.string)
      default: return .string(scalar.string)
      }
    case .sequence(let sequence):
      return .array(sequence.compactMap { jsonValue($0, &reader, depth: depth + 1) })
    case .mapping(let mapping):
      return .object(
        mapping.compactMap { key, value in
          guard let name = key.string, let value = jsonValue(value, &reader, depth: depth + 1) else { return nil }
          return JSONValue.Member(name: name, value: value)
        })
    case .alias:
      reader.error("aliases are not supported", at: node)
      return nil
    }
  }
}
