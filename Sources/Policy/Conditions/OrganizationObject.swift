import CEL
import Inventory

/// The organization: its id, its lists, and how long they are. A list that was not collected completely is unknown.
final class OrganizationObject: CEL.Object {
  let inventory: AuditedInventory

  init(inventory: AuditedInventory) {
    self.inventory = inventory
  }

  private enum Name: Int, FieldName {
    case id, tokens, keys, policies, tokenCount, keyCount, policyCount, ownerCount

    var type: CELType {
      switch self {
      case .id: .string
      case .tokens: .list(.object(TokenObject.type.name))
      case .keys: .list(.object(KeyObject.type.name))
      case .policies: .list(.object(PolicyObject.type.name))
      case .tokenCount, .keyCount, .policyCount, .ownerCount: .int
      }
    }
  }

  static let type = ObjectType("organization", fields: Name.allCases.map { ($0.stringValue, $0.type) })
  var typeName: String { "organization" }

  func field(_ index: Int) -> CEL.Field {
    let snapshot = inventory.snapshot
    return switch Name(rawValue: index) {
    case .id: .value(.string(snapshot.header.organizationID))
    case .tokens: list(.apiTokens) { .list(ListValue(columns: TokenList(truths: inventory.tokenTruths))) }
    case .keys:
      list(.apiKeys) { .list(ListValue(snapshot.keys.map { .object(KeyObject(key: $0, now: inventory.now)) })) }
    case .policies: list(.policies) { .list(ListValue(snapshot.policies.map { .object(PolicyObject(policy: $0)) })) }
    case .tokenCount: list(.apiTokens) { .int(Int64(snapshot.tokens.count)) }
    case .keyCount: list(.apiKeys) { .int(Int64(snapshot.keys.count)) }
    case .policyCount: list(.policies) { .int(Int64(snapshot.policies.count)) }
    case .ownerCount:
      if let gap = inventory.ownersGap { .unknown(gap) } else { .value(.int(Int64(inventory.owners.count))) }
    case nil: .absent
    }
  }

  private func list(_ list: CollectedList, _ value: () -> Value) -> CEL.Field {
    if let gap = inventory.gap(in: list) { .unknown(gap) } else { .value(value()) }
  }
}

/// The organization's tokens as a list that makes its elements when they are asked for.
private struct TokenList: ColumnarList {
  let truths: TokenTruths

  var count: Int { truths.tokens.count }
  subscript(index: Int) -> Value { .object(TokenObject(token: truths.tokens[index], now: truths.now)) }
  func truths(of condition: ElementCondition, _ bindings: [Value]) -> Truths { truths.truths(of: condition, bindings) }
  func place(of index: Int) -> Int { index }
}
