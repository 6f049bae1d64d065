import Testing

@testable import CEL

/// What a text means, and where its errors are.
struct ParserTests {
  @Test(
    arguments: [
      ("1 + 2 * 3 - 4 % 3 == 6 && !false || false", .bool(true)), ("2 - 1 - 1", .int(0)), ("8 / 4 / 2", .int(1)),
      ("1 + 2 < 4 == true", .bool(true)), ("false && false || true", .bool(true)),
      ("true || false && false", .bool(true)), ("false ? 1 : true ? 2 : 3", .int(2)), ("-2 * -3", .int(6)),
      ("- 2", .int(-2)), ("--2", .int(2)), ("!!true", .bool(true)), ("1 - -1", .int(2)), ("-[1][0]", .int(-1)),
      ("2 in [1, 2] == true", .bool(true)), ("-9223372036854775808", .int(.min)), ("0x1F + 0XaU == 0u", .null),
      ("0x10", .int(16)), ("-0x10", .int(-16)), ("7u", .uint(7)), ("1e3", .double(1000)), (".5", .double(0.5)),
      ("1.5E-1", .double(0.15)), ("1 // comment\n + 1", .int(2)), ("[1, 2,][1]", .int(2)), ("{'a': 1,}.a", .int(1)),
      ("{'in': 1}.`in`", .int(1)), ("{'a-b': {'c': 2}}.`a-b`.c", .int(2)), ("\t1\r\n\u{C}", .int(1)),
    ] as [(String, Value)])
  func meaning(source: String, value: Value) throws {
    guard value != .null else {
      #expect(!problems(source).isEmpty)
      return
    }
    let result = try evaluate(source)
    #expect(result == value)
    #expect(result.type == value.type)
  }

  @Test(
    arguments: [
      (#"'a\n\x41\u00e9\U0001F600\101'"#, "a\nA\u{e9}\u{1F600}A"), (#"r'\n'"#, #"\n"#), (#"R"\""#, #"\"#),
      ("'''a'b''c\nd'''", "a'b''c\nd"), (#"""" " "" """"#, #" " "" "#), (#"'\?\`\"\'\\'"#, "?`\"'\\"),
      (#"'\a\b\f\r\t\v'"#, "\u{7}\u{8}\u{C}\r\t\u{B}"), ("''", ""), ("'\u{e9}'", "\u{e9}"),
    ])
  func texts(source: String, text: String) throws {
    guard case .string(let value) = try evaluate(source) else {
      Issue.record("no string")
      return
    }
    #expect(Array(value.unicodeScalars) == Array(text.unicodeScalars))
  }

  @Test(
    arguments: [
      (#"b'\xff\000é'"#, [0xFF, 0, 0xC3, 0xA9]), (#"br'\x'"#, [0x5C, 0x78]), (#"B"""a""""#, [0x61]),
    ] as [(String, [UInt8])])
  func bytes(source: String, bytes: [UInt8]) throws {
    #expect(try evaluate(source) == .bytes(bytes))
  }

  @Test(
    arguments: [
      ("1 +", "an expression should stand here, not the end of the expression", 3, 0),
      ("(1", "`)` is missing, but the expression ends", 2, 0),
      ("1 2", "a number should not stand here: the expression is complete before it", 2, 1),
      ("a = b", "`=` has no meaning here", 2, 1), ("'a", "the text is not closed with '", 0, 2),
      (#"'\s'"#, "there is no such escape", 1, 2), (#"'\ud800'"#, "the escape is no Unicode code point", 1, 6),
      (#"'\400'"#, "there is no such escape", 1, 2), (#"b'\u0041'"#, "there is no such escape", 2, 2),
      ("9223372036854775808", "the number is out of the range of an int", 0, 19),
      ("99999999999999999999u", "the number is out of the range of a uint", 0, 21),
      ("if", "`if` is a reserved word", 0, 2), ("a.in", "a field's name should stand here, not `in`", 2, 2),
      ("`a`", "a name in backquotes can only be a field's, after a point", 0, 3),
      ("has(a)", "has() takes a field, as in has(a.b)", 4, 1),
      ("[1].all(x.y, true)", "a macro's variable is a simple name", 8, 3),
      ("[1].all(x, x, true)", "the macro's variables have the same name `x`", 11, 1),
      ("a ? b", "`:` should stand here, but the expression ends", 5, 0),
      ("", "an expression should stand here, not the end of the expression", 0, 0),
      ("'é😀' + ]", "an expression should stand here, not `]`", 7, 1),
      ("math.greatest()", "math.greatest() takes at least one number", 5, 8),
    ])
  func errors(source: String, message: String, offset: Int, length: Int) {
    let problem = problems(source).first
    #expect(problem?.message == message)
    #expect(problem?.offset == offset)
    #expect(problem?.length == length)
  }

  @Test func allWordsThatAreNoTokensAreReported() {
    #expect(problems("a # b ~ c").map(\.offset) == [2, 6])
  }

  @Test func nothingButSyntaxIsReportedOfAnExpressionThatIsNone() {
    #expect(problems("nowhere + ").count == 1)
  }
}
