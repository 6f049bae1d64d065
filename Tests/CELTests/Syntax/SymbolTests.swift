import Testing

@testable import CEL

struct SymbolTests {
  @Test(arguments: Symbol.allCases)
  func isReadAsItIsWritten(_ symbol: Symbol) {
    let (tokens, problems) = Lexer.tokens(Array(symbol.rawValue.unicodeScalars))
    #expect(tokens.map(\.kind) == [.symbol(symbol), .end])
    #expect(problems.isEmpty)
  }

  @Test func twoCharactersAreOneSymbolWhereTheyCanBe() {
    let (tokens, _) = Lexer.tokens(Array("a<=!b&&==c".unicodeScalars))
    #expect(
      tokens.map(\.kind) == [
        .identifier("a"), .symbol(.lessOrEqual), .symbol(.not), .identifier("b"), .symbol(.and), .symbol(.equal),
        .identifier("c"), .end,
      ])
  }
}
