import CEL
import Inventory

/// A person with all API tokens of theirs.
final class OwnerObject: CEL.Object {
  let owner: Owner
  private let user: TokenUser
  /// The owner's tokens; unknown when the list is not known to be whole.
  private let tokens: CEL.Field

  /// - Parameter gap: why the owner's list is not known to be whole; nil when it is.
  init(owner: Owner, tokens table: TokenTable, gap: String?, now: Instant) {
    self.owner = owner
    user = owner.user
    tokens =
      if let gap {
        .unknown(gap)
      } else {
        // Made once: most rules on owners go through them.
        .value(
          .list(ListValue(owner.tokens.map { .object(TokenObject(token: table[Int($0)], now: now)) })))
      }
  }

  private enum Name: Int, FieldName {
    case id, name, email, tokens

    var type: CELType { self == .tokens ? .list(.object(TokenObject.type.name)) : .string }
  }

  static let type = ObjectType("owner", fields: Name.allCases.map { ($0.stringValue, $0.type) })
  var typeName: String { "owner" }

  func field(_ index: Int) -> CEL.Field {
    switch Name(rawValue: index) {
    case .id: conditionField(user.id)
    case .name: conditionField(user.name)
    case .email: conditionField(user.email)
    case .tokens: tokens
    case nil: .absent
    }
  }
}
