import Inventory
import TestSupport
import Testing

struct OwnersTests {
  @Test func tokensAreGroupedByAccountInTheOrderOfTheirFirstToken() throws {
    let tokens = try readTokens(
      #"{"id":"1","user":{"id":"b","name":"Bo Lind"}}"#, #"{"id":"2","user":{"id":"a"}}"#,
      #"{"id":"3","user":{"id":"b","name":"Renamed"}}"#, #"{"id":"4","user":{"id":"a"}}"#)
    let owners = Owners(of: tokens)
    #expect(owners.map(\.id) == ["b", "a"])
    #expect(owners.map(\.tokens) == [[0, 2], [1, 3]])
    #expect(owners[0].user.name == .value("Bo Lind"))
    #expect(owners.unattributed.isEmpty)
  }

  @Test func tokensWithoutAReadableOwnerAreUnattributed() throws {
    let tokens = try readTokens(
      #"{"id":"0"}"#, #"{"id":"1","user":null}"#, #"{"id":"2","user":7}"#, #"{"id":"3","user":{}}"#,
      #"{"id":"4","user":{"id":null}}"#, #"{"id":"5","user":{"id":7}}"#, #"{"id":"6","user":{"id":""}}"#,
      #"{"id":"7","user":{"id":"a"},"user":{"id":"b"}}"#, "[]", #"{"id":"9","user":{"id":"a"}}"#)
    let owners = Owners(of: tokens)
    #expect(owners.map(\.id) == ["a"])
    #expect(owners.map(\.tokens) == [[9]])
    #expect(owners.unattributed == [0, 1, 2, 3, 4, 5, 6, 7, 8])
  }

  /// Whoever is named only in records that no longer count owns nothing.
  @Test func aListThatBeginsAnewHasOtherOwners() throws {
    func token(_ id: String, _ user: String) -> String {
      #"{"kind":"api-token","record":{"id":"\#(id)","user":{"id":"\#(user)"}}}"#
    }
    let snapshot = try SnapshotLines.read(
      [
        SnapshotLines.header, token("1", "a"), token("2", "b"), #"{"kind":"restart","list":"api-tokens"}"#,
        token("3", "c"), token("4", "b"), token("5", "c"),
      ], allowPartial: true)
    let owners = Owners(of: snapshot.tokens)
    #expect(owners.map(\.id) == ["c", "b"])
    #expect(owners.map(\.tokens) == [[0, 2], [1]])
    #expect((0..<3).map { owners.index(ofToken: $0) } == [0, 1, 0])
  }

  /// However many names an account has had, it is one owner, whose tokens keep their names.
  @Test func anAccountOfManyNamesIsOneOwner() throws {
    let names = (0..<60).map { "Name \($0 % 40)" }
    let tokens = try readTokens(
      names.enumerated().map { #"{"id":"\#($0)","user":{"id":"a","name":"\#($1)"}}"# })
    let owners = Owners(of: tokens)
    #expect(owners.map(\.id) == ["a"])
    #expect(owners[0].tokens.count == 60)
    #expect(tokens.map { $0.user.value?.name } == names.map { .value($0) })
  }

  @Test func peopleWithoutAnIdAreToldApart() throws {
    let tokens = try readTokens(
      #"{"id":"1","user":{"name":"Ada Park"}}"#, #"{"id":"2","user":{"email":"ada@example.com"}}"#,
      #"{"id":"3","user":{"name":"Ada Park"}}"#, #"{"id":"4","user":{"name":7,"id":"a"}}"#,
      #"{"id":"5","user":{"id":"a"}}"#)
    #expect(tokens.map { $0.user.value?.name.value } == ["Ada Park", nil, "Ada Park", nil, nil])
    #expect(tokens.map { $0.user.value?.email.value } == [nil, "ada@example.com", nil, nil, nil])
    #expect(tokens.vocabulary.userCount == 4)
    #expect(Owners(of: tokens).map(\.tokens) == [[3, 4]])
  }
}
