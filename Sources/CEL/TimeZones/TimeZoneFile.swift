/// Reads the "TZif" format of compiled time zones, version 2 and later (RFC 9636).
enum TimeZoneFile {
  /// What is wrong with a file.
  enum Damage: Error, Equatable {
    case notATimeZone
    case oldVersion
    case leapSeconds
    case malformed

    /// Continues a sentence that begins with the file's path.
    var explanation: String {
      switch self {
      case .notATimeZone: "is not a compiled time zone"
      case .oldVersion: "has version 1 of the format, which ends in 2038"
      case .leapSeconds: "counts leap seconds, which timestamps don't"
      case .malformed: "is damaged"
      }
    }
  }

  static func history(_ bytes: [UInt8]) throws(Damage) -> TimeZoneHistory {
    var reader = Reader(bytes)
    let old = try header(&reader)
    guard old.version >= UInt8(ascii: "2") else { throw .oldVersion }
    // The same data with 32-bit times comes first, for old readers.
    try reader.skip(old.dataSize(timeSize: 4))
    let counts = try header(&reader)
    guard counts.leapSeconds == 0 else { throw .leapSeconds }

    var times: [Int64] = []
    for _ in 0..<counts.transitions { times.append(try reader.integer(Int64.self)) }
    let types = try reader.bytes(counts.transitions)
    var offsets: [Int64] = []
    for _ in 0..<counts.types {
      offsets.append(Int64(try reader.integer(Int32.self)))
      try reader.skip(2)
    }
    guard let initialOffset = offsets.first, types.allSatisfy({ $0 < offsets.count }),
      zip(times, times.dropFirst()).allSatisfy({ $0 < $1 })
    else { throw .malformed }
    try reader.skip(counts.abbreviations + counts.standardIndicators + counts.utcIndicators)
    return TimeZoneHistory(
      initialOffset: initialOffset,
      transitions: zip(times, types).map { .init(start: $0, offset: offsets[Int($1)]) },
      rule: try footer(&reader))
  }

  private struct Header {
    let version: UInt8
    let utcIndicators, standardIndicators, leapSeconds, transitions, types, abbreviations: Int

    func dataSize(timeSize: Int) -> Int {
      transitions * (timeSize + 1) + types * 6 + abbreviations + leapSeconds * (timeSize + 4) + standardIndicators
        + utcIndicators
    }
  }

  private static func header(_ reader: inout Reader) throws(Damage) -> Header {
    guard try reader.bytes(4).elementsEqual("TZif".utf8) else { throw .notATimeZone }
    guard let version = try reader.bytes(1).first else { throw .malformed }
    try reader.skip(15)
    func count() throws(Damage) -> Int { Int(try reader.integer(UInt32.self)) }
    return Header(
      version: version, utcIndicators: try count(), standardIndicators: try count(), leapSeconds: try count(),
      transitions: try count(), types: try count(), abbreviations: try count())
  }

  /// The rule for times after the last transition, in a line of its own; nil when the line is empty.
  private static func footer(_ reader: inout Reader) throws(Damage) -> TimeZoneRule? {
    let lines = reader.rest.split(separator: UInt8(ascii: "\n"), maxSplits: 2, omittingEmptySubsequences: false)
    guard lines.count == 3, lines[0].isEmpty else { throw .malformed }
    if lines[1].isEmpty { return nil }
    guard let rule = TimeZoneRule(parsing: String(decoding: lines[1], as: UTF8.self)) else { throw .malformed }
    return rule
  }

  private struct Reader {
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    mutating func bytes(_ count: Int) throws(Damage) -> ArraySlice<UInt8> {
      guard count <= rest.count else { throw .malformed }
      defer { rest = rest.dropFirst(count) }
      return rest.prefix(count)
    }

    mutating func skip(_ count: Int) throws(Damage) { _ = try bytes(count) }

    /// Integers are big-endian.
    mutating func integer<Number: FixedWidthInteger>(_: Number.Type) throws(Damage) -> Number {
      try bytes(Number.bitWidth / 8).reduce(0) { $0 << 8 | Number(truncatingIfNeeded: $1) }
    }
  }
}
