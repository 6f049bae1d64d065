import Inventory
import YAML

/// The keys of a table of facts, in a rule or a policy.
enum FactKeys {
  static let key = FileKey("key", .text, "The column of the file whose values find a row; each stands once.")
  static let ignoreCase = FileKey(
    "ignore-case", .boolean, "True to make keys lowercase when they are read; conditions ask for lowercase ones then.")
  static let allowEmpty = FileKey("allow-empty", .boolean, "True to accept a file without a row.")
  static let columns = FileKey(
    "columns", .nested(.members(.choice(FactType.allCases.map(\.rawValue)))),
    "The types of the columns that conditions can read of a row, by name; the file has all of them.")
  static let description = FileKey("description", .text, "What belongs into the file.")
  static let table = FileMapping("a table of facts", [key, ignoreCase, allowEmpty, columns, description])

  /// In a rule or a policy.
  static let facts = FileKey(
    "facts", .nested(.members(.mapping(table))), "Tables from outside the Admin APIs that conditions can ask, by name.")
  /// In an example or a test.
  static let rows = FileKey(
    "facts", .nested(.members(.list(.record))), "Rows of tables, by name; a table without any was not given.")
}
