import CEL

/// A table of facts from outside the Admin APIs, such as the people who left: what its file has to look like, and what
/// conditions can ask of it.
package struct FactDeclaration: Hashable, Sendable {
  /// The name by which conditions and `--facts` call the table: `leavers`.
  package let name: String
  /// The column whose values find a row; each stands once.
  package let key: String
  /// Whether the keys are made lowercase (ASCII) when they are read, so that conditions ask for lowercase ones.
  package let ignoresCase: Bool
  /// Whether a file without a row is accepted. Usually it is an export that failed, and would flag nobody.
  package let allowsEmpty: Bool
  /// The columns that conditions can read of a row; the file has all of them, and may have others.
  package let columns: [Column]
  /// What belongs into the file, in a sentence.
  package let description: String

  package struct Column: Hashable, Sendable {
    package let name: String
    package let type: FactType
  }
}

package enum FactType: String, CaseIterable, Sendable {
  case string, int, double, bool, timestamp

  var conditionType: CELType {
    switch self {
    case .string: .string
    case .int: .int
    case .double: .double
    case .bool: .bool
    case .timestamp: .timestamp
    }
  }
}
