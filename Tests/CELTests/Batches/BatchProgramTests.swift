import Synchronization
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
    "r.person.name == 'x'", "'x' != r.person.name", "!has(r.person) || !has(r.person.name) || r.person.name == 'öl'",
    "has(r.person) ? r.person.name.matches('^x') : r.flag", "size(r.person.name) > 1 && r.person.name != 'long'",
    "r.person.name == r.text", "r.person.name.startsWith('x')", "r.text == 'x' || 'öl' == r.text",
    "r.text.matches('^[a-m]')", "matches(r.text, 'ö') || r.flag", "size(r.text) == 1", "2 < r.text.size()",
    "size(r.parts) > 1", "r.parts.size() != size(r.text)", "r.parts.exists(p, p.flag)",
    "r.parts.exists(p, p.end > p.start && has(p.text))", "size(r.parts.filter(p, p.flag && p.kind == 'a')) >= 1",
    "r.parts.all(p, p.flag)", "r.parts.exists_one(p, p.end > now)", "r.parts.exists(p, p.start > r.start)",
    "r.parts.filter(p, p.flag).exists(p, has(p.end))", "r.parts.filter(p, has(p.text)).map(p, p.text) == ['x']",
    "size(r.parts.filter(p, p.flag).map(p, p.text).distinct()) < size(r.parts)",
    "size(r.parts.map(p, p.text).distinct()) == 1",
  ]

  /// What is decided is what the condition gives for the record; what is an error for the record is not decided.
  @Test(arguments: conditions, 0..<4)
  func whatIsDecidedIsTrueOfTheRecord(_ condition: String, _ seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    let columns = SpanColumns(records: (0..<150).map { _ in SpanRecord(&random) })
    let program = try SpanRecord.environment.compile(condition, expecting: .bool)
    let batch = program.batch(over: ["r"])
    var memory = batch.memory()
    let bindings: [Value] = [.null, SpanRecord.now]
    let active = Bitmap(count: columns.count) { _ in !random.oneIn(3) }
    for active in [nil, active] {
      let truths = batch.evaluate(columns, bindings, active: active, &memory)
      for (index, truth) in truths.enumerated() where active?[index] ?? true {
        let expected = try? program.evaluateBool([.object(columns.records[index]), bindings[1]])
        switch truth {
        case .yes: #expect(expected == true, "\(condition) of \(index)")
        case .no: #expect(expected == false, "\(condition) of \(index)")
        case .undecided:
          #expect(
            expected == nil || columns.isBeyondColumns(index) || condition.contains("parts"), "\(condition) of \(index)"
          )
        }
      }
    }
  }

  /// Dates, flags and presence are asked of columns, and what depends on a coded field once for each code.
  @Test(arguments: [
    ("r.end > r.start && r.flag", 0), ("has(r.text) || now - r.start > duration('1h')", 0), ("r.kind == 'a'", 2),
    ("r.flag || r.kind.matches('^b')", 2), ("r.text == 'x'", 0), ("r == r", 6), ("r.text.endsWith('x')", 6),
    ("!has(r.person) || !has(r.person.name) || r.person.name == 'y'", 0), ("r.person.name.endsWith('y')", 1),
    ("r.text.matches('x') && size(r.text) == 1", 0), ("r.parts.exists(p, p.flag) || size(r.parts) > 3", 0),
    ("size(r.parts.filter(p, p.flag).map(p, p.text).distinct()) > size(r.parts.filter(p, p.flag))", 0),
  ])
  func recordsAreAskedOnlyWhereColumnsDoNotTell(_ condition: String, _ asked: Int) throws {
    let records = (0..<6).map { SpanRecord(start: 0, end: 1, flag: false, kind: $0 < 3 ? 0 : 1, text: "x") }
    let columns = SpanColumns(records: records)
    let program = try SpanRecord.environment.compile(condition, expecting: .bool)
    let batch = program.batch(over: ["r"])
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
    let batch = program.batch(over: ["r"])
    var memory = batch.memory()
    #expect(Array(batch.evaluate(columns, [.null, SpanRecord.now], &memory)) == [.undecided])
  }

  /// A pattern may cost what an evaluation may, and no more.
  @Test func aPatternSpendsNoMoreThanAnEvaluation() throws {
    let record = SpanRecord(start: 0, end: 0, flag: true, kind: 0, text: String(repeating: "x", count: 1000))
    for (limit, expected) in [(300, Truth.undecided), (100_000, .yes)] {
      var environment = SpanRecord.environment
      environment.limits.evaluationCost = limit
      let program = try environment.compile("r.text.matches('x') && size(r.text) > 1", expecting: .bool)
      #expect((try? program.evaluateBool([.object(record), SpanRecord.now])) == (expected == .yes ? true : nil))
      let batch = program.batch(over: ["r"])
      var memory = batch.memory()
      let columns = SpanColumns(records: [record])
      #expect(Array(batch.evaluate(columns, [.null, SpanRecord.now], &memory)) == [expected])
    }
  }

  /// Going through a list costs the same over columns and element by element, and ends when it is settled.
  @Test func listsSpendNoMoreThanAnEvaluation() throws {
    let parts = (0..<100).map { SpanRecord(start: 0, end: 0, flag: $0 == 0, kind: 0, text: "x") }
    let record = SpanRecord(start: 0, end: 0, flag: true, kind: 0, text: "x", parts: parts)
    let columns = SpanColumns(records: [record])
    for condition in ["r.parts.all(p, p.flag)", "r.parts.exists(p, p.flag)", "size(r.parts.filter(p, p.flag)) == 1"] {
      for (limit, isEnough) in [(150, false), (10_000, true)] {
        var environment = SpanRecord.environment
        environment.limits.evaluationCost = limit
        let program = try environment.compile(condition, expecting: .bool)
        let plain = try? program.evaluateBool([.object(record), SpanRecord.now])
        let batch = program.batch(over: ["r"])
        var memory = batch.memory()
        let truth = batch.evaluate(columns, [.null, SpanRecord.now], &memory)[0]
        if isEnough {
          let expected = !condition.contains("all")
          #expect(plain == expected && truth == Truth(expected), "\(condition)")
        } else {
          // The first two elements settle the macros, which a list that is too long is asked one by one for.
          #expect(plain == (condition.hasPrefix("size") ? nil : !condition.contains("all")), "\(condition)")
          #expect(truth == (condition.contains("all") ? .no : .undecided), "\(condition)")
        }
      }
    }
  }

  /// Macros over lists whose elements lie in columns give what they give element by element.
  @Test(arguments: [
    "l.exists(p, p.flag)", "l.all(p, p.end > p.start)", "l.exists_one(p, p.kind == 'a')",
    "size(l.filter(p, p.flag && p.end > now)) > 1", "l.filter(p, p.flag).all(p, has(p.end))",
    "l.filter(p, p.flag).map(p, p.text).size() > 1",
  ])
  func macrosOverColumnsAgreeWithMacrosOverElements(_ condition: String) throws {
    var environment = SpanRecord.environment
    environment.declare(variable: "l", .list(.object("record")))
    let program = try environment.compile(condition, expecting: .bool)
    #expect(!program.elementConditions.isEmpty)
    var (decided, failed) = (0, 0)
    for seed in 0..<200 {
      var random = SeededRandom(seed: UInt64(seed))
      let columns = SpanColumns(records: (0..<Int.random(in: 0..<6, using: &random)).map { _ in SpanRecord(&random) })
      func result(_ list: ListValue) -> Result<Bool, EvaluationError> {
        Result { () throws(EvaluationError) in try program.evaluateBool([.null, SpanRecord.now, .list(list)]) }
      }
      let expected = result(ListValue(columns.records.map { .object($0) }))
      #expect(result(ListValue(columns: columns)) == expected, "\(condition), seed \(seed)")
      if case .success = expected { decided += 1 } else { failed += 1 }
    }
    #expect(decided > 10 && failed > 10)
  }

  /// What depends on more than the element is asked for each list, and of each element.
  @Test(arguments: [
    "l.exists(p, l.exists(q, q.start == p.start))", "l.map(p, p.text) == []", "l.exists(p, p.text == t)",
    "l.exists(i, p, i > 0 && p.flag)",
  ])
  func conditionsOnMoreThanTheElementAreNotEvaluatedOverColumns(_ condition: String) throws {
    var environment = SpanRecord.environment
    environment.declare(variable: "l", .list(.object("record")))
    environment.declare(variable: "t", .string)
    #expect(try environment.compile(condition, expecting: .bool).elementConditions.isEmpty)
  }
}

/// A record with a field of each kind that a column can have; nil is absent, and -1 unknown.
private final class SpanRecord: Object {
  let start: Int64?
  let end: Int64?
  let flag: Bool?
  let kind: Int
  let text: String?
  let parts: [SpanRecord]?
  /// An index into `SpanPerson.all`; -1 for absent, -2 for unknown.
  let person: Int

  static let seconds: Int64 = 1_000_000_000
  static let now: Value = Timestamp(seconds: seconds).map { .timestamp($0) } ?? .null
  static let kinds: [Int: ColumnKind] = [0: .time, 1: .time, 2: .flag, 3: .coded, 4: .text, 5: .list, 6: .coded]
  static let texts = ["a", "bc"]

  static let environment: Environment = {
    var environment = Environment()
    environment.declare(
      object: ObjectType(
        "record",
        fields: [
          ("start", .timestamp), ("end", .timestamp), ("flag", .bool), ("kind", .string), ("text", .string),
          ("parts", .list(.object("record"))), ("person", .object("person")),
        ]
      ).with(columns: kinds))
    environment.declare(object: ObjectType("person", fields: [("name", .string)]).with(columns: [0: .text]))
    environment.declare(variable: "r", .object("record"))
    environment.declare(sharedVariable: "now", .timestamp)
    return environment
  }()

  /// - Parameters:
  ///   - start: hours from `now`.
  ///   - kind: an index into `texts`; -1 for absent, -2 for unknown.
  init(start: Int64?, end: Int64?, flag: Bool?, kind: Int, text: String?, parts: [SpanRecord]? = [], person: Int = 0) {
    (self.start, self.end, self.flag, self.kind, self.text) = (start, end, flag, kind, text)
    (self.parts, self.person) = (parts, person)
  }

  convenience init(_ random: inout SeededRandom, hasParts: Bool = true) {
    // Some are further away than nanoseconds reach.
    let hours: [Int64?] = [nil, .min, -3, -2, -1, 0, 1, 2, 50_000_000, -10_000_000]
    self.init(
      start: random.pick(hours), end: random.pick(hours), flag: random.pick([nil, true, false]),
      kind: random.pick([-2, -1, 0, 1]), text: random.pick([nil, "x", "long", "öl"]),
      parts: hasParts && !random.oneIn(6)
        ? (0..<Int.random(in: 0..<4, using: &random)).map { _ in SpanRecord(&random, hasParts: false) } : nil,
      person: Int.random(in: -2..<SpanPerson.all.count, using: &random))
  }

  var typeName: String { "record" }

  func field(_ index: Int) -> Field {
    switch index {
    case 0: time(start)
    case 1: time(end)
    case 2: flag.map { .value(.bool($0)) } ?? .unknown("no flag")
    case 3: kind >= 0 ? .value(.string(Self.texts[kind])) : kind == -1 ? .absent : .unknown("no kind")
    case 4: text.map { .value(.string($0)) } ?? .absent
    case 6: person >= 0 ? .value(.object(SpanPerson.all[person])) : person == -1 ? .absent : .unknown("nobody")
    default: parts.map { .value(.list(ListValue(columns: SpanColumns(records: $0)))) } ?? .unknown("no parts")
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
  private let askedRecords = Mutex<[Int]>([])
  var asked: [Int] { askedRecords.withLock { $0 } }

  init(records: [SpanRecord]) { self.records = records }

  /// Whether a time of the record is too far away for a column.
  func isBeyondColumns(_ index: Int) -> Bool {
    [records[index].start, records[index].end].contains { ($0 ?? 0).magnitude > 2_000_000 }
  }

  var count: Int { records.count }

  func presence(of field: Int) -> Truths {
    Truths(count: count) { index in
      switch records[index].field(field) {
      case .value: .yes
      case .absent: .no
      case .unknown: .undecided
      }
    }
  }

  func flags(_ field: Int) -> Truths { Truths(count: count) { records[$0].flag.map { Truth($0) } ?? .undecided } }

  func forEachText(_ field: Int, of asked: Bitmap, _ body: (Int, RawSpan) -> Void) {
    asked.forEachSet { index in
      guard let text = records[index].text else { return }
      unsafe body(index, text.utf8.span.bytes)
    }
  }

  func sizes(_ field: Int) -> [Int64] { records.map { Int64($0.parts?.count ?? -1) } }

  func counts(_ field: Int, of asked: Bitmap, _ condition: ElementCondition) -> [ElementCount?] {
    records.map { record in
      record.parts.map { parts in
        SpanColumns(records: parts).truths(of: condition, [.null, SpanRecord.now]).reduce(into: ElementCount()) {
          $0.add($1)
        }
      }
    }
  }

  func distinctCounts(_ list: Int, of asked: Bitmap, _ condition: ElementCondition, field: Int) -> [Int64?] {
    records.map { record in
      guard let parts = record.parts else { return nil }
      let truths = SpanColumns(records: parts).truths(of: condition, [.null, SpanRecord.now])
      let texts = zip(parts, truths).filter { $1 == .yes }.map(\.0.text)
      guard !truths.contains(.undecided), !texts.contains(nil) else { return nil }
      return Int64(Set(texts).count)
    }
  }

  func times(_ field: Int) -> [Int64] {
    records.map { if case .value(let value) = $0.field(field) { BatchTime.nanoseconds(value) } else { BatchTime.none } }
  }

  func codes(_ field: Int) -> [Int32] {
    records.map { record in
      let number = field == 3 ? record.kind : record.person
      return number == -2 ? -1 : Int32(number + 1)
    }
  }

  func codeCount(_ field: Int) -> Int { 1 + (field == 3 ? SpanRecord.texts.count : SpanPerson.all.count) }
  func values(of field: Int) -> (any RecordColumns)? { field == 6 ? PersonColumns() : nil }

  func record(at index: Int) -> Value {
    askedRecords.withLock { $0.append(index) }
    return .object(records[index])
  }
}

extension SpanColumns: ColumnarList {
  subscript(index: Int) -> Value { .object(records[index]) }

  func truths(of condition: ElementCondition, _ bindings: [Value]) -> Truths {
    var memory = condition.program.memory()
    return condition.program.evaluate(self, bindings, &memory)
  }

  func place(of index: Int) -> Int { index }
}

/// Somebody in a record, with or without a name; nil is absent, and empty unknown.
private final class SpanPerson: Object {
  let name: String?

  static let all = ["x", nil, "", "öl", "long"].map { SpanPerson(name: $0) }

  init(name: String?) { self.name = name }

  var typeName: String { "person" }
  func field(_ index: Int) -> Field {
    guard let name else { return .absent }
    return name.isEmpty ? .unknown("no name") : .value(.string(name))
  }
}

private struct PersonColumns: RecordColumns {
  var count: Int { SpanPerson.all.count }
  func record(at index: Int) -> Value { .object(SpanPerson.all[index]) }

  func presence(of field: Int) -> Truths {
    Truths(count: count) { index in
      switch SpanPerson.all[index].name {
      case nil: .no
      case "": .undecided
      default: .yes
      }
    }
  }

  func forEachText(_ field: Int, of records: Bitmap, _ body: (Int, RawSpan) -> Void) {
    records.forEachSet { index in
      guard let text = SpanPerson.all[index].name, !text.isEmpty else { return }
      unsafe body(index, text.utf8.span.bytes)
    }
  }
}
