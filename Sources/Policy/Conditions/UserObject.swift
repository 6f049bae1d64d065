import CEL
import Inventory

/// A token's `user` or a key's `createdBy` as conditions see it.
final class UserObject: CEL.Object {
  private let person: Person

  private enum Person: Sendable {
    case user(User)
    case tokenUser(TokenUser)
  }

  init(user: User) { person = .user(user) }
  init(user: TokenUser) { person = .tokenUser(user) }

  enum Name: Int, FieldName { case id, orgId, name, email }

  static let type = ObjectType("user", fields: Name.allCases.map { ($0.stringValue, .string) })
    .with(columns: UserColumns.kinds)
  var typeName: String { "user" }

  func field(_ index: Int) -> CEL.Field {
    switch (Name(rawValue: index), person) {
    case (.id, .user(let user)): conditionField(user.id)
    case (.id, .tokenUser(let user)): conditionField(user.id)
    case (.orgId, .user(let user)): conditionField(user.orgID)
    case (.orgId, .tokenUser(let user)): conditionField(user.orgID)
    case (.name, .user(let user)): conditionField(user.name)
    case (.name, .tokenUser(let user)): conditionField(user.name)
    case (.email, .user(let user)): conditionField(user.email)
    case (.email, .tokenUser(let user)): conditionField(user.email)
    case (nil, _): .absent
    }
  }
}
