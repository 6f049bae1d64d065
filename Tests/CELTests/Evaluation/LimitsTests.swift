import CEL
import Testing

/// Expressions that would hang or crash something that does not count. Tasks run on small stacks, as audits do.
struct LimitsTests {
  private func outcome(_ source: String, _ environment: Environment = Environment()) async -> Result<Value, any Error> {
    await Task.detached { Result { try evaluate(source, in: environment) } }.value
  }

  private func isLimit(_ result: Result<Value, any Error>) -> Bool {
    if case .failure(let error as EvaluationError) = result { error.kind == .limit } else { false }
  }

  @Test(arguments: [1000, 100_000])
  func deepNestingIsRefused(depth: Int) async throws {
    var environment = Environment()
    environment.limits.sourceLength = 10_000_000
    let texts = [
      String(repeating: "(", count: depth) + "1" + String(repeating: ")", count: depth),
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth),
      String(repeating: "{1:", count: depth) + "1" + String(repeating: "}", count: depth),
      String(repeating: "!", count: depth) + "true",
      String(repeating: "-", count: depth) + "(1)",
      "1" + String(repeating: " + 1", count: depth),
      "[]" + String(repeating: "[0]", count: depth),
      "{}" + String(repeating: ".a", count: depth),
      "{}" + String(repeating: ".a()", count: depth),
      String(repeating: "size(", count: depth) + "[]" + String(repeating: ")", count: depth),
      String(repeating: "true ? 1 : ", count: depth) + "1",
      String(repeating: "[1].map(x, ", count: depth) + "x" + String(repeating: ")", count: depth),
      String(repeating: "(", count: depth),
    ]
    for text in texts {
      let messages = await Task.detached { [environment] in problems(text, in: environment).map(\.message) }.value
      #expect(messages == ["the expression is nested deeper than 100"], "\(text.prefix(20))")
    }
  }

  @Test func whatIsNestedAsDeepAsAllowedWorksOnASmallStack() async throws {
    let texts = [
      String(repeating: "(", count: 99) + "1" + String(repeating: ")", count: 99),
      String(repeating: "[", count: 99) + "1" + String(repeating: "]", count: 99),
      String(repeating: "{1:", count: 99) + "1" + String(repeating: "}", count: 99),
      String(repeating: "!", count: 98) + "true",
      "1" + String(repeating: " + 1", count: 99),
      String(repeating: "true ? 1 : ", count: 99) + "1",
      String(repeating: "[1].map(x, ", count: 90) + "x" + String(repeating: ")", count: 90),
      String(repeating: "cel.bind(x, 1, ", count: 90) + "x" + String(repeating: ")", count: 90),
      String(repeating: "optional.of(1).optMap(x, ", count: 90) + "x" + String(repeating: ")", count: 90),
      String(repeating: "{1: 1}.transformMap(k, v, ", count: 90) + "v" + String(repeating: ")", count: 90),
      String(repeating: "[1].exists(x, true && (false || ", count: 30) + "x == 1" + String(repeating: "))", count: 30),
      String(repeating: "math.greatest(1, 2, ", count: 45) + "3" + String(repeating: ")", count: 45),
      String(repeating: "'%s'.format([", count: 45) + "'a'" + String(repeating: "])", count: 45),
    ]
    for text in texts {
      let result = await outcome(text)
      #expect(throws: Never.self, "\(text.prefix(30))") { try result.get() }
    }
  }

  @Test func longChainsOfLogicAreNotDeep() async throws {
    let text = Array(repeating: "1 < 2", count: 2000).joined(separator: " && ")
    #expect(try await outcome(text).get() == .bool(true))
    #expect(try await outcome(text.replacing("&&", with: "||")).get() == .bool(true))
  }

  @Test func longSourcesAreRefusedAtTheirEnd() {
    let problem = problems("'" + String(repeating: "a", count: 1_000_000) + "'").first
    #expect(problem?.message == "the expression is longer than 100000 characters")
    #expect(problem?.offset == 100_000)
  }

  @Test func manyMacrosAreRefused() {
    let text = Array(repeating: "[1].all(x, true)", count: 1001).joined(separator: " && ")
    #expect(problems(text).map(\.message) == ["the expression has more than 1000 macros"])
  }

  private static func block(_ count: Int, _ element: (Int) -> String) -> String {
    let values = Array(repeating: "[]", count: count).joined(separator: ",")
    let body = (1..<count).map(element).joined(separator: ",")
    return "cel.block([\(values)], [\(body)])"
  }

  /// Types that are not known yet and stand for one another in long rows.
  private static let rows: [String] = [
    "cel.bind(x, [], [" + Array(repeating: "x == []", count: 3000).joined(separator: ",") + "])",
    block(1500) { "cel.index(\(1500 - $0)) == cel.index(\(1499 - $0))" },
    block(1500) { "cel.index(\($0)) == [cel.index(\($0 - 1))]" },
    block(1500) { "cel.index(\(1500 - $0)) == [cel.index(\(1499 - $0))]" },
  ]

  @Test(arguments: rows)
  func rowsOfOpenTypesAreFollowed(source: String) async {
    var environment = Environment()
    environment.limits.macros = 10_000
    let result = await outcome(source, environment)
    // Some have a value and some are refused; none may crash.
    if case .failure(let error) = result { #expect(error is CompilationFailure) }
  }

  @Test func wideExpressionsCompile() async throws {
    let lists = "[" + Array(repeating: "[]", count: 30_000).joined(separator: ",") + "]"
    #expect(try await outcome("size(\(lists))").get() == .int(30_000))
    let map = "{" + (0..<8000).map { "\($0):[]" }.joined(separator: ",") + "}"
    #expect(try await outcome("size(\(map))").get() == .int(8000))
    for element in ["[][0]", "{}", "optional.none()", "[[]]"] {
      let list = "[" + Array(repeating: element, count: 2500).joined(separator: ",") + "]"
      #expect(problems("size(\(list))").isEmpty)
      #expect(problems("[\(list)][0] == [\(list)][0]").isEmpty)
    }
    let names = "[" + Array(repeating: "x", count: 30_000).joined(separator: ",") + "]"
    #expect(problems(names).count == 30_000)
  }

  @Test(
    arguments: [
      "lists.range(3000).map(x, lists.range(3000).map(y, lists.range(3000).map(z, x * y * z)))",
      "lists.range(100000).exists(x, lists.range(100000).exists(y, x + y < 0))",
      "lists.range(100000).all(x, lists.range(100000).all(y, 1 / 0 > 0))",
      "lists.range(9223372036854775807)",
      "lists.range(1000000).all(x, timestamp(string(timestamp(x))) == timestamp(x))",
      "lists.range(100000).sortBy(x, lists.range(x).size())",
      "[" + Array(repeating: "'aaaaaaaaaaaaaaaaaaaaaaaa'", count: 100).joined(separator: ",")
        + "].map(x, lists.range(1000000).exists(i, x.matches('(a+)+$') && i < 0))",
      "[['foo', 'bar']]" + String(repeating: ".map(x, [x, x])", count: 45) + " == [['foo', 'bar']]"
        + String(repeating: ".map(x, [x, x])", count: 45),
      "'%s'.format([[['foo', 'bar']]" + String(repeating: ".map(x, [x, x])", count: 45) + "])",
      "[[1, 2]]" + String(repeating: ".map(x, x + x)", count: 45),
      "['ab']" + String(repeating: ".map(x, x + x)", count: 45),
      "['ab']" + String(repeating: ".map(x, x.replace('', x))", count: 45),
      "[b'ab']" + String(repeating: ".map(x, x + x)", count: 45),
      "[['ab', 'ab']]" + String(repeating: ".map(x, [x.join(x[0]), x.join(x[0])])", count: 45),
    ])
  func expensiveEvaluationsEnd(source: String) async {
    #expect(isLimit(await outcome(source)))
  }

  @Test func whatIsSpentStaysSpentInTheOtherOperand() async throws {
    let endless = "size(lists.range(9223372036854775807)) > 0"
    #expect(isLimit(await outcome("\(endless) || \(endless) || \(endless)")))
    #expect(isLimit(await outcome("[\(endless), \(endless)].exists(x, x)")))
  }

  @Test func backtrackingPatternsAreLinear() async throws {
    let text = String(repeating: "a", count: 50_000)
    #expect(try await outcome("'\(text)b'.matches('(a+)+$')").get() == .bool(false))
  }

  /// Each of these is short, and would take RE2 minutes within a budget that counts bytes of text and pattern only.
  @Test(
    arguments: [
      "lists.range(2000).exists(i, ('\(Self.noise)' + string(i)).matches('[ab]*a[ab]{999}c'))",
      "lists.range(2000).exists(i, 'x'.matches('\(String(repeating: "a{1000}", count: 80))' + string(i)))",
      "lists.range(2000).exists(i, 'x'.matches('\\\\pL{1000}' + string(i)))",
    ])
  func expensivePatternsEnd(source: String) async {
    #expect(isLimit(await outcome(source)))
  }

  /// Text on which RE2's lazily built automaton has a new state for each byte.
  private static let noise: String = {
    var generator = SeededGenerator(seed: 1)
    return String((0..<20_000).map { _ in Bool.random(using: &generator) ? "a" : "b" })
  }()

  @Test func limitsCanBeSet() async throws {
    var environment = Environment()
    environment.limits.evaluationCost = 50
    #expect(isLimit(await outcome("lists.range(40).all(x, x >= 0)", environment)))
    #expect(try await outcome("[1, 2, 3].all(x, x >= 0)", environment).get() == .bool(true))
    environment.limits.stringLength = 4
    #expect(isLimit(await outcome("['ab'].map(x, x + x + x)", environment)))
  }
}
