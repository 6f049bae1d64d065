import Inventory

/// The Admin APIs over one organization: a request in, its answer out, nothing kept in between.
struct AdminAPI {
  let organization: SandboxOrganization
  let keys: [SandboxKey]
  /// Whether the key lists demand `read:keys:admin`, as today's reference says. The older one let
  /// `read:tokens:admin` open them too.
  let needsKeyScope: Bool
  let maximumPageSize: Int
  var listFaults = ListFaults(faults: [], elsewhere: "")

  /// What a path stands for.
  enum Resource: Equatable {
    case list(CollectedList)
    case count(CollectedList)
  }

  func answer(_ request: SandboxRequest) -> SandboxAnswer {
    guard let key = keys.first(where: { $0.text == request.bearer }) else { return .unauthorized }
    guard let (resource, organizationID) = Self.resource(at: request.path) else { return .pathNotFound }
    guard request.method == "GET" else { return .gateway(405, "The sandbox answers GET alone.") }
    guard opens(resource, key) else { return .scopeMissing }
    guard organizationID == organization.id else { return .organizationNotFound }
    do throws(ListQuery.Invalid) {
      switch resource {
      case .list(let list): return try page(of: list, request)
      case .count(let list):
        let query = try ListQuery(request, list, maximumPageSize: maximumPageSize)
        let count = query.selection(of: list, in: organization).count
        return SandboxAnswer(json: .number(String(count)))
      }
    } catch {
      return .badRequest(error.detail)
    }
  }

  /// The resource of a path and the organization it names; nil when nothing is served there.
  static func resource(at path: String) -> (Resource, organizationID: String)? {
    let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(String.init)
    switch segments {
    case let path where path.count >= 6 && Array(path[..<4]) == ["admin", "api-access", "v1", "orgs"]:
      switch Array(path[5...]) {
      case ["api-tokens"]: return (.list(.apiTokens), path[4])
      case ["api-tokens", "count"]: return (.count(.apiTokens), path[4])
      case ["api-keys"]: return (.list(.apiKeys), path[4])
      case ["api-keys", "count"]: return (.count(.apiKeys), path[4])
      case ["service-accounts", "api-tokens"]: return (.list(.serviceAccountTokens), path[4])
      case ["oauth-clients"]: return (.list(.oauthClients), path[4])
      default: return nil
      }
    case let path where path.count == 6 && Array(path[..<4]) == ["admin", "control", "v1", "orgs"]:
      return path[5] == "policies" ? (.list(.controlPolicies), path[4]) : nil
    case let path where path.count == 5 && Array(path[..<3]) == ["admin", "v1", "orgs"] && path[4] == "policies":
      return (.list(.policies), path[3])
    default: return nil
    }
  }

  private func opens(_ resource: Resource, _ key: SandboxKey) -> Bool {
    switch resource {
    case .list(.apiTokens), .count(.apiTokens): key.scopes.contains("read:tokens:admin")
    case .list(.apiKeys), .count(.apiKeys):
      key.scopes.contains("read:keys:admin") || (!needsKeyScope && key.scopes.contains("read:tokens:admin"))
    case .list(.serviceAccountTokens), .count(.serviceAccountTokens), .list(.oauthClients), .count(.oauthClients):
      key.scopes.contains("read:service-accounts-tokens:admin")
    case .list(.policies), .count(.policies), .list(.controlPolicies), .count(.controlPolicies):
      key.scopes.contains("read:policies:admin")
    }
  }

  private func page(of list: CollectedList, _ request: SandboxRequest) throws(ListQuery.Invalid) -> SandboxAnswer {
    let query = try ListQuery(request, list, maximumPageSize: listFaults.pageSize(maximumPageSize))
    let selection = query.selection(of: list, in: organization)
    let start = query.cursor.position
    guard start == 0 || start < selection.count else { throw ListQuery.Invalid(detail: "invalid cursor") }
    let end = min(start + query.pageSize, selection.count)
    var page = ListPage(
      records: selection[start..<end].map { organization.record(list, at: $0) }, cursor: query.cursor,
      next: end < selection.count ? Cursor(position: end) : nil,
      previous: start > 0 ? Cursor(position: max(0, start - query.pageSize)) : nil)
    listFaults.alter(&page, of: list, start..<end, in: organization)
    switch list {
    case .policies, .controlPolicies:
      let url = "http://" + request.host + request.path
      return SandboxAnswer(json: page.policies(url: url, absent: list == .policies ? .null : nil))
    case .apiTokens, .apiKeys, .serviceAccountTokens, .oauthClients: return SandboxAnswer(json: page.apiAccess)
    }
  }
}

/// One page of a list, before it takes the shape of its API.
struct ListPage {
  var records: [JSONValue]
  var cursor: Cursor
  var next: Cursor?
  var previous: Cursor?
  /// Where URLs of next pages point instead of the list's own.
  var linkBase: String?
  /// Whether the page says how to go on.
  var hasLinks = true

  /// API Access v1: bare cursors, those that lead nowhere absent.
  var apiAccess: JSONValue {
    let links = JSONValue.record([
      "self": .string(cursor.text),
      "next": next.map { next in .string(linkBase.map { Self.url($0, next) } ?? next.text) },
      "prev": previous.map { .string($0.text) },
    ])
    return .record(["data": .array(records), "links": hasLinks ? links : nil])
  }

  /// Organizations v1 and Control v1: the cursor in `meta.next`, a URL with it in `links.next`.
  ///
  /// - Parameters:
  ///   - base: the list's own URL.
  ///   - absent: what stands for a link that leads nowhere: null in Organizations v1, nothing in Control v1.
  func policies(url base: String, absent: JSONValue?) -> JSONValue {
    func url(_ base: String, _ cursor: Cursor?) -> JSONValue? { cursor.map { .string(Self.url(base, $0)) } ?? absent }
    let meta = JSONValue.record(["next": next.map { .string($0.text) } ?? absent, "page_size": .number("25")])
    let links = JSONValue.record([
      "self": cursor.position == 0 ? .string(base) : url(base, cursor), "prev": url(base, previous),
      "next": url(linkBase ?? base, next),
    ])
    return .record(["data": .array(records), "meta": hasLinks ? meta : nil, "links": hasLinks ? links : nil])
  }

  /// Base64 has characters beyond letters and digits that would read as something else in a query.
  private static func url(_ base: String, _ cursor: Cursor) -> String {
    base + "?cursor="
      + cursor.text.replacing("+", with: "%2B").replacing("/", with: "%2F").replacing("=", with: "%3D")
  }
}
