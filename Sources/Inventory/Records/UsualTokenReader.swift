/// Reads tokens' records in the shape in which the API sends nearly all of them: the members that are documented, each
/// at most once and of its type, without white space; members that are not documented, whatever they are.
///
/// Whatever is otherwise gives nil, for `TokenDecoder.append(_:)` to read: nothing is guessed here. All bytes are
/// checked that end up in a token, or are passed over, UTF-8 included.
struct UsualTokenReader: Sendable {
  private let vocabulary: TokenVocabularyBuilder
  private var statuses = NumberedTexts()
  /// By their JSON text.
  private var scopeLists = NumberedTexts()
  private var users: UsualUserReader

  init(vocabulary: TokenVocabularyBuilder) {
    self.vocabulary = vocabulary
    users = UsualUserReader(vocabulary: vocabulary)
  }

  /// Appends a record to the decoder. Returns where it ends; nil when it is not of the usual shape.
  ///
  /// - Parameters:
  ///   - start: where the record begins.
  ///   - block: has a line feed behind the record, or zeros, and at least 32 bytes behind that.
  mutating func read(_ block: [UInt8], at start: Int, into decoder: inout TokenDecoder) -> Int? {
    let bytes = unsafe block.span.bytes
    guard bytes.byte(start) == UInt8(ascii: "{") else { return nil }
    var position = start + 1
    var row = TokenRow()
    var members = MemberSet()
    var id: Range<Int>?
    var label: Label?
    var user: UserText?
    var otherUser: User?
    var problems: [RecordProblem] = []
    // The members stand in this order nearly always: one turn takes them all.
    members: while true {
      let first = position
      if bytes.consumeWord("\"id\":", &position) {
        guard members.insert(.id) else { return nil }
        if !bytes.consumeNull(&position) {
          guard let text = bytes.plainString(&position) else { return nil }
          id = text
        }
        guard bytes.consume(",", &position) else { break }
      }
      if bytes.consumeWord("\"label\":", &position) {
        guard members.insert(.label) else { return nil }
        if !bytes.consumeNull(&position) {
          guard let text = Self.label(bytes, block, &position) else { return nil }
          label = text
        }
        guard bytes.consume(",", &position) else { break }
      }
      if bytes.consumeWord("\"status\":", &position) {
        guard members.insert(.status) else { return nil }
        if !bytes.consumeNull(&position) {
          guard let status = status(bytes, &position) else { return nil }
          row.status = status
        }
        guard bytes.consume(",", &position) else { break }
      }
      if bytes.consumeWord("\"createdAt\":", &position) {
        guard members.insert(.createdAt), let time = Self.time(bytes, &position, "createdAt", &problems) else {
          return nil
        }
        row.createdAt = time
        guard bytes.consume(",", &position) else { break }
      }
      if bytes.consumeWord("\"expiresAt\":", &position) {
        guard members.insert(.expiresAt), let time = Self.time(bytes, &position, "expiresAt", &problems) else {
          return nil
        }
        row.expiresAt = time
        guard bytes.consume(",", &position) else { break }
      }
      if bytes.consumeWord("\"lastActiveAt\":", &position) {
        guard members.insert(.lastActiveAt), let time = Self.time(bytes, &position, "lastActiveAt", &problems)
        else { return nil }
        row.lastActiveAt = time
        guard bytes.consume(",", &position) else { break }
      }
      if bytes.consumeWord("\"user\":", &position) {
        guard members.insert(.user) else { return nil }
        if !bytes.consumeNull(&position) {
          if let text = users.read(bytes, &position) {
            user = text
          } else {
            guard let other = users.readAnyOther(block, &position) else { return nil }
            otherUser = other
          }
        }
        guard bytes.consume(",", &position) else { break }
      }
      if bytes.consumeWord("\"scopes\":", &position) {
        guard members.insert(.scopes) else { return nil }
        if !bytes.consumeNull(&position) {
          guard let list = scopes(bytes, block, &position) else { return nil }
          row.scopes = list
        }
        guard bytes.consume(",", &position) else { break }
      }
      guard position == first else { continue members }
      guard Self.passOver(bytes, block, &position) else { return nil }
      guard bytes.consume(",", &position) else { break }
    }
    guard bytes.consume("}", &position) else { return nil }

    if let id, !id.isEmpty {
      if id.count == UUIDBytes.characterCount, let uuid = UUIDBytes(bytes, at: id.lowerBound) {
        decoder.appendID(uuid, to: &row)
      } else {
        decoder.appendID(bytes, id, to: &row)
      }
    } else {
      problems.append(RecordProblem(field: "id", message: "is missing"))
      // Nothing has been passed over that has white space.
      decoder.appendID(digestIdentity(of: block[start..<position]), to: &row)
    }
    switch label {
    case .plain(let range)?: decoder.appendLabel(bytes, range, to: &row)
    case .unescaped(let text)?: unsafe decoder.appendLabel(text.span.bytes, 0..<text.count, to: &row)
    case nil: break
    }
    if let user { decoder.append(user) }
    if let otherUser { decoder.append(otherUser) }
    decoder.append(row, problems)
    return position
  }

  /// Which members have been met.
  private struct MemberSet {
    private var bits: UInt8 = 0

    enum Member: UInt8 { case id, label, status, createdAt, expiresAt, lastActiveAt, user, scopes }

    /// False when it has been met before.
    @inline(__always)
    mutating func insert(_ member: Member) -> Bool {
      let bit: UInt8 = 1 << member.rawValue
      defer { bits |= bit }
      return bits & bit == 0
    }
  }

  // MARK: - Values. All of them consume what they read, and return nil for what is not usual.

  private enum Label {
    case plain(Range<Int>)
    case unescaped([UInt8])
  }

  @inline(__always)
  private static func label(_ bytes: RawSpan, _ block: [UInt8], _ position: inout Int) -> Label? {
    if let range = bytes.plainString(&position) { return .plain(range) }
    return escapedLabel(block, &position)
  }

  @inline(never)
  private static func escapedLabel(_ block: [UInt8], _ position: inout Int) -> Label? {
    var scanner = JSONScanner(block, in: position..<block.count)
    guard let string = try? scanner.readString() else { return nil }
    position = scanner.position
    // Lone surrogates make no UTF-8.
    return .unescaped(Array(scanner.text(string).utf8))
  }

  @inline(__always)
  private mutating func status(_ bytes: RawSpan, _ position: inout Int) -> Int32? {
    guard let range = bytes.plainString(&position) else { return nil }
    if let status = statuses.number(bytes, range) { return status }
    let status = vocabulary.status(bytes.text(range))
    statuses.insert(bytes, range, status)
    return status
  }

  /// A date-time, null, or a string that is no date-time: a problem.
  @inline(__always)
  private static func time(
    _ bytes: RawSpan, _ position: inout Int, _ name: String, _ problems: inout [RecordProblem]
  ) -> Int64? {
    if bytes.byte(position) == UInt8(ascii: "\""),
      let (milliseconds, end) = Instant.milliseconds(bytes, at: position + 1), bytes.byte(end) == UInt8(ascii: "\"")
    {
      position = end + 1
      return milliseconds
    }
    if bytes.consumeNull(&position) { return TokenTable.absent() }
    return otherTime(bytes, &position, name, &problems)
  }

  @inline(never)
  private static func otherTime(
    _ bytes: RawSpan, _ position: inout Int, _ name: String, _ problems: inout [RecordProblem]
  ) -> Int64? {
    guard let range = bytes.plainString(&position) else { return nil }
    if let instant = Instant(utf8: range.map { bytes.byte($0) }[...]) { return instant.milliseconds }
    problems.append(RecordProblem(field: name, message: FieldReader.notADateTime))
    return TokenTable.unknown()
  }

  @inline(__always)
  private mutating func scopes(_ bytes: RawSpan, _ block: [UInt8], _ position: inout Int) -> Int32? {
    // Where the list ends, unless a bracket stands in one of its texts. If what stands up to there is a list that has
    // been read before, it is one.
    let range = position..<bytes.endOfList(from: position)
    if let list = scopeLists.number(bytes, range) {
      position = range.upperBound
      return list
    }
    return newScopes(bytes, block, &position)
  }

  @inline(never)
  private mutating func newScopes(_ bytes: RawSpan, _ block: [UInt8], _ position: inout Int) -> Int32? {
    var scanner = JSONScanner(block, in: position..<block.count)
    var list: [String] = []
    var isUsual = true
    do throws(JSONError) {
      try scanner.readArray { scanner throws(JSONError) in
        guard try scanner.peek() == .string else {
          isUsual = false
          throw JSONError("not a string", at: scanner.position)
        }
        list.append(scanner.text(try scanner.readString()))
      }
    } catch {
      return nil
    }
    guard isUsual, scanner.whitespaceCount == 0 else { return nil }
    let number = vocabulary.scopes(list)
    let range = position..<scanner.position
    if scopeLists.number(bytes, range) == nil { scopeLists.insert(bytes, range, number) }
    position = scanner.position
    return number
  }

  /// Consumes a member that is not documented.
  @inline(never)
  private static func passOver(_ bytes: RawSpan, _ block: [UInt8], _ position: inout Int) -> Bool {
    // A name with escapes may be any.
    guard bytes.plainString(&position) != nil, bytes.consume(":", &position) else { return false }
    var scanner = JSONScanner(block, in: position..<block.count, depth: 1)
    guard (try? scanner.skipValue()) != nil, scanner.whitespaceCount == 0 else { return false }
    position = scanner.position
    return true
  }
}
