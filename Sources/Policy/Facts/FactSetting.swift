import Inventory
import YAML

/// What a rule or a policy file says about a table of facts. A rule says all that it needs; a policy can change how the
/// file is read, and declare tables for rules of the user's own.
struct FactSetting {
  let name: String
  var key: String?
  var ignoresCase: Bool?
  var allowsEmpty: Bool?
  var columns: [FactDeclaration.Column] = []
  var description: String?
  let source: SourceFile
  let location: SourceLocation

  /// Nil without a key.
  var declaration: FactDeclaration? {
    key.map { key in
      FactDeclaration(
        name: name, key: key, ignoresCase: ignoresCase ?? false, allowsEmpty: allowsEmpty ?? false, columns: columns,
        description: description ?? "")
    }
  }

  /// Reads the mapping `facts` of a rule or a policy: settings by the tables' names.
  static func settings(_ node: Node, _ reader: inout FileReader) -> [FactSetting] {
    reader.members(of: node, "`facts`").compactMap { member in
      guard isIdentifier(member.name) else {
        reader.error("`\(member.name)` is no name for facts", advice: nameAdvice, at: member.key)
        return nil
      }
      var setting = FactSetting(name: member.name, source: reader.source, location: reader.location(of: member.key))
      let parts = reader.members(of: member.value, FactKeys.table)
      setting.key = reader.value(FactKeys.key, of: parts)
      setting.ignoresCase = reader.value(FactKeys.ignoreCase, of: parts)
      setting.allowsEmpty = reader.value(FactKeys.allowEmpty, of: parts)
      setting.description = reader.value(FactKeys.description, of: parts)
      if let columns = parts[FactKeys.columns] {
        for column in reader.members(of: columns.value, "`columns`") {
          guard isIdentifier(column.name) else {
            reader.error("conditions can't ask for a column `\(column.name)`", advice: nameAdvice, at: column.key)
            continue
          }
          guard let type: FactType = RuleParser.choice(column.value, "`\(column.name)`", &reader) else { continue }
          setting.columns.append(FactDeclaration.Column(name: column.name, type: type))
        }
      }
      return setting
    }
  }

  /// As `settings`, for a rule, which says itself what its key is.
  static func declarations(_ node: Node, _ reader: inout FileReader) -> [FactDeclaration] {
    settings(node, &reader).compactMap { setting in
      if setting.key == nil {
        reader.error("the facts `\(setting.name)` have no `key`, the column that finds a row", at: setting.location)
      }
      return setting.declaration
    }
  }

  /// The rows of an example or a test, by table.
  static func rows(_ node: Node, _ reader: inout FileReader) -> [String: [JSONValue]] {
    var rows: [String: [JSONValue]] = [:]
    for member in reader.members(of: node, "`facts`") {
      rows[member.name] = reader.elements(of: member.value, "`\(member.name)`").compactMap {
        RuleParser.jsonValue($0, &reader)
      }
    }
    return rows
  }

  private static let nameAdvice = "use letters and digits, the first a letter: leftOn"

  private static func isIdentifier(_ text: String) -> Bool {
    text.utf8.allSatisfy { isLetter($0) || 0x30...0x39 ~= $0 } && text.utf8.first.map(isLetter) == true
      && text.utf8.count <= 60
  }

  private static func isLetter(_ byte: UInt8) -> Bool { 0x41...0x5A ~= byte || 0x61...0x7A ~= byte }
}
