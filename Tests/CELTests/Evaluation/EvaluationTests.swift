import CEL
import Testing

/// Values, and what becomes of errors and of what is not known.
struct EvaluationTests {
  /// A token of which `b` is absent and `u` unknown.
  private final class Token: CEL.Object {
    static let type = ObjectType(
      "token",
      fields: [
        ("a", .string), ("b", .string), ("u", .string), ("n", .int), ("list", .list(.string)),
        ("next", .object("token")),
      ])
    var typeName: String { "token" }

    func field(_ index: Int) -> Field {
      switch index {
      case 0: .value(.string("a"))
      case 1: .absent
      case 2: .unknown("u can't be read")
      case 3: .value(.int(3))
      case 4: .value(.list(ListValue(strings: ["x", "y"])))
      case 5: .value(.object(Token()))
      default: .absent
      }
    }
  }

  private static let environment: Environment = {
    var environment = Environment()
    environment.declare(object: Token.type)
    environment.declare(variable: "token", .object("token"))
    environment.declare(variable: "any", .dyn)
    return environment
  }()

  private func outcome(_ source: String) throws -> Result<Value, EvaluationError> {
    let program = try Self.environment.compile(source)
    let token = Value.object(Token())
    return Result { () throws(EvaluationError) in try program.evaluate([token, token]) }
  }

  @Test(
    arguments: [
      ("has(token.a)", true), ("has(token.b)", false), ("has(token.next.b)", false), ("token.n == 3", true),
      ("token.next.next.a == 'a'", true), ("has(any.a)", true), ("has(any.b)", false), ("any.n == 3", true),
      ("'x' in token.list", true), ("token.list.exists(s, s == 'y')", true), ("size(token.list) == 2", true),
      // What settles the result makes up for errors on either side.
      ("token.b == '' || true", true), ("true || token.b == ''", true), ("token.u == '' && false", false),
      ("false && token.u == ''", false), ("token.b == '' || token.u == '' || true", true),
      ("[1, 0].exists(x, 1 / x == 1)", true), ("[0, 1].exists(x, 1 / x == 1)", true),
      ("[0, 1].all(x, 1 / x == 2)", false), ("true ? true : token.u == ''", true),
      ("token.?b.hasValue()", false), ("token.?a.orValue('') == 'a'", true), ("any.?b.hasValue()", false),
      ("optional.of(1).orValue(1 / 0) == 1", true), ("cel.bind(x, 1 / 0, true)", true),
      ("cel.bind(x, 1 / 0 == 1, x || true)", true),
    ])
  func booleans(source: String, value: Bool) throws {
    #expect(try outcome(source).get() == .bool(value))
    let token = Value.object(Token())
    #expect(try Self.environment.compile(source).evaluateBool([token, token]) == value)
    #expect(try Self.environment.compileUnchecked(source).evaluateBool([token, token]) == value)
  }

  @Test(
    arguments: [
      ("token.b", .noSuchField), ("token.u", .unknown), ("has(token.u)", .unknown), ("any.u", .unknown),
      ("has(any.u)", .unknown), ("token.?u", .unknown), ("!has(token.u)", .unknown), ("token.b == ''", .noSuchField),
      ("has(token.u) && token.u == 'x'", .unknown), ("has(token.u) || false", .unknown),
      ("token.b == '' && true", .noSuchField), ("has(token.u) ? true : true", .unknown),
      ("token.b == 'x' || token.u == 'x'", .noSuchField), ("[0, 1].exists(x, 1 / x == 2)", .divisionByZero),
      ("[1, 2].all(x, has(token.u))", .unknown), ("[1].exists_one(x, token.u == '')", .unknown),
      ("[1].map(x, token.u)", .unknown), ("[1].filter(x, has(token.u))", .unknown), ("any.nothing", .noSuchField),
      ("{'a': 1}.b", .noSuchField), ("[1][1]", .invalidArgument), ("1 / 0", .divisionByZero),
      ("1 % 0", .divisionByZero),
      ("9223372036854775807 + 1", .overflow), ("0u - 1u", .overflow), ("-(-9223372036854775808)", .overflow),
      ("timestamp('9999-12-31T23:59:59Z') + duration('1s')", .overflow), ("int(1e19)", .overflow),
      ("dyn('a') + 1", .noSuchOverload), ("dyn(1) && true", .noSuchOverload), ("{1.5: 1}", .invalidArgument),
      ("{1: 1, 1u: 2}", .invalidArgument), ("'a'.matches('(')", .invalidArgument),
      ("optional.none().value()", .noSuchField),
      ("token == token", .limit), ("[token.u] == ['']", .unknown),
      ("[1, 2].map(x, cel.bind(y, 1 / 0, y))", .divisionByZero),
    ] as [(String, EvaluationError.Kind)])
  func errors(source: String, kind: EvaluationError.Kind) throws {
    guard case .failure(let error) = try outcome(source) else {
      Issue.record("has a value")
      return
    }
    #expect(error.kind == kind)
  }

  @Test func reasonsAreInWords() throws {
    guard case .failure(let absent) = try outcome("token.b"), case .failure(let unknown) = try outcome("token.u") else {
      Issue.record("has a value")
      return
    }
    #expect(absent.message == "token has no `b`")
    #expect(unknown.message == "u can't be read")
  }

  @Test(
    arguments: [
      ("1 == 1.0", true), ("1u == 1", true), ("[1] == [1.0]", true), ("{1: 'a'} == {1u: 'a'}", true),
      ("0.0 / 0.0 == 0.0 / 0.0", false), ("-1 < 1u", true), ("18446744073709551615u > 9223372036854775807", true),
      ("'e\\u0301' == '\\u00e9'", false), ("'\\uFFFD' < '\\U00010000'", true), ("null == 0", false),
      ("{1u: 'x'}[1] == 'x'", true), ("{1: 'x'}[1.0] == 'x'", true), ("1.0 in {1: 2}", true), ("'a' in ['b']", false),
      ("type(1) == int", true), ("type(type(1)) == type", true),
      ("timestamp(0) == timestamp('1970-01-01T00:00:00Z')", true),
    ])
  func equalityWithoutChecks(source: String, value: Bool) throws {
    #expect(try Environment().compileUnchecked(source).evaluateBool([]) == value)
  }

  @Test(
    arguments: [
      ("[3, 1, 2].sort() == [1, 2, 3]", true), ("['b', 'a'].sortBy(x, x)[0] == 'a'", true),
      ("[1, 1.0, 2u, 2].distinct().size() == 2", true), ("[[1], [2, [3]]].flatten(2) == [1, 2, 3]", true),
      ("lists.range(3) == [0, 1, 2]", true), ("[1, 2, 3].slice(1, 2) == [2]", true),
      ("[1, 2].reverse() == [2, 1]", true),
      ("sets.contains([1, 2], [2])", true), ("sets.equivalent([1], [1, 1])", true),
      ("sets.intersects([1], [2])", false),
      ("{'a': 1}.transformMapEntry(k, v, {v: k}) == {1: 'a'}", true),
      ("[1, 2].transformList(i, v, i == 1, v) == [2]", true),
      ("cel.block([1, cel.index(0) + 1], cel.index(1)) == 2", true),
      ("[5].exists(cel.iterVar(0, 0), cel.iterVar(0, 0) == 5)", true),
    ])
  func extensions(source: String, value: Bool) throws {
    #expect(try evaluate(source) == .bool(value))
  }

  /// A list that is its own element, without end.
  private struct Endless: ListSource {
    var count: Int { 1 }
    subscript(index: Int) -> Value { .list(ListValue(source: Endless())) }
  }

  @Test(arguments: ["x == y", "x in [y]", "'%s'.format([x])", "[x].flatten(9223372036854775807)"])
  func valuesWithoutEndAreNotFollowed(source: String) async throws {
    var environment = Environment()
    environment.declare(variable: "x", .list(.dyn))
    environment.declare(variable: "y", .list(.dyn))
    let program = try environment.compile(source)
    let endless = Value.list(ListValue(source: Endless()))
    let error = await Task.detached { () -> EvaluationError? in
      do throws(EvaluationError) {
        _ = try program.evaluate([endless, endless])
        return nil
      } catch {
        return error
      }
    }.value
    #expect(error?.kind == .limit)
  }

  @Test func constantsAreEvaluatedOnce() throws {
    var environment = Environment()
    environment.declare(object: ObjectType("params", fields: [("days", .int)]))
    final class Parameters: CEL.Object {
      var typeName: String { "params" }
      func field(_ index: Int) -> Field { .value(.int(90)) }
    }
    environment.declare(constant: "params", .object("params"), .object(Parameters()))
    #expect(try environment.compile("params.days * 24 == 2160").evaluateBool([]))
  }

  @Test func functionsOfTheApplication() throws {
    var environment = Environment()
    environment.declare(
      function: FunctionDeclaration(
        "twice",
        overloads: [
          .init(parameters: [.int], result: .int) { arguments throws(EvaluationError) in
            guard case .int(let number) = arguments[0] else { throw EvaluationError("no int") }
            return .int(number * 2)
          },
          .init(parameters: [.string], result: .string, isReceiverStyle: true) { arguments throws(EvaluationError) in
            guard case .string(let text) = arguments[0] else { throw EvaluationError("no string") }
            return .string(text + text)
          },
        ]))
    #expect(try evaluate("twice(2)", in: environment) == .int(4))
    #expect(try evaluate("'a'.twice()", in: environment) == .string("aa"))
    #expect(try evaluate("twice(dyn(2))", in: environment) == .int(4))
    #expect(!problems("twice('a')", in: environment).isEmpty)
    #expect(try evaluationError("twice(dyn('a'))", in: environment)?.kind == .noSuchOverload)
  }

  @Test func valuesByName() throws {
    var environment = Environment()
    environment.declare(variable: "x", .int)
    environment.declare(variable: "y", .int)
    let program = try environment.compile("x == 1 || y == 1")
    #expect(try program.evaluate(["x": .value(.int(1))]) == .bool(true))
    #expect(throws: EvaluationError("the variable `y` has no value", kind: .unbound)) {
      try program.evaluate(["x": .value(.int(2))])
    }
    #expect(throws: EvaluationError("late", kind: .unknown)) {
      try program.evaluate(["x": .value(.int(2)), "y": .unknown("late")])
    }
    #expect(throws: EvaluationError.self) { try program.evaluate([.int(1)]) }
    #expect(throws: EvaluationError.self) { try program.evaluate([.string(""), .string("")]) }
  }
}
