import CEL
import Inventory

/// An API token as conditions see it: the fields of the API by their own names, and `live`.
final class TokenObject: CEL.Object {
  let token: APIToken
  let now: Instant

  init(token: APIToken, now: Instant) {
    self.token = token
    self.now = now
  }

  enum Name: Int, CaseIterable {
    case id, label, status, createdAt, expiresAt, lastActiveAt, user, scopes, live, problems

    var type: CELType {
      switch self {
      case .id, .label, .status: .string
      case .createdAt, .expiresAt, .lastActiveAt: .timestamp
      case .user: .object(UserObject.type.name)
      case .scopes, .problems: .list(.string)
      case .live: .bool
      }
    }
  }

  static let type = ObjectType("token", fields: Name.allCases.map { ("\($0)", $0.type) })
    .with(columns: TokenColumns.kinds)
  var typeName: String { "token" }

  func field(_ index: Int) -> CEL.Field {
    switch Name(rawValue: index) {
    case .id: .value(.string(token.id))
    case .label: conditionField(token.label)
    case .status: conditionField(token.status)
    case .createdAt: conditionField(token.createdAt)
    case .expiresAt: conditionField(token.expiresAt)
    case .lastActiveAt: conditionField(token.lastActiveAt)
    case .user: conditionField(token.tokenUser.map { .object(UserObject(user: $0)) })
    case .scopes: conditionField(token.scopes)
    case .live: isLive(blocked: token.status.map { $0 == "BLOCKED" }, expiresAt: token.expiresAt, now: now)
    case .problems: .value(conditionList(token.problems.map(\.text)))
    case nil: .absent
    }
  }
}

/// Live: not blocked and not expired at the audit instant. One certain "no" settles it; otherwise what can't be read
/// leaves it open.
func isLive(blocked: Inventory.Field<Bool>, expiresAt: Inventory.Field<Instant>, now: Instant) -> CEL.Field {
  if blocked.value == true { return .value(.bool(false)) }
  if let expiry = expiresAt.value, expiry <= now { return .value(.bool(false)) }
  if case .unknown(let reason) = expiresAt { return .unknown(reason) }
  if case .unknown(let reason) = blocked { return .unknown(reason) }
  return .value(.bool(true))
}
