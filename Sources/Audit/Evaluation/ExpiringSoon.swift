import Inventory
import Policy

extension AuditedInventory {
  /// The live tokens and keys that expire within `Expiry.days`: soonest first, then by kind and id. A token whose
  /// status is not known may be live and is listed.
  func expiring() -> [Expiry] {
    let end = Instant(milliseconds: now.milliseconds + Int64(Expiry.days) * 86_400_000)
    func expiry(_ kind: ResourceKind, _ index: Int, _ field: Field<Instant>) -> Expiry? {
      guard let expiresAt = field.value, expiresAt > now, expiresAt <= end else { return nil }
      return Expiry(resource: name(kind, index), expiresAt: expiresAt)
    }
    let tokens = snapshot.tokens.indices.compactMap { index in
      let token = snapshot.tokens[index]
      return token.status.value == "BLOCKED" ? nil : expiry(.apiToken, index, token.expiresAt)
    }
    let keys = snapshot.keys.indices.compactMap { expiry(.apiKey, $0, snapshot.keys[$0].expiresAt) }
    return (tokens + keys).sorted { Self.order($0) < Self.order($1) }
  }

  private static func order(_ expiry: Expiry) -> (Instant, String, String) {
    (expiry.expiresAt, expiry.resource.kind.rawValue, expiry.resource.id)
  }
}
