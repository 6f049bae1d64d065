import Testing

@testable import Inventory

struct NumberColumnTests {
  /// Numbers read back whatever the greatest among them is, on both sides of what a byte or two can hold.
  @Test(arguments: [0, 1, 252, 253, 254, 255, 256, 65532, 65533, 65534, 65535, 65536, .max] as [Int32])
  func numbersReadBack(_ greatest: Int32) {
    let numbers = [0, TokenTable.absent(), greatest, 1, TokenTable.unknown(), greatest / 2] as [Int32]
    let column = NumberColumn(numbers)
    #expect(column.numbers == numbers)
    #expect(numbers.indices.map { column[$0] } == numbers)
  }

  @Test func numbersTakeAsManyBytesAsTheyNeed() {
    if case .bytes = NumberColumn([253]) {} else { Issue.record("253 takes more than a byte") }
    if case .halves = NumberColumn([254]) {} else { Issue.record("254 does not take two bytes") }
    if case .halves = NumberColumn([65533]) {} else { Issue.record("65533 does not take two bytes") }
    if case .words = NumberColumn([65534]) {} else { Issue.record("65534 does not take four bytes") }
    #expect(NumberColumn([]).numbers.isEmpty)
  }
}
