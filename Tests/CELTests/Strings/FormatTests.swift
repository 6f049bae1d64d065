import Testing

@testable import CEL

struct FormatTests {
  private func format(_ template: String, _ arguments: [Value], limits: Limits = Limits()) throws -> String {
    var frame = Frame(variables: [], budget: Budget(limits), types: [:])
    return try FormatTemplate(template).format(ListValue(arguments), &frame)
  }

  @Test(
    arguments: [
      ("no substitution", [], "no substitution"), ("", [], ""), ("%% and also %%", [], "% and also %"),
      ("%%%s%%", [.string("text")], "%text%"), ("%s%s", [.string("a"), .string("b")], "ab"),
      ("é%sé", [.string("ü")], "éüé"), ("%s", [.string("%s")], "%s"), ("one", [.int(1)], "one"),
    ] as [(String, [Value], String)])
  func textAndPlaces(template: String, arguments: [Value], text: String) throws {
    #expect(try format(template, arguments) == text)
  }

  @Test(
    arguments: [
      ("%s", .null, "null"), ("%s", .bool(true), "true"), ("%s", .int(-5), "-5"),
      ("%s", .uint(.max), "18446744073709551615"),
      ("%s", .double(56.8), "56.8"), ("%s", .double(1e21), "1000000000000000000000"), ("%s", .double(3), "3"),
      ("%s", .double(-.infinity), "-Infinity"), ("%s", .bytes(Array("xyz".utf8)), "xyz"),
      ("%s", .bytes([0x61, 0xFF, 0xFE, 0x62, 0xC3]), "a\u{FFFD}b\u{FFFD}"),
      ("%s", .bytes(Array("\u{FFFD}\u{FFFD}".utf8)), "\u{FFFD}\u{FFFD}"), ("%s", .type(.int), "int"),
      ("%.3s", .string("abcdef"), "abcdef"),
      ("%d", .int(-9), "-9"), ("%d", .uint(64), "64"), ("%d", .double(3.14), "3.14"), ("%d", .double(.nan), "NaN"),
      ("%d", .double(1e21), "1000000000000000000000"),
      ("%f", .double(2.71828), "2.718280"), ("%f", .uint(3), "3.000000"), ("%f", .int(-3), "-3.000000"),
      ("%.3f", .double(1.2345), "1.234"), ("%.0f", .double(2.5), "2"), ("%.1f", .int(1), "1.0"),
      ("%f", .double(.infinity), "Infinity"),
      ("%e", .double(2.71828), "2.718280e+00"), ("%e", .int(2), "2.000000e+00"), ("%.1e", .double(-3.14), "-3.1e+00"),
      ("%.100f", .double(0.5), "0.5" + String(repeating: "0", count: 99)),
      ("%b", .int(5), "101"), ("%b", .int(-5), "-101"), ("%b", .uint(64), "1000000"), ("%b", .bool(true), "1"),
      ("%b", .bool(false), "0"), ("%b", .int(.min), "-1" + String(repeating: "0", count: 63)),
      ("%o", .int(11), "13"), ("%o", .int(-8), "-10"), ("%o", .uint(65535), "177777"),
      ("%x", .int(30), "1e"), ("%X", .int(-30), "-1E"), ("%X", .uint(6000), "1770"),
      ("%x", .string("Hello\n"), "48656c6c6f0a"),
      ("%X", .string("ß"), "C39F"), ("%x", .bytes([0, 0xAB]), "00ab"), ("%x", .string(""), ""),
    ] as [(String, Value, String)])
  func clauses(template: String, argument: Value, text: String) throws {
    #expect(try format(template, [argument]) == text)
  }

  @Test func timesAndContainers() throws {
    let instant = Value.timestamp(try #require(Timestamp(parsing: "2023-02-04T00:31:20.5+01:00")))
    let span = Value.duration(try #require(Duration(parsing: "1h45m47s")))
    #expect(try format("%s, %s", [instant, span]) == "2023-02-03T23:31:20.5Z, 6347s")
    let list = Value.list(
      ListValue([.string("abc"), .double(3.14), .null, .list(ListValue([.int(9), .int(8)])), instant]))
    #expect(try format("%s", [list]) == "[abc, 3.14, null, [9, 8], 2023-02-03T23:31:20.5Z]")
    #expect(try format("%s", [.list(ListValue([]))]) == "[]")
    let map = try #require(
      MapValue(entries: [
        (.string("strKey"), .string("x")), (.int(6), span), (.bool(true), .map(.empty)), (.int(10), .null),
      ]))
    #expect(try format("%s", [.map(map)]) == "{10: null, 6: 6347s, strKey: x, true: {}}")
  }

  @Test(
    arguments: [
      ("%b", .string("abc"), "format: `%b` takes an int, uint or bool, was given string"),
      ("%b", .double(1), "format: `%b` takes an int, uint or bool, was given double"),
      ("%x", .double(0.5), "format: `%x` takes an int, uint, string or bytes, was given double"),
      ("%X", .bool(true), "format: `%X` takes an int, uint, string or bytes, was given bool"),
      ("%d", .null, "format: `%d` takes an int, uint or double, was given null_type"),
      ("%d", .string("1"), "format: `%d` takes an int, uint or double, was given string"),
      ("%e", .null, "format: `%e` takes an int, uint or double, was given null_type"),
      ("%f", .string("NaN"), "format: `%f` takes an int, uint or double, was given string"),
      ("%o", .bool(true), "format: `%o` takes an int or uint, was given bool"),
      ("%s", .optional(nil), "format: `%s` can't write a value of type optional_type"),
      ("%s", .list(ListValue([.optional(nil)])), "format: `%s` can't write a value of type optional_type"),
    ] as [(String, Value, String)])
  func wrongTypesAreErrors(template: String, argument: Value, message: String) {
    let error = #expect(throws: EvaluationError.self) { try format(template, [argument]) }
    #expect(error?.message == message)
  }

  @Test(arguments: [
    ("%d %d", "format: index 1 out of range"), ("%", "format: the text ends within a `%` clause"),
    ("%.2", "format: the text ends within a `%` clause"), ("%.f", "format: a number has to follow `%.`"),
    ("%z", "format: there is no clause `%z`; write `%%` for a percent sign"),
    ("% d", "format: there is no clause `% `; write `%%` for a percent sign"),
    ("%S", "format: there is no clause `%S`; write `%%` for a percent sign"),
    ("%-d", "format: there is no clause `%-`; write `%%` for a percent sign"),
    ("%é", "format: there is no clause `%é`; write `%%` for a percent sign"),
    ("%.101f", "format: a precision of 101, at most 100 is allowed"),
    ("%.99999999999999999999999f", "format: a precision of 99999999999999999999, at most 100 is allowed"),
  ])
  func wrongTemplatesAreErrors(template: String, message: String) {
    let error = #expect(throws: EvaluationError.self) { try format(template, [.int(1)]) }
    #expect(error?.message == message)
  }

  @Test func failuresOfArgumentsPass() {
    let failure = EvaluationError("not collected", kind: .unknown)
    for template in ["%s", "%d"] {
      #expect(throws: failure) { try format(template, [.opaque(FailedValue(error: failure))]) }
    }
  }

  @Test func textGrowsNoLongerThanItsLimit() throws {
    var limits = Limits()
    limits.stringLength = 10
    #expect(try format("%s%s", [.string("12345"), .string("67890")], limits: limits) == "1234567890")
    let error = #expect(throws: EvaluationError.self) {
      try format("%s%s.", [.string("12345"), .string("67890")], limits: limits)
    }
    #expect(error?.kind == .limit)
    let long = Value.string(String(repeating: "x", count: 1_000_000))
    let large = Value.list(ListValue(Array(repeating: long, count: 100_000)))
    #expect(throws: EvaluationError("format: the text grows longer than 1048576 bytes", kind: .limit)) {
      try format("%s", [large])
    }
  }
}
