import CEL
import Inventory

/// A token's `user` or a key's `createdBy` as conditions see it.
final class UserObject: CEL.Object {
  let user: User

  init(user: User) {
    self.user = user
  }

  private enum Name: Int, CaseIterable { case id, orgId, name, email }

  static let type = ObjectType("user", fields: Name.allCases.map { ("\($0)", .string) })
  var typeName: String { "user" }

  func field(_ index: Int) -> CEL.Field {
    switch Name(rawValue: index) {
    case .id: conditionField(user.id)
    case .orgId: conditionField(user.orgID)
    case .name: conditionField(user.name)
    case .email: conditionField(user.email)
    case nil: .absent
    }
  }
}
