/// A user's API token as API Access lists it (schema ApiToken): one row of a `TokenTable`.
package struct APIToken: Sendable {
  let segment: TokenSegment
  let vocabulary: TokenVocabulary
  let row: Int

  /// The token's id; a digest of the record's bytes when the record has none.
  package var id: String { segment.id(row) }

  package var label: Field<String> { field(segment.labelLength[row], "label") { _ in segment.label(row) } }

  /// `ALLOWED` or `BLOCKED`; other values are kept as they came.
  package var status: Field<String> { field(segment.status[row], "status") { vocabulary.statuses[$0] } }
  package var createdAt: Field<Instant> { instant(segment.createdAt[row], "createdAt") }
  package var expiresAt: Field<Instant> { instant(segment.expiresAt[row], "expiresAt") }
  package var lastActiveAt: Field<Instant> { instant(segment.lastActiveAt[row], "lastActiveAt") }
  package var user: Field<User> { field(segment.user[row], "user") { vocabulary.users[$0] } }
  /// The same for who needs only part of it.
  package var tokenUser: Field<TokenUser> {
    field(segment.user[row], "user") { TokenUser(vocabulary: vocabulary, index: $0) }
  }

  /// Never absent: a record without scopes says nothing about them, which is unknown.
  package var scopes: Field<[String]> {
    scopesOrUnknown(field(segment.scopes[row], "scopes") { vocabulary.scopeLists[$0] })
  }

  package var problems: [RecordProblem] { segment.problems[row].map { vocabulary.problemLists[Int($0)] } ?? [] }

  private func instant(_ time: Int64, _ name: String) -> Field<Instant> {
    switch time {
    case TokenTable.absent(): .absent
    case TokenTable.unknown(): .unknown(reason(name))
    default: .value(Instant(milliseconds: time))
    }
  }

  @inline(__always)
  private func field<Value>(_ number: Int32, _ name: String, _ value: (Int) -> Value) -> Field<Value> {
    switch number {
    case TokenTable.absent(): .absent
    case TokenTable.unknown(): .unknown(reason(name))
    default: .value(value(Int(number)))
    }
  }

  private func reason(_ name: String) -> String {
    problems.first { $0.field == name || $0.field.isEmpty }?.text ?? "\(name) could not be read"
  }
}
