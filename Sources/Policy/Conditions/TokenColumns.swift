package import CEL
package import Inventory

/// The tokens of one segment as columns, for conditions that are evaluated over many records at once. They say what
/// `TokenObject` says of each, or leave it undecided.
package struct TokenColumns: RecordColumns {
  private let tokens: TokenTable
  private let segment: Int
  private let now: Instant
  private let values: TokenSegment.Columns
  private let createdAt: [Int64]
  private let expiresAt: [Int64]
  private let lastActiveAt: [Int64]
  private let status: [Int32]
  private let user: [Int32]
  private let scopes: [Int32]
  private let problems: [Int32]
  private let presence: [Truths]
  /// What `token.live` is.
  package let live: Truths

  package init(_ tokens: TokenTable, segment: Int, now: Instant) {
    self.tokens = tokens
    self.segment = segment
    self.now = now
    let values = tokens.columns(of: segment)
    self.values = values
    createdAt = values.createdAt.map(Self.nanoseconds)
    expiresAt = values.expiresAt.map(Self.nanoseconds)
    lastActiveAt = values.lastActiveAt.map(Self.nanoseconds)
    status = values.status.map(Self.code)
    user = values.user.map(Self.code)
    scopes = values.scopes.map(Self.code)
    problems = Self.problems(values)
    presence = TokenObject.Name.allCases.map { Self.presence(of: $0, values) }
    live = Self.live(
      values, expires: presence[TokenObject.Name.expiresAt.rawValue],
      status: presence[TokenObject.Name.status.rawValue],
      now)
  }

  /// What the columns of a token's fields hold.
  static let kinds: [Int: ColumnKind] = Dictionary(
    uniqueKeysWithValues: TokenObject.Name.allCases.map { name in
      let kind: ColumnKind =
        switch name {
        case .createdAt, .expiresAt, .lastActiveAt: .time
        case .live: .flag
        case .status, .user, .scopes, .problems: .coded
        case .label: .text
        case .id: .other
        }
      return (name.rawValue, kind)
    })

  package var count: Int { values.count }

  package func record(at index: Int) -> Value {
    .object(TokenObject(token: tokens.token(segment, index), now: now))
  }

  package func presence(of field: Int) -> Truths {
    switch TokenObject.Name(rawValue: field) {
    case .live: Truths(yes: live.yes.union(live.no), undecided: live.undecided)
    case .some: presence[field]
    case nil: Truths(repeating: .undecided, count: count)
    }
  }

  package func flags(_ field: Int) -> Truths {
    TokenObject.Name(rawValue: field) == .live ? live : Truths(repeating: .undecided, count: count)
  }

  package func times(_ field: Int) -> [Int64] {
    switch TokenObject.Name(rawValue: field) {
    case .createdAt: createdAt
    case .expiresAt: expiresAt
    case .lastActiveAt: lastActiveAt
    default: Array(repeating: BatchTime.none, count: count)
    }
  }

  package func codes(_ field: Int) -> [Int32] {
    switch TokenObject.Name(rawValue: field) {
    case .status: status
    case .user: user
    case .scopes: scopes
    case .problems: problems
    default: Array(repeating: -1, count: count)
    }
  }

  package func codeCount(_ field: Int) -> Int {
    switch TokenObject.Name(rawValue: field) {
    case .status: 1 + tokens.vocabulary.statusCount
    case .user: 1 + tokens.vocabulary.userCount
    case .scopes: 1 + tokens.vocabulary.scopeListCount
    case .problems: 1 + tokens.vocabulary.problemListCount
    default: 0
    }
  }

  package func values(of field: Int) -> (any RecordColumns)? {
    TokenObject.Name(rawValue: field) == .user ? UserColumns(tokens.vocabulary) : nil
  }

  package func forEachText(_ field: Int, of records: Bitmap, _ body: (Int, RawSpan) -> Void) {
    guard TokenObject.Name(rawValue: field) == .label else { return }
    let texts = unsafe values.texts.span.bytes
    records.forEachSet { index in
      guard values.label[index] >= 0 else { return }
      let start = Int(values.labelOffset[index])
      body(index, texts.extracting(start..<(start + Int(values.label[index]))))
    }
  }

  /// 0 stands for absent; the values of the vocabulary follow.
  private static func code(_ number: Int32) -> Int32 {
    switch number {
    case TokenTable.absent(): 0
    case TokenTable.unknown(): -1
    default: number + 1
    }
  }

  /// 0 stands for no problems; the lists of the vocabulary follow.
  private static func problems(_ values: TokenSegment.Columns) -> [Int32] {
    var codes = [Int32](repeating: 0, count: values.count)
    for (index, list) in values.problems { codes[index] = Self.code(list) }
    return codes
  }

  private static func presence(of name: TokenObject.Name, _ values: TokenSegment.Columns) -> Truths {
    switch name {
    case .label: presence(values.label)
    case .createdAt: presence(values.createdAt)
    case .expiresAt: presence(values.expiresAt)
    case .lastActiveAt: presence(values.lastActiveAt)
    case .status: presence(values.status)
    case .user: presence(values.user)
    // Never absent: what is not reported is unknown.
    case .scopes:
      Truths(count: values.count) { values.scopes[$0] <= TokenTable.unknown() ? .undecided : .yes }
    case .id, .problems: Truths(repeating: .yes, count: values.count)
    case .live: Truths(repeating: .undecided, count: values.count)
    }
  }

  private static func presence(_ dates: [Int64]) -> Truths {
    let unknown: Int64 = TokenTable.unknown()
    return Truths(count: dates.count) { dates[$0] == unknown ? .undecided : Truth(dates[$0] > unknown) }
  }

  private static func presence(_ numbers: [Int32]) -> Truths {
    let unknown: Int32 = TokenTable.unknown()
    return Truths(count: numbers.count) { numbers[$0] == unknown ? .undecided : Truth(numbers[$0] > unknown) }
  }

  private static func nanoseconds(_ milliseconds: Int64) -> Int64 {
    // What stands for absent and unknown overflows too.
    let (nanoseconds, overflow) = milliseconds.multipliedReportingOverflow(by: 1_000_000)
    return overflow ? BatchTime.none : nanoseconds
  }

  /// As `isLive(blocked:expiresAt:now:)`.
  private static func live(
    _ values: TokenSegment.Columns, expires: Truths, status: Truths, _ now: Instant
  ) -> Truths {
    var dead = Bitmap(count: values.count) { values.isBlocked($0) }
    dead.formUnion(expires.yes.intersection(Bitmap(count: values.count) { values.expiresAt[$0] <= now.milliseconds }))
    let undecided = expires.undecided.union(status.undecided).subtracting(dead)
    return Truths(
      yes: Bitmap(repeating: true, count: values.count).subtracting(dead).subtracting(undecided), undecided: undecided)
  }
}
