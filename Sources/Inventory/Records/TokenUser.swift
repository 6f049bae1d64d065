/// A person whom a token names, field by field: each is read when it is asked for.
package struct TokenUser: Sendable {
  let vocabulary: TokenVocabulary
  let index: Int

  package var id: Field<String> { vocabulary.users.id(index) }
  package var orgID: Field<String> { vocabulary.users.orgID(index) }
  package var name: Field<String> { vocabulary.users.name(index) }
  package var email: Field<String> { vocabulary.users.email(index) }
}
