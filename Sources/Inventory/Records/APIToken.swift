/// A user's API token as API Access lists it (schema ApiToken): one row of a `TokenTable`.
package struct APIToken: Sendable {
  let segment: TokenSegment
  let vocabulary: TokenVocabulary
  let row: Int

  private var fields: TokenSegment.Row { segment.rows[row] }

  /// The token's id; a digest of the record's bytes when the record has none.
  package var id: String { segment.text(at: Int(fields.textOffset), length: Int(fields.idLength)) }

  package var label: Field<String> {
    let fields = fields
    return field(fields.labelLength, "label") {
      segment.text(at: Int(fields.textOffset) + Int(fields.idLength), length: Int($0))
    }
  }

  /// `ALLOWED` or `BLOCKED`; other values are kept as they came.
  package var status: Field<String> { field(fields.status, "status") { vocabulary.statuses[Int($0)] } }
  package var createdAt: Field<Instant> { field(fields.createdAt, "createdAt", Instant.init(milliseconds:)) }
  package var expiresAt: Field<Instant> { field(fields.expiresAt, "expiresAt", Instant.init(milliseconds:)) }
  package var lastActiveAt: Field<Instant> {
    field(fields.lastActiveAt, "lastActiveAt", Instant.init(milliseconds:))
  }
  package var user: Field<User> { field(fields.user, "user") { vocabulary.users[Int($0)] } }
  /// The same for who needs only part of it.
  package var tokenUser: Field<TokenUser> {
    field(fields.user, "user") { TokenUser(vocabulary: vocabulary, index: Int($0)) }
  }

  /// Never absent: a record without scopes says nothing about them, which is unknown.
  package var scopes: Field<[String]> {
    scopesOrUnknown(field(fields.scopes, "scopes") { vocabulary.scopeLists[Int($0)] })
  }

  package var problems: [RecordProblem] { segment.problems[row] ?? [] }

  private func field<Number: FixedWidthInteger & SignedInteger, Value>(
    _ number: Number, _ name: String, _ value: (Number) -> Value
  ) -> Field<Value> {
    switch number {
    case TokenTable.absent(): .absent
    case TokenTable.unknown(): .unknown(reason(name))
    default: .value(value(number))
    }
  }

  private func reason(_ name: String) -> String {
    problems.first { $0.field == name || $0.field.isEmpty }?.text ?? "\(name) could not be read"
  }
}
