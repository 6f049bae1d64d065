import Inventory
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
}
