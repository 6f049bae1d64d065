import Inventory
import YAML

/// The keys of a waiver file.
enum WaiverFile {
  static let waivers = FileKey(
    "waivers", .nested(.orEmpty(.list(.mapping(waiver)))), "What is accepted.", isRequired: true)
  static let mapping = FileMapping("a waiver file", [waivers])

  // MARK: - A waiver

  static let id = FileKey("id", .text, "How reports call it; by default the file's name and the number in it.")
  static let rule = FileKey("rule", .nested(.oneOrMore(.text)), "The rule whose findings are accepted, or several.")
  static let gap = FileKey(
    "gap", .nested(.choice(CollectedList.always.map(\.rawValue) + ["scopes", "not-evaluable"])),
    "What could not be seen: `not-evaluable` with `rule` and `match`, `scopes`, or a list that was not collected.")
  static let match = FileKey(
    "match", .nested(.anyOf([.mapping(ids), .text])), "The resources: `{ ids: […] }`, or CEL over the resource.")
  static let reason = FileKey("reason", .text, "Why it is accepted.", isRequired: true)
  static let owner = FileKey("owner", .text, "Who answers for it.", isRequired: true)
  static let expires = FileKey(
    "expires", .instant, "Until when: a date, which is its first moment in UTC, or a date and time.", isRequired: true,
    advice: "say until when the risk is accepted: 2026-12-31")
  static let ticket = FileKey("ticket", .text, "Where it was decided.")
  static let waiver = FileMapping("a waiver", [id, rule, gap, match, reason, owner, expires, ticket])

  static let idList = FileKey("ids", .nested(.list(.text)), "Ids of resources, as reports have them.", isRequired: true)
  static let ids = FileMapping("`match`", [idList])
}
