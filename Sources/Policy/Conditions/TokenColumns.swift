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
  /// What `token.live` is.
  package let live: [Truth]

  package init(_ tokens: TokenTable, segment: Int, now: Instant) {
    self.tokens = tokens
    self.segment = segment
    self.now = now
    values = tokens.columns(of: segment)
    createdAt = values.createdAt.map(Self.nanoseconds)
    expiresAt = values.expiresAt.map(Self.nanoseconds)
    lastActiveAt = values.lastActiveAt.map(Self.nanoseconds)
    status = Self.codes(values.status, values.firstStatus)
    user = Self.codes(values.user, values.firstUser)
    scopes = Self.codes(values.scopes, values.firstScopeList)
    live = Self.live(values, now)
  }

  /// A condition on tokens, for evaluation over columns.
  package static func batch(_ program: Program) -> BatchProgram {
    program.batch(over: ["record", ResourceKind.apiToken.variable], columns: kinds)
  }

  /// What the columns of a token's fields hold.
  private static let kinds: [Int: ColumnKind] = Dictionary(
    uniqueKeysWithValues: TokenObject.Name.allCases.map { name in
      let kind: ColumnKind =
        switch name {
        case .createdAt, .expiresAt, .lastActiveAt: .time
        case .live: .flag
        case .status, .user, .scopes: .coded
        case .id, .label, .problems: .other
        }
      return (name.rawValue, kind)
    })

  package var count: Int { values.count }

  package func record(at index: Int) -> Value {
    .object(TokenObject(token: tokens.token(segment, index), now: now))
  }

  package func presence(of field: Int) -> [Truth] {
    switch TokenObject.Name(rawValue: field) {
    case .label: values.label.map(Self.presence)
    case .createdAt: values.createdAt.map(Self.presence)
    case .expiresAt: values.expiresAt.map(Self.presence)
    case .lastActiveAt: values.lastActiveAt.map(Self.presence)
    case .status: values.status.map(Self.presence)
    case .user: values.user.map(Self.presence)
    // Never absent: what is not reported is unknown.
    case .scopes: values.scopes.map { Self.presence($0) == .yes ? .yes : .undecided }
    case .live: live.map { $0 == .undecided ? .undecided : .yes }
    case .id, .problems: Array(repeating: .yes, count: count)
    case nil: Array(repeating: .undecided, count: count)
    }
  }

  package func flags(_ field: Int) -> [Truth] {
    TokenObject.Name(rawValue: field) == .live ? live : Array(repeating: .undecided, count: count)
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
    default: Array(repeating: -1, count: count)
    }
  }

  package func codeCount(_ field: Int) -> Int {
    switch TokenObject.Name(rawValue: field) {
    case .status: 1 + tokens.vocabularies.reduce(0) { $0 + $1.statusCount }
    case .user: 1 + tokens.vocabularies.reduce(0) { $0 + $1.userCount }
    case .scopes: 1 + tokens.vocabularies.reduce(0) { $0 + $1.scopeListCount }
    default: 0
    }
  }

  /// 0 stands for absent; the values of all vocabularies follow.
  private static func codes(_ numbers: [Int32], _ first: Int) -> [Int32] {
    numbers.map { number in
      switch number {
      case TokenTable.absent(): 0
      case TokenTable.unknown(): -1
      default: Int32(first) + number + 1
      }
    }
  }

  private static func presence(_ number: Int32) -> Truth {
    switch number {
    case TokenTable.absent(): .no
    case TokenTable.unknown(): .undecided
    default: .yes
    }
  }

  private static func presence(_ milliseconds: Int64) -> Truth {
    switch milliseconds {
    case TokenTable.absent(): .no
    case TokenTable.unknown(): .undecided
    default: .yes
    }
  }

  private static func nanoseconds(_ milliseconds: Int64) -> Int64 {
    // What stands for absent and unknown overflows too.
    let (nanoseconds, overflow) = milliseconds.multipliedReportingOverflow(by: 1_000_000)
    return overflow ? BatchTime.none : nanoseconds
  }

  /// As `isLive(blocked:expiresAt:now:)`.
  private static func live(_ values: TokenSegment.Columns, _ now: Instant) -> [Truth] {
    (0..<values.count).map { index in
      if values.isBlocked(index) { return .no }
      let expiry = presence(values.expiresAt[index])
      if expiry == .yes, values.expiresAt[index] <= now.milliseconds { return .no }
      return expiry == .undecided || presence(values.status[index]) == .undecided ? .undecided : .yes
    }
  }
}
