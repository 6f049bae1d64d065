import CEL
import Testing

/// What the type checker infers and reports.
struct CheckerTests {
  private static let environment: Environment = {
    var environment = Environment()
    environment.declare(
      object: ObjectType(
        "token",
        fields: [
          ("label", .string), ("lastActiveAt", .timestamp), ("createdAt", .timestamp), ("scopes", .list(.string)),
          ("user", .object("user")), ("raw", .dyn),
        ]))
    environment.declare(object: ObjectType("user", fields: [("email", .string)]))
    environment.declare(variable: "token", .object("token"))
    environment.declare(variable: "limits", .map(.string, .int))
    environment.declare(variable: "count", .int)
    environment.declare(variable: "maybe", .optional(.string))
    environment.declare(variable: "wrapped", .wrapper(.int))
    environment.declare(variable: "a.b.c", .string)
    environment.declare(variable: "a.b", .map(.string, .int))
    environment.declare(
      function: FunctionDeclaration(
        "scope",
        overloads: [
          FunctionDeclaration.Overload(parameters: [.string], result: .object("user")) { _ in .null }
        ]))
    return environment
  }()

  @Test(
    arguments: [
      ("token.scopes.exists(s, s.startsWith('a'))", .bool), ("token.user.email", .string),
      ("token.createdAt - token.lastActiveAt", .duration), ("token.createdAt + duration('1h')", .timestamp),
      ("token.raw.anything.at.all", .dyn), ("token.scopes.map(s, size(s))", .list(.int)),
      ("token.scopes.map(s, [s])[0]", .list(.string)), ("limits.filter(k, limits[k] > 1)", .list(.string)),
      ("limits.map(k, limits[k])", .list(.int)), ("limits.transformMap(k, v, v > 1)", .map(.string, .bool)),
      ("token.scopes.transformMap(i, s, s)", .map(.int, .string)), ("limits.x", .int), ("[]", .list(.dyn)),
      ("[] + [1]", .list(.int)), ("[[], [1]]", .list(.list(.int))), ("[1, 'a']", .list(.dyn)),
      ("[1, null]", .list(.dyn)), ("{'a': 1}", .map(.string, .int)), ("{'a': 1, 2: 'b'}", .map(.dyn, .dyn)),
      ("{}", .map(.dyn, .dyn)), ("true ? [] : [1.5]", .list(.double)), ("type(1)", .type(.int)), ("int", .type(.int)),
      ("maybe.orValue('')", .string), ("maybe.optMap(m, size(m))", .optional(.int)), ("[1][?0]", .optional(.int)),
      ("limits.?x", .optional(.int)), ("optional.none()", .optional(.dyn)),
      ("[optional.none(), optional.of(1)]", .list(.optional(.int))), ("token.?user.email", .optional(.string)),
      ("[1].first().value()", .int), ("cel.bind(x, 1, x + 1)", .int), ("a.b.c", .string), ("a.b.d", .int),
      ("scope('x').email", .string), ("wrapped + 1", .int), ("wrapped == null", .bool),
      ("ip('::1')", .opaque("net.IP", [])),
      ("dyn(1) + 1", .int), ("dyn(1) + dyn(1)", .dyn), ("math.greatest(1, 2, 3)", .int), ("math.least(1, 2.0)", .dyn),
      ("[3, 1].sortBy(x, -x)", .list(.int)), ("has(token.label)", .bool),
      ("google.protobuf.Timestamp", .type(.timestamp)),
      ("timestamp(0) == null", .bool), ("token == null", .bool),
    ] as [(String, CELType)])
  func types(source: String, type: CELType) throws {
    #expect(try Self.environment.compile(source).resultType == type)
  }

  @Test(
    arguments: [
      ("token.lastActiveAtt", "token has no field `lastActiveAtt`", "did you mean `lastActiveAt`?", 6, 13),
      (
        "token.xyz", "token has no field `xyz`", "it has `label`, `lastActiveAt`, `createdAt`, `scopes`, `user`, `raw`",
        6, 3
      ),
      ("has(token.labl)", "token has no field `labl`", "did you mean `label`?", 10, 4),
      ("tokn.label", "there is no variable `tokn`", "did you mean `token`?", 0, 4),
      ("size == 1", "there is no variable `size`", "`size` is a function: write size(…)", 0, 4),
      ("token.label.startWith('a')", "there is no function `startWith`", "did you mean `startsWith`?", 12, 9),
      ("[1].exist(x, true)", "there is no function `exist`", "did you mean `exists`?", 4, 5),
      ("mth.greatest(1)", "there is no function `mth.greatest`", "did you mean `math.greatest`?", 0, 12),
      ("math.gretest(1)", "there is no function `gretest`", "did you mean `greatest`?", 5, 7),
      ("count + 'a'", "`+` can't be applied to int and string", nil, 6, 1),
      ("count < 1.5", "`<` can't be applied to int and double", "convert one of them, as in int(…)", 6, 1),
      ("token.label > 1", "`>` can't be applied to string and int", nil, 12, 1),
      ("token.label == 1", "`==` can't be applied to string and int", nil, 12, 2),
      ("'a'.startsWith(1)", "there is no `string.startsWith(int)`", "it is called as string.startsWith(string)", 4, 10),
      ("size(1)", "there is no `size(int)`", nil, 0, 4), ("count.x", "a value of type int has no fields", nil, 6, 1),
      ("count && true", "an operand of && should be bool, but is int", nil, 0, 5),
      ("count ? 1 : 2", "what stands before ? should be bool, but is int", nil, 0, 5),
      (
        "true ? 1 : 'a'", "both results of ?: should have the same type, but are int and string",
        "dyn(…) around them allows different types", 5, 1
      ),
      ("[1].all(x, x)", "the predicate of all() should be bool, but is int", nil, 11, 1),
      ("count.all(x, true)", "a macro goes over a list or a map, not int", nil, 0, 5),
      ("[?1]", "what follows ? should be an optional value, but is int", nil, 2, 1),
      (
        "token{label: 'a'}", "records such as token can't be made in an expression", "a map is written {'key': value}",
        0, 5
      ),
    ])
  func reports(source: String, message: String, suggestion: String?, offset: Int, length: Int) {
    let found = problems(source, in: Self.environment)
    #expect(found.count == 1)
    #expect(found.first?.message == message)
    if let suggestion { #expect(found.first?.suggestion == suggestion) }
    #expect(found.first?.offset == offset)
    #expect(found.first?.length == length)
  }

  @Test func everyProblemIsReportedInTheOrderOfTheText() {
    let found = problems("tokn.label == 1 && token.labl == 'a' || count + 'x' == nothing(2)", in: Self.environment)
    #expect(found.map(\.offset) == [0, 25, 46, 55])
  }

  @Test func theExpectedTypeIsChecked() {
    #expect(
      problems("count", in: Self.environment, expecting: .bool).map(\.message) == [
        "the expression should be bool, but is int"
      ])
    #expect(problems("count == 1", in: Self.environment, expecting: .bool).isEmpty)
    #expect(problems("dyn(count)", in: Self.environment, expecting: .bool).isEmpty)
  }

  @Test func literalsAreCheckedWhenAsked() {
    var environment = Self.environment
    let source =
      "token.label.matches('(a') || token.createdAt < timestamp('2026-13-01') || duration('90d') == duration('1h')"
    #expect(problems(source, in: environment).isEmpty)
    environment.checksLiterals = true
    #expect(problems(source, in: environment).map(\.offset) == [20, 57, 83])
  }

  @Test func fieldsThatAreReadAreKnown() throws {
    let program = try Self.environment.compile("has(token.label) && token.user.email == 'a' && token.label != 'b'")
    #expect(
      program.referencedFields.map { "\($0.type).\($0.field).\($0.index)" } == [
        "token.label.0", "token.user.4", "user.email.0",
      ])
  }

  @Test func namesAreLookedUpFromTheContainerOutwards() throws {
    var environment = Environment()
    environment.container = "x.y"
    environment.declare(variable: "x.v", .int)
    environment.declare(variable: "v", .string)
    environment.declare(abbreviation: "far.away.w")
    environment.declare(variable: "far.away.w", .bool)
    #expect(try environment.compile("v").resultType == .int)
    #expect(try environment.compile(".v").resultType == .string)
    #expect(try environment.compile("w").resultType == .bool)
    #expect(try environment.compile("[1.5].map(v, v)").resultType == .list(.double))
    #expect(try environment.compile("[1.5].map(v, .v)").resultType == .list(.string))
  }
}
