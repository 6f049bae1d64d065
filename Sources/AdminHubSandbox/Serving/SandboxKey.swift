/// An API key that the sandbox accepts, and what it may read.
package struct SandboxKey: Hashable, Sendable {
  /// The key's own text: an invented one, that opens nothing else.
  package let text: String
  package let scopes: Set<String>

  package init(text: String, scopes: Set<String>) {
    self.text = text
    self.scopes = scopes
  }

  /// The two scopes that an audit asked for before key lists had one of their own.
  package static let auditor = SandboxKey(
    text: "sandbox-key", scopes: ["read:tokens:admin", "read:policies:admin"])
  /// Every list of a collection that asks for no more.
  package static let reader = SandboxKey(
    text: "sandbox-key-all-lists", scopes: ["read:tokens:admin", "read:policies:admin", "read:keys:admin"])
  /// Everything that is served, with the credentials of service accounts.
  package static let serviceAccounts = SandboxKey(
    text: "sandbox-key-service-accounts", scopes: reader.scopes.union(["read:service-accounts-tokens:admin"]))
  /// Lacks the policies.
  package static let tokensOnly = SandboxKey(text: "sandbox-key-tokens-only", scopes: ["read:tokens:admin"])
  /// Known, and good for nothing that is served.
  package static let other = SandboxKey(text: "sandbox-key-other-scopes", scopes: ["read:users:admin"])

  package static let all = [auditor, reader, serviceAccounts, tokensOnly, other]
}
