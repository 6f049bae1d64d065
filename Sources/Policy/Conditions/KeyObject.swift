import CEL
import Inventory

/// An API key as conditions see it: the fields of the API by their own names, and `live`.
final class KeyObject: CEL.Object {
  let key: APIKey
  let now: Instant

  init(key: APIKey, now: Instant) {
    self.key = key
    self.now = now
  }

  private enum Name: Int, FieldName {
    case id, label, createdAt, expiresAt, lastActiveAt, systemAccountId, resource, orgId, createdBy, scopes
    case targetResources, live, problems

    var type: CELType {
      switch self {
      case .id, .label, .systemAccountId, .resource, .orgId: .string
      case .createdAt, .expiresAt, .lastActiveAt: .timestamp
      case .createdBy: .object(UserObject.type.name)
      case .scopes, .targetResources, .problems: .list(.string)
      case .live: .bool
      }
    }
  }

  static let type = ObjectType("key", fields: Name.allCases.map { ($0.stringValue, $0.type) })
  var typeName: String { "key" }

  func field(_ index: Int) -> CEL.Field {
    switch Name(rawValue: index) {
    case .id: .value(.string(key.id))
    case .label: conditionField(key.label)
    case .createdAt: conditionField(key.createdAt)
    case .expiresAt: conditionField(key.expiresAt)
    case .lastActiveAt: conditionField(key.lastActiveAt)
    case .systemAccountId: conditionField(key.systemAccountID)
    case .resource: conditionField(key.resource)
    case .orgId: conditionField(key.orgID)
    case .createdBy: conditionField(key.createdBy)
    case .scopes: conditionField(key.scopes)
    case .targetResources: conditionField(key.targetResources)
    case .live: isLive(blocked: .value(false), expiresAt: key.expiresAt, now: now)
    case .problems: .value(conditionList(key.problems.map(\.text)))
    case nil: .absent
    }
  }
}
