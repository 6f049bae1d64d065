import Inventory
import Policy

/// A field of a record that is not what it was.
package struct RecordChange: Hashable, Sendable {
  package enum Kind: String, Sendable {
    /// Elements of a list that were not in it, and that are not in it any more.
    case gained, lost
    /// An expiry that is later than it was, or gone; and one that is earlier, or new.
    case extended, shortened
    case changed
    /// The field could be read in one of the two only.
    case unknown
  }

  /// The field's path as the API names it: `scopes`, `attributes.status`.
  package let field: String
  package let kind: Kind
  /// What the field said; for a list, which of its elements. Nil where there was none.
  package let old: [String]?
  package let new: [String]?
}

/// Compares two records of one id, field by field.
struct RecordChanges {
  private(set) var changes: [RecordChange] = []
  /// Fields that could be read in neither record.
  private(set) var unreadable: [String] = []

  static func between(_ old: APIToken, _ new: APIToken) -> RecordChanges {
    var changes = RecordChanges()
    changes.compareElements("scopes", old.scopes, new.scopes)
    changes.compareExpiry("expiresAt", old.expiresAt, new.expiresAt)
    changes.compare("status", old.status, new.status)
    changes.compare("label", old.label, new.label)
    changes.compare("user", old.user, new.user)
    changes.compare("createdAt", old.createdAt.map(\.text), new.createdAt.map(\.text))
    return changes
  }

  static func between(_ old: APIKey, _ new: APIKey) -> RecordChanges {
    var changes = RecordChanges()
    changes.compareElements("scopes", old.scopes, new.scopes)
    changes.compareElements("targetResources", old.targetResources, new.targetResources)
    changes.compareExpiry("expiresAt", old.expiresAt, new.expiresAt)
    changes.compare("label", old.label, new.label)
    changes.compare("createdBy", old.createdBy, new.createdBy)
    changes.compare("resource", old.resource, new.resource)
    changes.compare("createdAt", old.createdAt.map(\.text), new.createdAt.map(\.text))
    return changes
  }

  static func between(_ old: OrganizationPolicy, _ new: OrganizationPolicy) -> RecordChanges {
    var changes = RecordChanges()
    func field<Value>(_ policy: OrganizationPolicy, _ get: (OrganizationPolicy.Attributes) -> Field<Value>) -> Field<
      Value
    > {
      switch policy.attributes {
      case .absent: .absent
      case .unknown(let reason): .unknown(reason)
      case .value(let attributes): get(attributes)
      }
    }
    changes.compare("attributes.name", field(old, \.name), field(new, \.name))
    changes.compare("attributes.type", field(old, \.type), field(new, \.type))
    changes.compare("attributes.status", field(old, \.status), field(new, \.status))
    changes.compare("attributes.rule", field(old, \.rule).map(text), field(new, \.rule).map(text))
    changes.compareElements(
      "attributes.resources", field(old, \.resources).map { $0.map(text) },
      field(new, \.resources).map { $0.map(text) })
    return changes
  }

  // MARK: - Fields

  private mutating func compare(_ name: String, _ old: Field<String>, _ new: Field<String>) {
    guard isReadable(name, old, new), old != new else { return }
    add(name, .changed, old.value, new.value)
  }

  /// A person is who the id says; without one, who the record names otherwise.
  private mutating func compare(_ name: String, _ old: Field<User>, _ new: Field<User>) {
    guard isReadable(name, old, new) else { return }
    let (before, now) = (old.value, new.value)
    let isSame =
      if let id = before?.id.value, let other = now?.id.value { id == other } else { before == now }
    guard !isSame else { return }
    add(
      name, .changed, before.flatMap(OwnerName.init(user:))?.identity, now.flatMap(OwnerName.init(user:))?.identity)
  }

  /// Without an expiry, a credential lives for ever.
  private mutating func compareExpiry(_ name: String, _ old: Field<Instant>, _ new: Field<Instant>) {
    guard isReadable(name, old, new), old != new else { return }
    let isLater =
      if let old = old.value, let new = new.value { new > old } else { new.value == nil }
    add(name, isLater ? .extended : .shortened, old.value?.text, new.value?.text)
  }

  private mutating func compareElements(_ name: String, _ old: Field<[String]>, _ new: Field<[String]>) {
    guard isReadable(name, old, new), old != new else { return }
    let (before, now) = (Set(old.value ?? []), Set(new.value ?? []))
    // Without scopes, a credential may do everything: the first one takes away, and with the last one all is given.
    if before.isEmpty != now.isEmpty || before == now {
      guard before != now || before.isEmpty else { return }
      changes.append(
        RecordChange(field: name, kind: .changed, old: old.value.map { shown($0) }, new: new.value.map { shown($0) }))
      return
    }
    let gained = now.subtracting(before).sorted()
    let lost = before.subtracting(now).sorted()
    if !gained.isEmpty { changes.append(RecordChange(field: name, kind: .gained, old: nil, new: shown(gained))) }
    if !lost.isEmpty { changes.append(RecordChange(field: name, kind: .lost, old: shown(lost), new: nil)) }
  }

  private mutating func isReadable<Value>(_ name: String, _ old: Field<Value>, _ new: Field<Value>) -> Bool {
    switch (old, new) {
    case (.unknown, .unknown): unreadable.append(name)
    case (.unknown(let reason), _): add(name, .unknown, "not known: \(reason)", nil)
    case (_, .unknown(let reason)): add(name, .unknown, nil, "not known: \(reason)")
    default: return true
    }
    return false
  }

  private mutating func add(_ name: String, _ kind: RecordChange.Kind, _ old: String?, _ new: String?) {
    changes.append(
      RecordChange(field: name, kind: kind, old: old.map { shown([$0]) }, new: new.map { shown([$0]) }))
  }

  private func shown(_ texts: [String]) -> [String] { texts.map(maskingSecrets) }
}

extension OwnerName {
  /// The person so that two of one name can be told apart.
  fileprivate var identity: String {
    guard let id, id != text else { return text }
    return "\(text) (\(id))"
  }
}

private func text(_ value: JSONValue) -> String {
  var writer = JSONWriter()
  writer.value(nil, value)
  return String(decoding: writer.bytes, as: UTF8.self)
}

private func text(_ resource: OrganizationPolicy.Resource) -> String {
  func text(_ field: Field<String>) -> String {
    switch field {
    case .absent: "none"
    case .unknown: "not known"
    case .value(let text): text
    }
  }
  return "\(text(resource.id)) (\(text(resource.applicationStatus)))"
}
