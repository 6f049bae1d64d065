import Policy
import Testing

/// Ways in which YAML makes something else of an expression than its author wrote.
struct YAMLTrapTests {
  @Test(arguments: [
    ("!has(token.expiresAt)", "`condition` begins with `!`, which YAML takes for a tag"),
    ("! has(token.expiresAt)", "`condition` begins with `!`, which YAML takes for a tag"),
    ("token.label == 'a' # or 'b'", "YAML cuts `condition` at ` #`, which begins a comment"),
    ("token.label == 'a #1'", "YAML cuts `condition` at ` #`, which begins a comment"),
    ("token.label == 'é' # or 'b'", "YAML cuts `condition` at ` #`, which begins a comment"),
    ("token.live\n      || token.id == 'x' # or 'b'", "YAML cuts `condition` at ` #`, which begins a comment"),
    ("", "`condition` is empty"), ("~", "`condition` is empty"), ("null", "`condition` is empty"),
    ("\"\"", "`condition` is empty"),
    ("\"  \"", "`condition` is empty"), ("|", "`condition` is empty"), ("# later", "`condition` is empty"),
    ("[token.live]", "`condition` should be an expression"), ("{token.live}", "`condition` should be an expression"),
  ])
  func isRefusedInItsOwnWords(_ condition: String, _ message: String) {
    let problems = PolicyText.problems(PolicyText.rule(condition: condition))
    #expect(problems.contains { $0.contains(message) && $0.contains("quote it") }, "\(problems)")
  }

  @Test(arguments: [
    "\"!has(token.expiresAt)\"", "'!has(token.expiresAt)'", "|\n      !has(token.expiresAt)",
    ">-\n      !has(token.expiresAt)",
    "|-\n      # no comment of YAML's\n      !has(token.expiresAt)".replacing(
      "# no comment of YAML's\n      ", with: ""),
    "\"token.label == 'a #1'\"", "|\n      token.label == 'a #1' || token.label == '{x: y}'", "token.label == 'a#1'",
    "has(token.label) && token.label == 'x'", "'token.label == ''x'''", "\"token.label == \\\"x\\\"\"",
    "!!str token.live",
    "token.live\n      || token.id == 'x'",
  ])
  func isUnderstoodWhenItIsQuoted(_ condition: String) {
    #expect(
      PolicyText.problems(PolicyText.rule(condition: condition)).isEmpty,
      "\(PolicyText.problems(PolicyText.rule(condition: condition)))")
  }

  @Test func aTagInOtherTextIsSaidToBeOne() {
    let problems = PolicyText.problems("title: !important\nrules: { token-stale: }\n")
    #expect(problems.contains { $0.hasPrefix("policy.yaml:1:8: `title` begins with `!`") }, "\(problems)")
  }
}
