import CEL
import Inventory

/// A scope as the catalogue describes it: what `scope('write:jira-work')` gives.
struct ScopeObject: CEL.Object {
  let scope: Scope

  private enum Name: Int, CaseIterable {
    case name, product, family, access, privileged, deletes, known

    var type: CELType {
      switch self {
      case .name, .product, .family, .access: .string
      case .privileged, .deletes, .known: .bool
      }
    }
  }

  static let type = ObjectType("scope", fields: Name.allCases.map { ("\($0)", $0.type) })
  var typeName: String { "scope" }

  func field(_ index: Int) -> CEL.Field {
    switch Name(rawValue: index) {
    case .name: .value(.string(scope.name))
    case .product: .value(.string(scope.product))
    case .family: .value(.string(scope.family))
    case .access: .value(.string(scope.access))
    case .privileged: .value(.bool(scope.privileged))
    case .deletes: .value(.bool(scope.deletes))
    case .known: .value(.bool(scope.known))
    case nil: .absent
    }
  }
}
