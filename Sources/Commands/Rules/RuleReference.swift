import Inventory
import Policy

/// The catalogue of built-in rules for people: `docs/rules.md`.
enum RuleReference {
  /// The page of everything that the binary carries.
  static func builtIn() throws(CommandFailure) -> String {
    let loader = PolicyLoader { path throws(PolicyFailure) in throw .cannotRead(path, advice: nil) }
    do throws(PolicyFailure) {
      var policies: [(name: String, rules: Set<String>)] = []
      // Which rules the policies of frameworks have, the references say.
      for name in BuiltInPolicies.names where !BuiltInPolicies.frameworks.contains(name) {
        policies.append((name, Set(try loader.load(name).policy.rules.map(\.rule.id))))
      }
      do throws(InvalidFiles) {
        return markdown(try BuiltInPolicies.rules(), policies: policies)
      } catch {
        throw PolicyFailure.invalid(error.diagnostics)
      }
    } catch {
      throw .policy(error)
    }
  }

  /// The page in Markdown: an index by kind of resource, then each rule with everything that its file says.
  ///
  /// - Parameter policies: Built-in policies with the ids of the rules that each selects, for the index.
  static func markdown(_ rules: [Rule], policies: [(name: String, rules: Set<String>)]) -> String {
    var page = """
      # Rules

      The rules that tokenreeve carries, \(rules.count) of them, made from their files in `policies/rules/`. A policy selects
      rules and sets their severity and parameters; the severities below are the defaults. A rule is asked of live records
      unless it says otherwise: tokens that are not blocked and not expired, keys that are not expired.

      """
    for kind in ResourceKind.allCases {
      let ofKind = rules.filter { $0.resources.first == kind }
      guard !ofKind.isEmpty else { continue }
      page += "\n## \(heading(kind))\n\n| rule | severity | what it flags | in |\n| --- | --- | --- | --- |\n"
      for rule in ofKind {
        let selecting = policies.filter { $0.rules.contains(rule.id) }.map(\.name).joined(separator: ", ")
        page += "| [\(rule.id)](#\(rule.id)) | \(rule.severity.rawValue) | \(cell(rule.title)) | \(selecting) |\n"
      }
    }
    page += RuleOverlaps.markdown(rules)
    for rule in rules { page += section(rule, yieldingTo: rules.filter { $0.yieldsTo.contains(rule.id) }.map(\.id)) }
    return page
  }

  private static func heading(_ kind: ResourceKind) -> String {
    switch kind {
    case .apiToken: "API tokens"
    case .apiKey: "API keys"
    case .policy: "Policies of the organization"
    case .owner: "Owners"
    case .organization: "The organization"
    case .waiver: "Waivers"
    case .coverage: "What was seen"
    }
  }

  private static func section(_ rule: Rule, yieldingTo others: [String]) -> String {
    var text = "\n## \(rule.id)\n\n**\(rule.title)** · \(rule.severity.rawValue)"
    text += " · \(rule.resources.map(\.rawValue).joined(separator: ", "))\n"
    text += "\n\(rule.rationale)\n\n**What to do.** \(rule.remediation)\n"
    if rule.verdict == .inconclusive {
      text += "\nAn open finding makes the run inconclusive instead of failing it.\n"
    }
    if !rule.yieldsTo.isEmpty {
      text += "\nLeaves to \(links(rule.yieldsTo)) what is flagged there for the same cause.\n"
    }
    if !others.isEmpty { text += "\nFlags alone what \(links(others)) would flag for the same cause.\n" }
    if !rule.parameters.isEmpty {
      text += "\n| parameter | type | default | |\n| --- | --- | --- | --- |\n"
      for parameter in rule.parameters {
        let value = parameter.defaultValue
        text +=
          "| `\(parameter.name)` | \(value.type.rawValue) | \(code(cell(value.text))) | \(cell(parameter.description)) |\n"
      }
    }
    for facts in rule.facts {
      text += "\nNeeds the facts `\(facts.name)` (`--facts \(facts.name)=FILE`), found by the column `\(facts.key)`. "
      text += "\(cell(facts.description))\n"
    }
    if let applies = rule.applies { text += "\nAsked where:\n\n" + block(applies) }
    text += "\nFlags when:\n\n" + block(rule.condition)
    if let measure = rule.measure { text += "\nWorse when greater:\n\n" + block(measure) }
    if !rule.references.isEmpty {
      let references = rule.references.map { "\(title(of: $0.framework)) \($0.clauses.joined(separator: ", "))" }
      text += "\nSupports: \(references.joined(separator: "; ")).\n"
    }
    return text + examples(rule)
  }

  private static func examples(_ rule: Rule) -> String {
    var text = "\n| at | record | outcome |\n| --- | --- | --- |\n"
    for example in rule.examples {
      var writer = JSONWriter()
      writer.value(nil, example.record)
      let record = code(cell(String(decoding: writer.bytes, as: UTF8.self)))
      let settings =
        example.parameters.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.text)" } + factTexts(example)
      let outcome = outcome(rule, example) + (settings.isEmpty ? "" : " (with \(settings.joined(separator: ", ")))")
      text += "| \(example.at.dateText) | \(record) | \(cell(outcome)) |\n"
    }
    return text
  }

  /// The tables that an example gives: `leavers: [{"email":"…"}]`.
  static func factTexts(_ example: Rule.Example) -> [String] {
    example.facts.sorted { $0.key < $1.key }.map { name, rows in
      var writer = JSONWriter()
      writer.value(nil, .array(rows))
      return "\(name): \(String(decoding: writer.bytes, as: UTF8.self))"
    }
  }

  /// The outcome and, for a finding, what it says.
  static func outcome(_ rule: Rule, _ example: Rule.Example) -> String {
    guard let check = try? rule.check(example) else { return "not a valid example" }
    return switch check.outcome {
    case .passed: "passed"
    case .flagged: "flagged: \(check.message ?? "")"
    case .notApplicable: "not applicable"
    case .notEvaluable(let reason): "not evaluable: \(reason)"
    }
  }

  private static func title(of framework: String) -> String {
    switch framework {
    case "owasp-nhi": "OWASP NHI Top 10"
    case "nist-800-53": "NIST SP 800-53"
    case "iso-27001": "ISO/IEC 27001"
    case "soc-2": "SOC 2"
    case "pci-dss": "PCI DSS"
    case "cis-controls": "CIS Controls"
    default: framework
    }
  }

  private static func links(_ ids: [String]) -> String { ids.map { "[\($0)](#\($0))" }.joined(separator: ", ") }

  private static func block(_ expression: String) -> String {
    let lines = expression.split(separator: "\n", omittingEmptySubsequences: false)
    let end = lines.lastIndex { !$0.isEmpty } ?? 0
    return "```cel\n\(lines[...end].joined(separator: "\n"))\n```\n"
  }

  private static func code(_ text: String) -> String { text.contains("`") ? "`` \(text) ``" : "`\(text)`" }

  /// Text in a cell of a table: one line, no cell borders of its own.
  private static func cell(_ text: String) -> String {
    text.replacing("\n", with: " ").replacing("|", with: "\\|")
  }
}
