import Audit
import Inventory
import Policy

/// What expires soon, by owner.
enum HTMLExpiring {
  private static let ownerLimit = 25
  private static let namedLimit = 3

  static func values(_ report: AuditReport) -> TemplateValues {
    let owners = report.expiring.byOwner()
    var values: TemplateValues = [
      "days": Expiry.days, "hasOwners": !owners.isEmpty, "owners": owners.prefix(ownerLimit).map(row),
    ]
    if owners.count > ownerLimit { values["moreOwners"] = counted(owners.count - ownerLimit, "more owner") }
    return values
  }

  private static func row(_ group: OwnerExpiries) -> TemplateValues {
    var values: TemplateValues = [
      "first": group.first.expiresAt.dateText, "owner": group.ownerText, "count": grouped(group.count),
      "named": group.first(namedLimit).map(named),
    ]
    if group.count > namedLimit { values["more"] = grouped(group.count - namedLimit) }
    return values
  }

  private static func named(_ expiry: Expiry) -> TemplateValues {
    var values: TemplateValues = [
      "kind": expiry.resource.kind.rawValue, "resource": visibleOrEmpty(expiry.resource.id),
      "date": expiry.expiresAt.dateText,
    ]
    values["label"] = expiry.resource.label.map { fitted(visibleOrEmpty($0), to: 60) }
    return values
  }
}
