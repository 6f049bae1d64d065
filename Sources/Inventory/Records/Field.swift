/// What is known of one field of a record.
///
/// The difference between the first two is what keeps not-knowing from reading as fine: an absent field can be asked
/// for and is not there, an unknown one answers nothing.
package enum Field<Value> {
  /// The record has no such field, or JSON null.
  case absent
  /// The field could not be read, or the API did not report it; the text says which, for people.
  case unknown(String)
  case value(Value)

  package var value: Value? { if case .value(let value) = self { value } else { nil } }

  package func map<Other>(_ transform: (Value) -> Other) -> Field<Other> {
    switch self {
    case .absent: .absent
    case .unknown(let reason): .unknown(reason)
    case .value(let value): .value(transform(value))
    }
  }
}

extension Field: Sendable where Value: Sendable {}
extension Field: Equatable where Value: Equatable {}
extension Field: Hashable where Value: Hashable {}

/// A field of a record that could not be read.
package struct RecordProblem: Hashable, Sendable {
  /// The field's path as the API names it, such as `expiresAt` or `user.email`; empty for the record as a whole.
  package let field: String
  /// What is wrong, in words, such as "is not a date-time".
  package let message: String

  /// One line for people: "expiresAt is not a date-time".
  package var text: String { field.isEmpty ? "the record \(message)" : "\(field) \(message)" }
}
