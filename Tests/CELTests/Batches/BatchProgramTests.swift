import TestSupport
import Testing

@testable import CEL

struct BatchProgramTests {
  private static let conditions = [
    "r.flag", "!r.flag", "has(r.end)", "r.end > r.start", "r.end - r.start >= duration('1h')",
    "r.start + duration('1h') < now", "duration('1h') + r.start <= r.end", "r.end == r.start || r.flag",
    "r.end != r.start && !r.flag",
    "has(r.end) ? r.end > now : r.flag", "r.kind == 'a'", "r.kind.startsWith('b') && r.end > now",
    "has(r.end) && r.end - r.start > now - r.start", "r.text == 'x' || r.flag", "r.start < now - duration('2h')",
    "true", "now > timestamp('2020-01-01T00:00:00Z')", "r.kind in ['a', 'b'] || r.text.size() > 2",
  ]

  /// What is decided is what the condition gives for the record; what is an error for the record is not decided.
  @Test(arguments: conditions, 0..<4)
  func whatIsDecidedIsTrueOfTheRecord(_ condition: String, _ seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    let columns = SpanColumns(records: (0..<60).map { _ in SpanRecord(&random) })
    let program = try SpanRecord.environment.compile(condition, expecting: .bool)
    let batch = program.batch(over: ["r"], columns: SpanRecord.kinds)
    var memory = batch.memory()
    let bindings: [Value] = [.null, SpanRecord.now]
    let active = columns.records.map { _ in !random.oneIn(3) }
    for active in [nil, active] {
      let truths = batch.evaluate(columns, bindings, active: active, &memory)
      for (index, truth) in truths.enumerated() where active?[index] ?? true {
        let expected = try? program.evaluateBool([.object(columns.records[index]), bindings[1]])
        switch truth {
        case .yes: #expect(expected == true, "\(condition) of \(index)")
        case .no: #expect(expected == false, "\(condition) of \(index)")
        case .undecided: #expect(expected == nil || columns.isBeyondColumns(index), "\(condition) of \(index)")
        }
      }
    }
  }

  /// Dates, flags and presence are asked of columns, and what depends on a coded field once for each code.
  @Test(arguments: [
    ("r.end > r.start && r.flag", 0), ("has(r.text) || now - r.start > duration('1h')", 0), ("r.kind == 'a'", 2),
    ("r.flag || r.kind.matches('^b')", 2), ("r.text == 'x'", 6), ("r == r", 6),
  ])
  func recordsAreAskedOnlyWhereColumnsDoNotTell(_ condition: String, _ asked: Int) throws {
    let records = (0..<6).map { SpanRecord(start: 0, end: 1, flag: false, kind: $0 < 3 ? 0 : 1, text: "x") }
    let columns = SpanColumns(records: records)
    let program = try SpanRecord.environment.compile(condition, expecting: .bool)
    let batch = program.batch(over: ["r"], columns: SpanRecord.kinds)
    var memory = batch.memory()
    for _ in 0..<2 {
      _ = batch.evaluate(columns, [.null, SpanRecord.now], &memory)
    }
    // What is remembered is not asked again; what can't be is.
    #expect(columns.asked.count == (asked == 6 ? 12 : asked))
  }

  /// Parts that are evaluated on their own share the budget of one evaluation.
  @Test func aBatchSpendsNoMoreThanAnEvaluation() throws {
    var environment = SpanRecord.environment
    environment.limits.evaluationCost = 60
    let part = "[1, 2, 3, 4, 5].all(x, r.text.size() + x > 0)"
    let program = try environment.compile("\(part) && \(part)", expecting: .bool)
    let columns = SpanColumns(records: [SpanRecord(start: 0, end: 0, flag: true, kind: 0, text: "x")])
    #expect((try? program.evaluateBool([.object(columns.records[0]), SpanRecord.now])) == nil)
    let batch = program.batch(over: ["r"], columns: SpanRecord.kinds)
    var memory = batch.memory()
    #expect(batch.evaluate(columns, [.null, SpanRecord.now], &memory) == [.undecided])
  }
}

/// A record with a field of each kind that a column can have; nil is absent, and -1 unknown.
private final class SpanRecord: Object {
  let start: Int64?
  let end: Int64?
  let flag: Bool?
  let kind: Int
  let text: String?

  static let seconds: Int64 = 1_000_000_000
  static let now: Value = Timestamp(seconds: seconds).map { .timestamp($0) } ?? .null
  static let kinds: [Int: ColumnKind] = [0: .time, 1: .time, 2: .flag, 3: .coded, 4: .other]
  static let texts = ["a", "bc"]

  static let environment: Environment = {
    var environment = Environment()
    environment.declare(
      object: ObjectType(
        "record",
        fields: [("start", .timestamp), ("end", .timestamp), ("flag", .bool), ("kind", .string), ("text", .string)]))
    environment.declare(variable: "r", .object("record"))
    environment.declare(variable: "now", .timestamp)
    return environment
  }()

  /// - Parameters:
  ///   - start: hours from `now`.
  ///   - kind: an index into `texts`; -1 for absent, -2 for unknown.
  init(start: Int64?, end: Int64?, flag: Bool?, kind: Int, text: String?) {
    (self.start, self.end, self.flag, self.kind, self.text) = (start, end, flag, kind, text)
  }

  convenience init(_ random: inout SeededRandom) {
    // Some are further away than nanoseconds reach.
    let hours: [Int64?] = [nil, .min, -3, -2, -1, 0, 1, 2, 50_000_000, -10_000_000]
    self.init(
      start: random.pick(hours), end: random.pick(hours), flag: random.pick([nil, true, false]),
      kind: random.pick([-2, -1, 0, 1]), text: random.pick([nil, "x", "long"]))
  }

  var typeName: String { "record" }

  func field(_ index: Int) -> Field {
    switch index {
    case 0: time(start)
    case 1: time(end)
    case 2: flag.map { .value(.bool($0)) } ?? .unknown("no flag")
    case 3: kind >= 0 ? .value(.string(Self.texts[kind])) : kind == -1 ? .absent : .unknown("no kind")
    default: text.map { .value(.string($0)) } ?? .absent
    }
  }

  private func time(_ hours: Int64?) -> Field {
    guard let hours else { return .absent }
    guard hours != .min else { return .unknown("no time") }
    return Timestamp(seconds: Self.seconds + hours * 3600).map { .value(.timestamp($0)) } ?? .unknown("too far")
  }
}

private final class SpanColumns: RecordColumns {
  let records: [SpanRecord]
  /// The records that were asked themselves.
  private(set) var asked: [Int] = []

  init(records: [SpanRecord]) { self.records = records }

  /// Whether a time of the record is too far away for a column.
  func isBeyondColumns(_ index: Int) -> Bool {
    [records[index].start, records[index].end].contains { ($0 ?? 0).magnitude > 2_000_000 }
  }

  var count: Int { records.count }

  func presence(of field: Int) -> [Truth] {
    records.map { record in
      switch record.field(field) {
      case .value: .yes
      case .absent: .no
      case .unknown: .undecided
      }
    }
  }

  func flags(_ field: Int) -> [Truth] { records.map { $0.flag.map { Truth($0) } ?? .undecided } }

  func times(_ field: Int) -> [Int64] {
    records.map { if case .value(let value) = $0.field(field) { BatchTime.nanoseconds(value) } else { BatchTime.none } }
  }

  func codes(_ field: Int) -> [Int32] { records.map { $0.kind == -2 ? -1 : Int32($0.kind + 1) } }
  func codeCount(_ field: Int) -> Int { SpanRecord.texts.count + 1 }

  func record(at index: Int) -> Value {
    asked.append(index)
    return .object(records[index])
  }
}
