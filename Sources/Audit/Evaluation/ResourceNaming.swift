import Inventory
import Policy

extension AuditedInventory {
  /// The id of the resource of a kind with this index.
  func id(_ kind: ResourceKind, _ index: Int) -> String {
    switch kind {
    case .apiToken: snapshot.tokens[index].id
    case .apiKey: snapshot.keys[index].id
    case .policy: snapshot.policies[index].id
    case .owner: owners[index].id
    case .organization: snapshot.header.organizationID
    }
  }

  /// How reports name the resource of a kind with this index.
  func name(_ kind: ResourceKind, _ index: Int) -> ResourceName {
    switch kind {
    case .apiToken:
      let token = snapshot.tokens[index]
      return ResourceName(
        kind: kind, id: token.id, label: token.label.value.map(maskingSecrets),
        owner: token.user.value.flatMap(OwnerName.init))
    case .apiKey:
      let key = snapshot.keys[index]
      return ResourceName(
        kind: kind, id: key.id, label: key.label.value.map(maskingSecrets),
        owner: key.createdBy.value.flatMap(OwnerName.init))
    case .policy:
      let policy = snapshot.policies[index]
      return ResourceName(
        kind: kind, id: policy.id, label: policy.attributes.value?.name.value.map(maskingSecrets), owner: nil)
    case .owner:
      let owner = owners[index]
      return ResourceName(kind: kind, id: owner.id, label: nil, owner: OwnerName(owner.user))
    case .organization:
      return ResourceName(kind: kind, id: snapshot.header.organizationID, label: nil, owner: nil)
    }
  }
}

extension OwnerName {
  /// Nil when the record names the person in no way.
  init?(_ user: User) {
    guard user.id.value != nil || user.name.value != nil || user.email.value != nil else { return nil }
    self.init(id: user.id.value, name: user.name.value.map(maskingSecrets), email: user.email.value.map(maskingSecrets))
  }
}
