import CEL
import ArgumentParser
import Policy

struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "List the rules of a policy, or show everything about one.",
    discussion: """
      Without --policy, every built-in rule is listed, also those that no built-in policy selects. Severities are \
      those that the rules have by themselves, or with --policy those that the policy gives them.
      """)

  @Argument(help: ArgumentHelp("The rule to show.", valueName: "rule-id"))
  var rule: String?

  @Option(help: ArgumentHelp("A built-in policy, or a policy file, whose rules to list.", valueName: "name|file"))
  var policy: String?

  @Flag(help: "Write the built-in rules as a page in Markdown, with the outcome of every example.")
  var markdown = false

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if markdown, rule != nil || policy != nil {
      throw ValidationError("--markdown writes the whole catalogue, without RULE-ID and --policy")
    }
  }

  func run() throws {
    let console = output.console
    if markdown { return try console.output(RuleReference.builtIn()) }
    let rules = try selectedRules(console)
    guard let id = rule else { return try console.output(Self.list(rules)) }
    guard let found = rules.first(where: { $0.rule.id == id }) else {
      throw CommandFailure(
        status: .usage, message: "there is no rule `\(id)`" + (policy.map { " in the policy \($0)" } ?? ""),
        advice: didYouMean(id, among: rules.map(\.rule.id)) ?? "`tokenreeve rules` lists them")
    }
    try console.output(RuleDescription(found.rule, severity: found.severity, values: found.values).text)
  }

  private struct Entry {
    let rule: Rule
    let severity: Severity
    /// The parameters as they are in force.
    let values: [(name: String, value: ParameterValue)]
  }

  private func selectedRules(_ console: Console) throws(CommandFailure) -> [Entry] {
    if let policy {
      return try PolicyFiles.policy(policy, console).rules.map {
        Entry(rule: $0.rule, severity: $0.severity, values: $0.parameters.map { (name: $0.name, value: $0.value) })
      }
    }
    do throws(InvalidFiles) {
      return try BuiltInPolicies.rules().map { rule in
        Entry(
          rule: rule, severity: rule.severity, values: rule.parameters.map { (name: $0.name, value: $0.defaultValue) })
      }
    } catch {
      throw .invalid(error.diagnostics, what: "built-in rules")
    }
  }

  private static func list(_ rules: [Entry]) -> String {
    let sorted = rules.sorted { ($1.severity, $0.rule.id) < ($0.severity, $1.rule.id) }
    return Table(rows: sorted.map { [$0.severity.rawValue, $0.rule.id, $0.rule.title] }).text
      + "\n\(rules.count) rules. `tokenreeve rules RULE-ID` shows one with its rationale and remediation.\n"
  }
}
