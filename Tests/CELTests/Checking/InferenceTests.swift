import CEL
import Testing

/// The types that the checker infers, and that evaluating follows them.
struct InferenceTests {
  private func type(_ source: String) throws -> CELType { try Environment().compile(source).resultType }

  @Test func fieldsOfOptionalTypesStayOptional() throws {
    #expect(try type("{'a': optional.of(1)}.?a") == .optional(.optional(.int)))
    #expect(try type("optional.of({'a': optional.of(1)}).a") == .optional(.optional(.int)))
    #expect(try type("optional.of({'a': 1}).?a") == .optional(.int))
    #expect(try evaluate("{'a': optional.of(1)}.?a.value().value()") == .int(1))
  }

  @Test(arguments: [
    "string(dyn(optional.of(timestamp(0))).value())", "dyn(optional.of('a')).value() + dyn(optional.of('b')).value()",
    "size(dyn(optional.of([1])).value())",
  ])
  func whatDynHoldsMayBeAnything(source: String) throws {
    #expect(throws: Never.self) { try evaluate(source) }
  }

  @Test func openOperandsOfTimesAreDurations() throws {
    #expect(try type("duration('1s') + [][0]") == .duration)
    #expect(try type("timestamp(0) - [][0]") == .timestamp)
  }

  @Test func typesAsValuesKeepTheFirst() throws {
    #expect(try type("[int, string][0]") == .type(.int))
    #expect(try type("true ? int : string") == .type(.int))
  }
}
