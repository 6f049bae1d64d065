/// Scopes that the organization's tokens and keys hold. Names as Atlassian documents them.
enum ScopeChoices {
  /// Reading what any user of the products can read; one product each.
  static let jiraReading = [
    "read:jira-work", "read:jira-user", "read:issue:jira", "read:comment:jira", "read:dashboard:jira",
    "read:attachment:jira",
  ]
  static let confluenceReading = ["read:page:confluence", "read:space:confluence", "read:confluence-space.summary"]
  static let bitbucketReading = ["read:repository:bitbucket", "read:project:bitbucket"]

  static let privileged = [
    "manage:jira-configuration", "manage:confluence-configuration", "admin:workspace:bitbucket", "write:policies:admin",
  ]

  /// Writing in three products.
  static let writing = ["write:jira-work", "write:page:confluence", "write:repository:bitbucket"]

  /// Reading content, and setting up where changes are sent.
  static let webhookAndContent = ["read:jira-work", "write:webhook:jira"]

  /// More scopes than any one job needs, none of them remarkable alone.
  static let many = [
    "read:jira-work", "read:jira-user", "read:issue:jira", "read:comment:jira", "read:comment.property:jira",
    "read:dashboard:jira", "read:dashboard.property:jira", "read:attachment:jira", "read:avatar:jira",
    "read:build-info:jira", "read:deployment-info:jira", "read:dev-info:jira", "read:field:jira",
    "read:field.option:jira", "read:filter:jira", "read:filter.column:jira", "read:issue-details:jira",
    "read:page:confluence", "read:space:confluence", "read:confluence-space.summary", "read:confluence-content.all",
    "read:repository:bitbucket", "read:project:bitbucket", "read:servicedesk-request",
  ]

  /// Names that no catalogue has: the platform adds scopes faster than anybody lists them.
  static let unknown = ["read:whiteboard-template:jira", "brew:coffee:kitchen", "delete:everything:confluence", ""]

  static let keyReading = ["read:tokens:admin", "read:policies:admin", "read:keys:admin"]
  static let keyWriting = ["read:tokens:admin", "delete:tokens:admin", "write:policies:admin"]
}
