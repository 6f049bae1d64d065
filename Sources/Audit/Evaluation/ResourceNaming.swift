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
        owner: token.tokenUser.value.flatMap { OwnerName(id: $0.id, name: $0.name, email: $0.email) })
    case .apiKey:
      let key = snapshot.keys[index]
      return ResourceName(
        kind: kind, id: key.id, label: key.label.value.map(maskingSecrets),
        owner: key.createdBy.value.flatMap { OwnerName(id: $0.id, name: $0.name, email: $0.email) })
    case .policy:
      let policy = snapshot.policies[index]
      return ResourceName(
        kind: kind, id: policy.id, label: policy.attributes.value?.name.value.map(maskingSecrets), owner: nil)
    case .owner:
      let owner = owners[index]
      let user = owner.user
      return ResourceName(
        kind: kind, id: owner.id, label: nil, owner: OwnerName(id: user.id, name: user.name, email: user.email))
    case .organization:
      return ResourceName(kind: kind, id: snapshot.header.organizationID, label: nil, owner: nil)
    }
  }
}

extension OwnerName {
  /// Nil when the record names the person in no way.
  init?(id: Field<String>, name: Field<String>, email: Field<String>) {
    guard id.value != nil || name.value != nil || email.value != nil else { return nil }
    self.init(id: id.value, name: name.value.map(maskingSecrets), email: email.value.map(maskingSecrets))
  }
}
