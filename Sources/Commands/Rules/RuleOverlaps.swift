import Policy

/// Which rules leave what they would flag to a rule that names the cause more exactly, for the page of the rules.
enum RuleOverlaps {
  /// A section in Markdown; empty when no rule yields.
  static func markdown(_ rules: [Rule]) -> String {
    let yielding = rules.filter { !$0.yieldsTo.isEmpty }
    guard !yielding.isEmpty else { return "" }
    var text = """

      ## Overlaps

      One cause gives one finding: where two rules would flag the same, the one that names the cause more exactly does. A rule
      that yields passes such a resource also when the other rule is not selected, so select both. Rules on live records
      leave what has expired or is blocked to those that say so.

      | rule | what it flags | yields to |
      | --- | --- | --- |

      """
    for rule in yielding {
      let others = rule.yieldsTo.map { "[\($0)](#\($0))" }.joined(separator: ", ")
      text += "| [\(rule.id)](#\(rule.id)) | \(rule.title.replacing("|", with: "\\|")) | \(others) |\n"
    }
    return text
  }
}
