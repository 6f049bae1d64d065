import CELFuzzing
import TestSupport
import Testing

/// What `make fuzz` does with many inputs, with a few that a seed chooses.
struct FuzzingTests {
  private static func bytes(_ random: inout SeededRandom, _ alphabet: [UInt8]) -> [UInt8] {
    (0..<Int.random(in: 0...120, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 0 }
  }

  @Test(arguments: 1...4)
  func wellTypedExpressionsHaveValuesOfTheirTypes(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<1500 {
      #expect(Fuzzing.evaluation(Self.bytes(&random, Array(0...255))) == nil)
    }
  }

  @Test(arguments: 1...4)
  func anyTextIsParsedOrRefused(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let syntax = Array(#"()[]{}.,?:!-+*/%<>=&|'"`\rub0189eExX_ab "#.utf8)
    for _ in 0..<1500 {
      #expect(Fuzzing.parsing(Self.bytes(&random, syntax)) == nil)
      #expect(Fuzzing.parsing(Self.bytes(&random, Array(0...255))) == nil)
    }
  }
}
