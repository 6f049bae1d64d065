import CEL
import Testing

/// `math.greatest` and `math.least`: what is plainly no number is refused before the evaluation.
struct ExtremesTests {
  @Test(arguments: [
    "math.greatest([])", "math.least(['a'])", "math.greatest(1, 2, 'a')", "math.least([1], 2, 3)", "math.least('a')",
    "math.greatest([1, null])", "math.greatest({1: 2})", "math.greatest()",
  ])
  func otherThingsThanNumbersAreRefused(source: String) { #expect(!problems(source).isEmpty) }

  @Test func numbersOfAnyTypeAreCompared() throws {
    #expect(try evaluate("math.greatest([1, 2, 3])") == .int(3))
    #expect(try evaluate("math.greatest(1, 2.5, 2u, dyn(-1))") == .double(2.5))
    #expect(try evaluate("math.least([dyn(1u), 0.5])") == .double(0.5))
    #expect(try evaluationError("math.least(dyn('a'), 1, 2)")?.kind == .noSuchOverload)
  }
}
