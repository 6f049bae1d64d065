import Inventory

/// The parameters of a list: what is searched for, in which order, and which page.
struct ListQuery {
  private let search: String?
  private let status: String?
  private let policyType: String?
  private let sort: (field: String, isDescending: Bool)?
  let cursor: Cursor
  let pageSize: Int

  /// Why a list can't be given as asked.
  struct Invalid: Error { let detail: String }

  /// Parameters that a list knows. What the reference has beyond them is refused rather than ignored: an answer that
  /// is not filtered as asked would be a wrong one.
  private static func parameters(of list: CollectedList) -> Set<String> {
    switch list {
    case .apiTokens: ["q", "status", "sort", "pageSize", "cursor"]
    case .apiKeys: ["q", "sort", "pageSize", "cursor"]
    case .policies, .controlPolicies: ["type", "cursor"]
    case .serviceAccountTokens: ["cursor"]
    case .oauthClients: ["pageSize", "cursor"]
    }
  }

  init(_ request: SandboxRequest, _ list: CollectedList, maximumPageSize: Int) throws(Invalid) {
    let known = Self.parameters(of: list)
    for parameter in request.query {
      guard known.contains(parameter.name) else {
        throw Invalid(detail: "the sandbox does not know the parameter \(parameter.name) here")
      }
    }
    search = request["q"]?.lowercased()
    status = request["status"]
    policyType = request["type"]
    sort = try request["sort"].map { text throws(Invalid) in try Self.sort(text) }
    guard let cursor = request["cursor"].map({ Cursor($0) }) ?? Cursor(position: 0) else {
      throw Invalid(detail: "invalid cursor")
    }
    self.cursor = cursor
    if list == .policies || list == .controlPolicies {
      pageSize = min(25, maximumPageSize)
    } else if let text = request["pageSize"] {
      guard let size = Int(text), size > 0 else { throw Invalid(detail: "invalid pageSize") }
      pageSize = min(size, maximumPageSize)
    } else {
      pageSize = min(50, maximumPageSize)
    }
  }

  private static func sort(_ text: String) throws(Invalid) -> (field: String, isDescending: Bool) {
    let field = text.hasPrefix("-") || text.hasPrefix("+") ? String(text.dropFirst()) : text
    guard ["id", "label", "status", "createdAt", "expiresAt", "lastActiveAt"].contains(field) else {
      throw Invalid(detail: "invalid sort")
    }
    return (field, text.hasPrefix("-"))
  }

  /// Whether any record is left out, or any order asked for.
  private var isPlain: Bool { search == nil && status == nil && policyType == nil && sort == nil }

  /// The indexes of the records that match, in the order asked for.
  func selection(of list: CollectedList, in organization: SandboxOrganization) -> Selection {
    let count = organization.count(of: list)
    guard !isPlain else { return .all(count) }
    let matching = (0..<count).filter { matches(organization.record(list, at: $0)) }
    guard let sort else { return .some(matching) }
    let keys = matching.map { organization.record(list, at: $0)[sort.field]?.string ?? "" }
    let order = matching.indices.sorted { left, right in
      if keys[left] == keys[right] { return left < right }
      return (keys[left] < keys[right]) != sort.isDescending
    }
    return .some(order.map { matching[$0] })
  }

  enum Selection {
    case all(Int)
    case some([Int])

    var count: Int {
      switch self {
      case .all(let count): count
      case .some(let indexes): indexes.count
      }
    }

    subscript(range: Range<Int>) -> [Int] {
      switch self {
      case .all: Array(range)
      case .some(let indexes): Array(indexes[range])
      }
    }
  }

  private func matches(_ record: JSONValue) -> Bool {
    if let status, record["status"]?.string != status { return false }
    if let policyType, record["attributes"]?["type"]?.string != policyType { return false }
    guard let search else { return true }
    let texts = [record["label"], record["user"]?["name"], record["user"]?["email"]]
    return texts.contains { $0?.string?.lowercased().contains(search) == true }
  }
}
