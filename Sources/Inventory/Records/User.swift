/// A person as a token's `user` or a key's `createdBy` names them (API Access, schemas ApiToken and ApiKey).
package struct User: Hashable, Sendable {
  package var id: Field<String> = .absent
  package var orgID: Field<String> = .absent
  package var name: Field<String> = .absent
  package var email: Field<String> = .absent

  package init() {}
}
