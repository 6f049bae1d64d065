import HTTPTransport
import Inventory

/// Where the records of a list come from: one row of the table of everything that is ever asked.
struct Endpoint: Sendable {
  let list: CollectedList
  /// The path of the list; `{orgId}` stands for the organization.
  let path: String
  /// The path of the list's count; nil where the API has none.
  let countPath: String?
  /// The largest page that is asked for; nil where the API knows no page size.
  let pageSize: Int?
  let paging: Paging
  /// The scope that opens the list, by today's reference.
  let scope: String
  /// The list that is read before this one, and of whose records none is kept here; nil for a list of its own.
  var supplements: CollectedList?

  /// Where an answer says how to go on.
  enum Paging: Sendable {
    /// API Access: `links.next` is a bare cursor.
    case linksNext
    /// Organizations v1: `meta.next` is the cursor, `links.next` a URL that holds it.
    case metaNext
  }
}

extension Endpoint {
  /// API Access v1, Organizations v1 and Control v1 (developer.atlassian.com, "Admin APIs"). The page size is the
  /// largest that public clients are known to send; the reference names no maximum.
  ///
  /// The counts of the optional lists are left out: the API takes them by POST alone, or has none.
  static let all = [
    Endpoint(
      list: .apiTokens, path: "/admin/api-access/v1/orgs/{orgId}/api-tokens",
      countPath: "/admin/api-access/v1/orgs/{orgId}/api-tokens/count", pageSize: 1000, paging: .linksNext,
      scope: "read:tokens:admin"),
    Endpoint(
      list: .apiKeys, path: "/admin/api-access/v1/orgs/{orgId}/api-keys",
      countPath: "/admin/api-access/v1/orgs/{orgId}/api-keys/count", pageSize: 1000, paging: .linksNext,
      scope: "read:keys:admin"),
    Endpoint(
      list: .policies, path: "/admin/v1/orgs/{orgId}/policies", countPath: nil, pageSize: nil, paging: .metaNext,
      scope: "read:policies:admin"),
    Endpoint(
      list: .serviceAccountTokens, path: "/admin/api-access/v1/orgs/{orgId}/service-accounts/api-tokens",
      countPath: nil, pageSize: nil, paging: .linksNext, scope: "read:service-accounts-tokens:admin"),
    Endpoint(
      list: .oauthClients, path: "/admin/api-access/v1/orgs/{orgId}/oauth-clients", countPath: nil, pageSize: 1000,
      paging: .linksNext, scope: "read:service-accounts-tokens:admin"),
    Endpoint(
      list: .controlPolicies, path: "/admin/control/v1/orgs/{orgId}/policies", countPath: nil, pageSize: nil,
      paging: .metaNext, scope: "read:policies:admin", supplements: .policies),
  ]

  /// Every path that the client may ask for; anything else is refused before it is sent.
  static let allowedPaths = AllowedPaths(all.flatMap { [$0.path, $0.countPath].compactMap(\.self) })

  /// What to do when the API refuses the key for lists that need these scopes.
  static func advice(scopes: [String]) -> String {
    "use a key with the \(scopes.count == 1 ? "scope" : "scopes") "
      + scopes.map { "`\($0)`" }.joined(separator: ", ") + ", of this organization and not expired"
  }

  /// The path with the organization in its place.
  static func path(_ template: String, organization: String) -> String {
    template.split(separator: "/", omittingEmptySubsequences: false)
      .map { $0 == "{orgId}" ? HTTPRequest.segment(organization) : String($0) }
      .joined(separator: "/")
  }
}
