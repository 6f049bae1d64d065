import Inventory
import Policy

extension AuditedInventory {
  /// The place of the resource with this id; nil when there is none.
  func index(of kind: ResourceKind, id: String) -> Int? {
    switch kind {
    case .apiToken: snapshot.tokens.indices.first { snapshot.tokens[$0].id == id }
    case .apiKey: snapshot.keys.firstIndex { $0.id == id }
    case .policy: snapshot.policies.firstIndex { $0.id == id }
    case .owner: owners.firstIndex { $0.id == id }
    case .organization: id == snapshot.header.organizationID ? 0 : nil
    case .waiver: waivers.firstIndex { $0.waiver.resourceID == id }
    case .coverage: snapshot.header.lists.firstIndex { $0.rawValue == id }
    }
  }

  /// The ids of the resources of a kind.
  func ids(of kind: ResourceKind) -> [String] {
    switch kind {
    case .apiToken: snapshot.tokens.indices.map { snapshot.tokens[$0].id }
    case .apiKey: snapshot.keys.map(\.id)
    case .policy: snapshot.policies.map(\.id)
    case .owner: owners.map(\.id)
    case .organization: [snapshot.header.organizationID]
    case .waiver: waivers.map(\.waiver.resourceID)
    case .coverage: snapshot.header.lists.map(\.rawValue)
    }
  }
}
