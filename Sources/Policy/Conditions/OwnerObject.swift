import CEL
import Inventory
import Synchronization

/// A person with all API tokens of theirs.
final class OwnerObject: CEL.Object {
  let owner: Owner
  private let user: TokenUser
  /// The owner's tokens; unknown when the list is not known to be whole.
  private let tokens: CEL.Field

  /// - Parameter gap: why the owner's list is not known to be whole; nil when it is.
  init(owner: Owner, truths: TokenTruths, gap: String?) {
    self.owner = owner
    user = owner.user
    tokens = if let gap { .unknown(gap) } else { .value(.list(ListValue(columns: OwnedTokens(owner, truths)))) }
  }

  enum Name: Int, FieldName {
    case id, name, email, tokens

    var type: CELType { self == .tokens ? .list(.object(TokenObject.type.name)) : .string }
  }

  static let type = ObjectType("owner", fields: Name.allCases.map { ($0.stringValue, $0.type) })
    .with(columns: OwnerColumns.kinds)
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

/// The tokens of an owner as a list.
private final class OwnedTokens: ColumnarList {
  private let indexes: ArraySlice<Int32>
  private let truths: TokenTruths
  /// Made when one of them is asked for: conditions on columns need none.
  private let objects = Mutex<[Value]?>(nil)

  init(_ owner: Owner, _ truths: TokenTruths) {
    indexes = owner.tokens
    self.truths = truths
  }

  var count: Int { indexes.count }
  func truths(of condition: ElementCondition, _ bindings: [Value]) -> Truths { truths.truths(of: condition, bindings) }
  func place(of index: Int) -> Int { Int(indexes[indexes.startIndex + index]) }

  subscript(index: Int) -> Value {
    objects.withLock { objects in
      if let objects { return objects[index] }
      let made = indexes.map { Value.object(TokenObject(token: truths.tokens[Int($0)], now: truths.now)) }
      objects = made
      return made[index]
    }
  }
}
