import Inventory

/// The keys of a file of policy tests.
enum PolicyTestFile {
  static let tests = FileKey(
    "tests", .list(of: .mapping(test)), "The tests.", isRequired: true,
    advice: "write a list of tests, each with `name`, `at`, records and `findings`")
  static let mapping = FileMapping("a file of policy tests", [tests])

  // MARK: - A test

  static let name = FileKey("name", .text, "What the test shows, in a sentence.", isRequired: true)
  static let at = FileKey("at", .instant, "The audit instant: a date, or a date and time.", isRequired: true)
  static let rules = FileKey(
    "rules", .texts,
    "The rules that are looked at. Without it, all of the policy, except those on the organization that no expectation names."
  )
  static let tokens = FileKey("tokens", .list(of: .record), "API tokens, in the shape of the API.")
  static let keys = FileKey("keys", .list(of: .record), "API keys, in the shape of the API.")
  static let policies = FileKey("policies", .list(of: .record), "Policies, in the shape of the API.")
  static let owners = FileKey("owners", .list(of: .mapping(owner)), "People with their API tokens.")
  static let findings = FileKey(
    "findings", .list(of: .mapping(finding)), "Every finding that is expected.", isRequired: true,
    advice: "write `findings: []` when the policy should find nothing")
  static let notEvaluable = FileKey(
    "not-evaluable", .list(of: .mapping(outcome)), "Every outcome that is expected to be not evaluable.")
  static let test = FileMapping(
    "a test", [name, at, rules, tokens, keys, policies, owners, FactKeys.rows, findings, notEvaluable])

  // MARK: - An owner

  static let ownerID = FileKey("id", .text, "The account id.", isRequired: true)
  static let ownerName = FileKey("name", .text, "The name.")
  static let ownerEmail = FileKey("email", .text, "The e-mail address.")
  static let ownerTokens = FileKey(
    "tokens", .list(of: .record), "The API tokens, in the shape of the API, without `user`.", isRequired: true)
  static let owner = FileMapping("an owner", [ownerID, ownerName, ownerEmail, ownerTokens])

  // MARK: - An expectation

  static let rule = FileKey("rule", .text, "The rule's id.", isRequired: true)
  static let resource = FileKey(
    "resource", .text, "The id of the record; `organization` for the organization.", isRequired: true)
  static let severity = FileKey<Severity>("severity", .choice, "The severity of the finding.", isRequired: true)
  static let finding = FileMapping("a finding", [rule, resource, severity])
  static let outcome = FileMapping("an outcome", [rule, resource])
}
