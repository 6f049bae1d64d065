/// What a permission scope lets its holder do.
package struct Scope: Hashable, Sendable {
  /// The scope's name as the API spells it, such as `write:jira-work`.
  package let name: String
  /// `jira`, `jira-software`, `jira-service-management`, `confluence`, `bitbucket`, `admin`, `identity-and-platform`;
  /// nil when the catalogue does not have the scope and its name does not say.
  package let product: String?
  /// `read`, `write`, `delete`, `manage`, `admin`, `refresh`; nil likewise.
  package let access: String?
  /// Whether it reaches what only administrators should: configuration, permissions, other people's credentials. Nil
  /// when the access is not known either.
  package let privileged: Bool?
  /// Whether it can delete, by its verb or, as `write:jira-work` does, although its verb does not say so. Nil when
  /// the catalogue does not have the scope and its verb leaves it open.
  package let deletes: Bool?
  /// Whether the catalogue has the scope; otherwise it was classified by its name.
  package let known: Bool
  /// What it lets its holder do, in plain words: "Read the API keys of the organization". Nil when the catalogue does
  /// not have the scope.
  package let summary: String?

  /// Products that share data count as one: Jira with Jira Software and Jira Service Management.
  package var family: String? {
    switch product {
    case "jira", "jira-software", "jira-service-management": "jira"
    case "identity-and-platform": "platform"
    default: product
    }
  }
}
