import CEL
import Inventory
import YAML

/// Reads a rule from its file, or from the place in a policy file where a rule of the user's own is defined.
struct RuleParser {
  /// The rule without its overrides, or nil when something that it can't do without is missing or wrong; the reasons are in the reader.
  ///
  /// - Parameters:
  ///   - id: The rule's name in the policy file that defines it; nil in a file of its own, which must say.
  ///   - readsExamples: Without, the rule has none, and nothing that is wrong with them is found.
  static func rule(
    _ node: Node, id given: String?, readsExamples: Bool = true, _ reader: inout FileReader
  ) -> Rule? {
    let members = reader.members(of: node, given == nil ? RuleFile.mapping : RuleFile.definition)
    let id = given ?? reader.value(RuleFile.id, of: members)
    let resources = reader.value(RuleFile.resource, of: members) ?? []
    let severity = members[RuleFile.severity] == nil ? .medium : reader.value(RuleFile.severity, of: members)
    let verdict = members[RuleFile.verdict] == nil ? .fail : reader.value(RuleFile.verdict, of: members)
    let parameters = members[RuleFile.parameters].map { Self.parameters($0.value, &reader) } ?? []
    let facts = members[FactKeys.facts].map { FactSetting.declarations($0.value, &reader) } ?? []
    let applies = reader.value(RuleFile.applies, of: members)
    let condition = reader.value(RuleFile.condition, of: members)
    let title = reader.value(RuleFile.title, of: members) ?? id ?? ""
    let message =
      reader.value(RuleFile.message, of: members)
      ?? Expression(absentFrom: reader.source)
    let measure = reader.value(RuleFile.measure, of: members)
    let examples =
      readsExamples
      ? (reader.value(RuleFile.examples, of: members) ?? []).compactMap { example($0, resources, parameters, &reader) }
      : []
    let yieldsTo = reader.value(RuleFile.yieldsTo, of: members) ?? []
    let rationale = prose(reader.value(RuleFile.rationale, of: members))
    let remediation = prose(reader.value(RuleFile.remediation, of: members))
    let references = members[RuleFile.references].map { Self.references($0.value, &reader) } ?? []
    guard let id, let condition, let severity, let verdict, !resources.isEmpty else { return nil }
    return Rule(
      id: id, title: title, resources: resources, severity: severity, verdict: verdict, parameters: parameters,
      facts: facts, applies: applies?.text, condition: condition.text, message: message.text, measure: measure?.text,
      yieldsTo: yieldsTo, rationale: rationale, remediation: remediation, references: references, examples: examples,
      expressions: Rule.Expressions(applies: applies, condition: condition, message: message, measure: measure))
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

  static func kinds(_ node: Node, _ reader: inout FileReader) -> [ResourceKind] {
    let nodes = if case .sequence(let sequence, _) = node { sequence } else { [node] }
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

  /// Text without what whitespace YAML leaves at its end.
  private static func prose(_ text: String?) -> String {
    var text = text ?? ""
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }

  private static func references(_ node: Node, _ reader: inout FileReader) -> [Rule.Reference] {
    reader.members(of: node, "`references`").compactMap { member in
      reader.texts(member.value, "`\(member.name)`").map { Rule.Reference(framework: member.name, clauses: $0) }
    }
  }

  private static func parameters(_ node: Node, _ reader: inout FileReader) -> [ParameterDefinition] {
    reader.members(of: node, "`parameters`").compactMap { member -> ParameterDefinition? in
      let parts = reader.members(of: member.value, RuleFile.parameter)
      let type = reader.value(RuleFile.type, of: parts)
      let description = prose(reader.value(RuleFile.description, of: parts))
      guard let node = reader.value(RuleFile.defaultValue, of: parts), let type,
        let value = parameterValue(node, type, "`default`", &reader)
      else { return nil }
      return ParameterDefinition(name: member.name, defaultValue: value, description: description)
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

  private static func example(
    _ node: Node, _ resources: [ResourceKind], _ parameters: [ParameterDefinition], _ reader: inout FileReader
  ) -> Rule.Example? {
    let members = reader.members(of: node, RuleFile.example)
    let outcomes = zip(Rule.Example.Outcome.allCases, RuleFile.outcomes).compactMap { outcome, key in
      members[key].map { (outcome: outcome, record: $0.value) }
    }
    let kind = members[RuleFile.exampleResource].map { kinds($0.value, &reader).first } ?? resources.first
    let at = reader.value(RuleFile.at, of: members)
    guard outcomes.count == 1, let (outcome, record) = outcomes.first else {
      let names = RuleFile.outcomes.map(\.name).joined(separator: ", ")
      reader.error("an example has exactly one of \(names)", at: node)
      return nil
    }
    guard let at, let kind, let value = jsonValue(record, &reader) else { return nil }
    return Rule.Example(
      outcome: outcome, kind: kind, record: value, at: at,
      parameters: members[RuleFile.settings].map { settings($0.value, of: parameters, &reader) } ?? [:],
      facts: members[FactKeys.rows].map { FactSetting.rows($0.value, &reader) } ?? [:],
      place: "\(reader.source.name):\(reader.location(of: node).line)")
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
      switch CoreSchemaValue(scalar) {
      case .null: return .null
      case .boolean(let flag): return .boolean(flag)
      case .number where fits(scalar.string): return .number(scalar.string)
      case .number, .text: return .string(scalar.string)
      }
    case .sequence(let sequence, _):
      return .array(sequence.compactMap { jsonValue($0, &reader, depth: depth + 1) })
    case .mapping(let mapping, _):
      return .object(
        mapping.compactMap { key, value in
          guard let name = key.string, let value = jsonValue(value, &reader, depth: depth + 1) else { return nil }
          return JSONValue.Member(name: name, value: value)
        })
    }
  }
  /// Whether an integer fits 64 bits and any other number a double: what doesn't is an id rather than a quantity.
  private static func fits(_ number: String) -> Bool {
    let isInteger = number.utf8.allSatisfy { ![UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains($0) }
    return isInteger ? Int(number) != nil : Double(number)?.isFinite == true
  }
}
