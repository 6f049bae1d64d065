import Inventory

/// Examples of rules on the audit's own resources: the members that conditions see, as JSON.
extension Rule.Example {
  func coveredList() throws(JSONError) -> CollectedList {
    guard let list = record["id"]?.string.flatMap(CollectedList.init(rawValue:)) else {
      throw problem("`id` should name a list: \(CollectedList.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return list
  }

  func seenPart() throws(JSONError) -> Coverage {
    guard let coverage = Coverage(record) else {
      throw problem("a coverage should have `state` (complete, partial, unavailable) and `records`")
    }
    return coverage
  }

  func auditedWaiver() throws(JSONError) -> AuditedWaiver {
    guard let expires = record["expires"]?.string.flatMap({ Instant($0) ?? Instant($0 + "T00:00:00Z") }) else {
      throw problem("`expires` should be a date, or an instant")
    }
    let match: Waiver.Match? =
      record["ids"] != nil
      ? .ids(texts("ids")) : record["match"]?.string.map { Waiver.Match.condition([:], source: $0) }
    let waiver = Waiver(
      id: record["id"]?.string ?? "example", subject: try waiverSubject(), match: match,
      reason: record["reason"]?.string ?? "", owner: record["owner"]?.string ?? "", expires: expires,
      ticket: record["ticket"]?.string)
    return AuditedWaiver(waiver: waiver, matches: try number("matches") ?? 0)
  }

  private func waiverSubject() throws(JSONError) -> Waiver.Subject {
    switch record["gap"]?.string {
    case nil: return .findings(rules: texts("rules"))
    case "not-evaluable": return .notEvaluable(rules: texts("rules"))
    case "scopes": return .scopes
    case let name?:
      guard let list = CollectedList(rawValue: name) else { throw problem("there is no gap `\(name)`") }
      return .list(list)
    }
  }

  private func number(_ name: String) throws(JSONError) -> Int? {
    guard let value = record[name] else { return nil }
    guard case .number(let text) = value, let number = Int(text) else { throw problem("`\(name)` should be a number") }
    return number
  }

  private func texts(_ name: String) -> [String] { record[name]?.array?.compactMap(\.string) ?? [] }

  private func problem(_ message: String) -> JSONError { JSONError(message, at: 0) }
}
