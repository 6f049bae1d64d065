import CEL
import Inventory

/// A scope as the catalogue describes it: what `scope('write:jira-work')` gives.
final class ScopeObject: CEL.Object {
  let scope: Scope

  init(scope: Scope) {
    self.scope = scope
  }

  private enum Name: Int, FieldName {
    case name, product, family, access, privileged, deletes, known

    var type: CELType {
      switch self {
      case .name, .product, .family, .access: .string
      case .privileged, .deletes, .known: .bool
      }
    }
  }

  static let type = ObjectType("scope", fields: Name.allCases.map { ($0.stringValue, $0.type) })
  var typeName: String { "scope" }

  func field(_ index: Int) -> CEL.Field {
    switch Name(rawValue: index) {
    case .name: .value(.string(scope.name))
    case .product: field(scope.product.map { .string($0) }, "product")
    case .family: field(scope.family.map { .string($0) }, "family")
    case .access: field(scope.access.map { .string($0) }, "access")
    case .privileged: field(scope.privileged.map { .bool($0) }, "privilege")
    case .deletes: field(scope.deletes.map { .bool($0) }, "power to delete")
    case .known: .value(.bool(scope.known))
    case nil: .absent
    }
  }

  /// What neither the catalogue nor the scope's name says is unknown: a new scope must not pass for a harmless one.
  private func field(_ value: Value?, _ what: String) -> CEL.Field {
    value.map { .value($0) } ?? .unknown("the \(what) of the scope `\(scope.name)` is not known")
  }
}
