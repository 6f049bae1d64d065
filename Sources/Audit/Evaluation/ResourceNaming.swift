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
    case .waiver: waivers[index].waiver.resourceID
    case .coverage: snapshot.header.lists[index].rawValue
    }
  }

  /// How reports name the resource of a kind with this index.
  func name(_ kind: ResourceKind, _ index: Int) -> ResourceName {
    switch kind {
    case .apiToken:
      let token = snapshot.tokens[index]
      return ResourceName(
        kind: kind, id: token.id, label: token.label.value.map(maskingSecrets),
        owner: token.tokenUser.value.flatMap(OwnerName.init(tokenUser:)))
    case .apiKey:
      let key = snapshot.keys[index]
      return ResourceName(
        kind: kind, id: key.id, label: key.label.value.map(maskingSecrets),
        owner: key.createdBy.value.flatMap(OwnerName.init(user:)))
    case .policy:
      let policy = snapshot.policies[index]
      return ResourceName(
        kind: kind, id: policy.id, label: policy.attributes.value?.name.value.map(maskingSecrets), owner: nil)
    case .owner:
      let owner = owners[index]
      return ResourceName(kind: kind, id: owner.id, label: nil, owner: OwnerName(tokenUser: owner.user))
    case .organization:
      return ResourceName(kind: kind, id: snapshot.header.organizationID, label: nil, owner: nil)
    case .waiver:
      let waiver = waivers[index].waiver
      return ResourceName(
        kind: kind, id: waiver.resourceID, label: maskingSecrets(waiver.id), owner: OwnerName(waiverOwner: waiver.owner)
      )
    case .coverage:
      return ResourceName(kind: kind, id: snapshot.header.lists[index].rawValue, label: nil, owner: nil)
    }
  }
}

extension OwnerName {
  /// Who answers for a waiver, in the words of its file.
  init(waiverOwner text: String) {
    let text = maskingSecrets(text)
    self.init(id: nil, name: text.contains("@") ? nil : text, email: text.contains("@") ? text : nil)
  }

  /// Nil when the record names the person in no way.
  init?(user: User) { self.init(id: user.id, name: user.name, email: user.email) }

  /// Nil when the record names the person in no way.
  init?(tokenUser user: TokenUser) { self.init(id: user.id, name: user.name, email: user.email) }

  /// Nil when the record names the person in no way.
  init?(id: Field<String>, name: Field<String>, email: Field<String>) {
    guard id.value != nil || name.value != nil || email.value != nil else { return nil }
    self.init(id: id.value, name: name.value.map(maskingSecrets), email: email.value.map(maskingSecrets))
  }
}
