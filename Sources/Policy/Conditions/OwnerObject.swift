import CEL
import Inventory

/// A person with all API tokens of theirs.
final class OwnerObject: CEL.Object {
  let owner: Owner
  let tokens: TokenTable
  /// Why the owner's list is not known to be whole; nil when it is.
  let gap: String?
  let now: Instant

  init(owner: Owner, tokens: TokenTable, gap: String?, now: Instant) {
    self.owner = owner
    self.tokens = tokens
    self.gap = gap
    self.now = now
  }

  private enum Name: Int, CaseIterable {
    case id, name, email, tokens

    var type: CELType { self == .tokens ? .list(.object(TokenObject.type.name)) : .string }
  }

  static let type = ObjectType("owner", fields: Name.allCases.map { ("\($0)", $0.type) })
  var typeName: String { "owner" }

  func field(_ index: Int) -> CEL.Field {
    switch Name(rawValue: index) {
    case .id: .value(.string(owner.id))
    case .name: conditionField(owner.user.name)
    case .email: conditionField(owner.user.email)
    case .tokens:
      if let gap {
        .unknown(gap)
      } else {
        .value(.list(ListValue(owner.tokens.map { .object(TokenObject(token: tokens[$0], now: now)) })))
      }
    case nil: .absent
    }
  }
}
