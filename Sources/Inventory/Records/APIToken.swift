/// A user's API token as API Access lists it (schema ApiToken): one row of a `TokenTable`.
package struct APIToken: Sendable {
  let table: TokenTable
  /// The token's place in its table, in the order of the pages.
  package let index: Int

  private var row: TokenTable.Row { table.rows[index] }

  /// The token's id; a digest of the record's bytes when the record has none.
  package var id: String { table.text(at: row.textOffset, length: Int(row.idLength)) }

  package var label: Field<String> {
    field(row.labelLength, "label") { table.text(at: row.textOffset + Int(row.idLength), length: Int($0)) }
  }

  /// `ALLOWED` or `BLOCKED`; other values are kept as they came.
  package var status: Field<String> { field(row.status, "status") { table.statuses[Int($0)] } }
  package var createdAt: Field<Instant> { field(row.createdAt, "createdAt", Instant.init(milliseconds:)) }
  package var expiresAt: Field<Instant> { field(row.expiresAt, "expiresAt", Instant.init(milliseconds:)) }
  package var lastActiveAt: Field<Instant> { field(row.lastActiveAt, "lastActiveAt", Instant.init(milliseconds:)) }
  package var user: Field<User> { field(row.user, "user") { table.users[Int($0)] } }

  /// Never absent: a record without scopes says nothing about them, which is unknown.
  package var scopes: Field<[String]> {
    scopesOrUnknown(field(row.scopes, "scopes") { table.scopeLists[Int($0)] })
  }

  package var problems: [RecordProblem] { table.problems[index] ?? [] }

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
