import CEL
import Testing

struct ExplanationTests {
  private final class Record: CEL.Object {
    let fields: [Field]

    init(_ fields: [Field]) { self.fields = fields }
    var typeName: String { "record" }
    func field(_ index: Int) -> Field { fields[index] }
  }

  private static let environment: Environment = {
    var environment = Environment()
    environment.declare(object: ObjectType("record", fields: [("name", .string), ("names", .list(.string))]))
    environment.declare(variable: "record", .object("record"))
    environment.declare(constant: "limit", .int, .int(3))
    return environment
  }()

  /// The explanation of an expression over a record, of which the names can be known, absent or unknown.
  private func explain(
    _ source: String, name: Field = .value(.string("ada")), names: [String] = [], stepLimit: Int = 5
  ) throws -> Explanation {
    let record = Record([name, .value(.list(ListValue(strings: names)))])
    return try Self.environment.explain(source, [.object(record)], stepLimit: stepLimit)
  }

  /// Each part as `text = value`, those that are not needed in brackets, steps by their numbers.
  private func lines(_ explanation: Explanation, depth: Int = 0) -> [String] {
    let value =
      switch explanation.result {
      case .success(.object): "record"
      case .success(let value): Self.text(value)
      case .failure(let error): "error: \(error.message)" + (explanation.isOriginOfFailure ? " (here)" : "")
      }
    let indent = String(repeating: "  ", count: depth)
    let line = "\(indent)\(explanation.text) = \(value)"
    return [explanation.isNeeded ? line : "[\(line)]"]
      + explanation.parts.flatMap { part -> [String] in
        switch part {
        case .expression(let part): return part.form == .literal ? [] : lines(part, depth: depth + 1)
        case .step(let step):
          let variables = step.variables.map { "\($0.name) = \(Self.text($0.value))" }.joined(separator: ", ")
          return ["\(indent)  #\(step.index): \(variables)"] + step.parts.flatMap { lines($0, depth: depth + 2) }
        }
      }
  }

  private static func text(_ value: Value) -> String {
    switch value {
    case .bool(let flag): "\(flag)"
    case .int(let number): "\(number)"
    case .string(let text): "'\(text)'"
    case .list(let list): "[\(list.elements.map(text).joined(separator: ", "))]"
    case .optional(let wrapped): wrapped.map { "some \(text($0))" } ?? "none"
    default: "\(value.type.name)"
    }
  }

  @Test func everyPartHasItsValue() throws {
    #expect(
      try lines(explain("record.name.size() > limit || 1 + 2 == limit")) == [
        "record.name.size() > limit || 1 + 2 == limit = true",
        "  record.name.size() > limit = false",
        "    record.name.size() = 3",
        "      record.name = 'ada'",
        "        record = record",
        "    limit = 3",
        "  1 + 2 == limit = true",
        "    1 + 2 = 3",
        "    limit = 3",
      ])
  }

  @Test func whatIsBehindASettledOperandIsShownAsNotNeeded() throws {
    #expect(
      try lines(explain("has(record.name) && record.name == 'bo'", name: .absent)) == [
        "has(record.name) && record.name == 'bo' = false",
        "  has(record.name) = false",
        "    record = record",
        "[  record.name == 'bo' = error: record has no `name`]",
        "[    record.name = error: record has no `name` (here)]",
        "[      record = record]",
      ])
    #expect(
      try lines(explain("true ? limit : limit + 1")) == [
        "true ? limit : limit + 1 = 3", "  limit = 3", "[  limit + 1 = 4]", "[    limit = 3]",
      ])
    #expect(
      try lines(explain("optional.of(limit).orValue(limit)")) == [
        "optional.of(limit).orValue(limit) = 3", "  optional.of(limit) = some 3", "    limit = 3", "[  limit = 3]",
      ])
    #expect(try lines(explain("optional.none().orValue(limit)")).last == "  limit = 3")
  }

  @Test func anOperandThatMakesUpForAnErrorIsNeeded() throws {
    #expect(
      try lines(explain("record.name == 'bo' && limit > 5", name: .unknown("not read"))) == [
        "record.name == 'bo' && limit > 5 = false",
        "  record.name == 'bo' = error: not read",
        "    record.name = error: not read (here)",
        "      record = record",
        "  limit > 5 = false",
        "    limit = 3",
      ])
  }

  @Test func aFailureIsTracedToWhereItArises() throws {
    let explanation = try explain("record.name == 'bo' || limit / (limit - 3) > 0")
    #expect(explanation.failure?.kind == .divisionByZero)
    #expect(!explanation.isOriginOfFailure)
    #expect(
      lines(explanation).filter { $0.hasSuffix("(here)") } == [
        "    limit / (limit - 3) = error: division by zero (here)"
      ])
  }

  @Test func stepsOfAMacroShowTheirElements() throws {
    #expect(
      try lines(explain("record.names.exists(n, n == 'bo')", names: ["ada", "bo", "cy"])) == [
        "record.names.exists(n, n == 'bo') = true",
        "  record.names = ['ada', 'bo', 'cy']",
        "    record = record",
        "  #0: n = 'ada'",
        "    n == 'bo' = false",
        "      n = 'ada'",
        "  #1: n = 'bo'",
        "    n == 'bo' = true",
        "      n = 'bo'",
      ])
    let counted = try explain("record.names.transformList(i, n, i > 0, n + '!')", names: ["ada", "bo"])
    #expect(counted.stepCount == 2)
    #expect(lines(counted).contains("  #1: i = 1, n = 'bo'"))
  }

  @Test func theTellingStepsAreShownFirst() throws {
    let names = (0..<100).map { "name \($0)" }
    func indexes(_ source: String) throws -> [Int] {
      let explanation = try explain(source, names: names, stepLimit: 3)
      #expect(explanation.stepCount == 100)
      return explanation.parts.compactMap { if case .step(let step) = $0 { step.index } else { nil } }
    }
    #expect(try indexes("record.names.exists(n, n == 'name 70')") == [0, 1, 70])
    #expect(try indexes("record.names.all(n, n != 'name 70')") == [0, 1, 70])
    #expect(try indexes("record.names.exists(n, n == 'nobody')") == [0, 1, 2])
    #expect(try indexes("record.names.filter(n, n in ['name 50', 'name 60'])") == [0, 50, 60])
    #expect(try indexes("record.names.exists(n, n.substring(5).size() / (n == 'name 70' ? 0 : 1) > 2)") == [0, 1, 70])
    #expect(try indexes("record.names.map(n, n.size())") == [0, 1, 2])
  }

  @Test func filteredStepsDoNotNeedTheirBody() throws {
    let explanation = try explain("record.names.map(n, n == 'bo', n + '!')", names: ["ada", "bo"])
    #expect(
      lines(explanation).dropFirst(3) == [
        "  #0: n = 'ada'", "    n == 'bo' = false", "      n = 'ada'", "[    n + '!' = 'ada!']", "[      n = 'ada']",
        "  #1: n = 'bo'", "    n == 'bo' = true", "      n = 'bo'", "    n + '!' = 'bo!'", "      n = 'bo'",
      ])
  }

  @Test func boundNamesHaveTheirValues() throws {
    #expect(
      try lines(explain("cel.bind(n, limit + 1, n * n)")) == [
        "cel.bind(n, limit + 1, n * n) = 16", "  limit + 1 = 4", "    limit = 3", "  n * n = 16", "    n = 4",
        "    n = 4",
      ])
    #expect(
      try lines(explain("record.?name.optMap(n, n + '!')")) == [
        "record.?name.optMap(n, n + '!') = some 'ada!'", "  record.?name = some 'ada'", "    record = record",
        "  n + '!' = 'ada!'", "    n = 'ada'",
      ])
  }

  @Test func macrosInMacrosDoNotGrowWithoutEnd() throws {
    let list = "[0,1,2,3,4,5]"
    let source = (0..<5).reversed().reduce("true") { "\(list).all(v\($1), \($0))" }
    func count(_ explanation: Explanation) -> Int {
      explanation.parts.reduce(1) { sum, part in
        switch part {
        case .expression(let part): sum + count(part)
        case .step(let step): step.parts.reduce(sum) { $0 + count($1) }
        }
      }
    }
    #expect((500..<5000).contains(count(try explain(source))))
  }

  @Test func piecesOfTheTextAreOnOneLineWithTheirParentheses() throws {
    let explanation = try explain(
      """
      (limit > 1   // more than one :-(
        || limit < 0)
        && (limit + 1) * 2 > ')('.size()
      """)
    #expect(
      lines(explanation).map { $0.prefix { $0 != "=" }.trimmed } == [
        "(limit > 1 || limit < 0) && (limit + 1) * 2 > ')('.size()", "limit > 1 || limit < 0", "limit > 1", "limit",
        "[    limit < 0", "[      limit", "(limit + 1) * 2 > ')('.size()", "(limit + 1) * 2", "limit + 1", "limit",
        "')('.size()",
      ])
  }

  @Test func aWrongExpressionIsRefusedAsWhenItIsCompiled() {
    #expect(throws: CompilationFailure.self) { try Self.environment.explain("nobody", []) }
    #expect(throws: CompilationFailure.self) { try Self.environment.explain("1", [], expecting: .bool) }
  }

  @Test func missingBindingsAreAnErrorOfTheEvaluation() throws {
    #expect(try Self.environment.explain("record.name == 'a'", []).failure?.kind == .unbound)
  }
}

extension Substring {
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
