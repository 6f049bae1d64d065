import CEL

/// A waiver as conditions see it: the members of its file, and what it matches in the audit.
final class WaiverObject: CEL.Object {
  let waiver: Waiver
  let matches: Int

  init(audited: AuditedWaiver) {
    waiver = audited.waiver
    matches = audited.matches
  }

  private enum Name: Int, FieldName {
    case id, rules, gap, ids, match, reason, owner, ticket, expires, matches

    var type: CELType {
      switch self {
      case .id, .gap, .match, .reason, .owner, .ticket: .string
      case .rules, .ids: .list(.string)
      case .expires: .timestamp
      case .matches: .int
      }
    }
  }

  static let type = ObjectType("waiver", fields: Name.allCases.map { ($0.stringValue, $0.type) })
  var typeName: String { "waiver" }

  func field(_ index: Int) -> CEL.Field {
    switch Name(rawValue: index) {
    case .id: .value(.string(waiver.id))
    case .rules: .value(conditionList(waiver.subject.rules))
    case .gap: Self.field(waiver.subject.gap)
    case .ids: if case .ids(let ids)? = waiver.match { .value(conditionList(ids)) } else { .absent }
    case .match: if case .condition(_, let source)? = waiver.match { .value(.string(source)) } else { .absent }
    case .reason: .value(.string(waiver.reason))
    case .owner: .value(.string(waiver.owner))
    case .ticket: Self.field(waiver.ticket)
    case .expires: .value(conditionTimestamp(waiver.expires))
    case .matches: .value(.int(Int64(matches)))
    case nil: .absent
    }
  }

  private static func field(_ text: String?) -> CEL.Field { text.map { .value(.string($0)) } ?? .absent }
}
