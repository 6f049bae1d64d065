/// Reads a token's record in the shape in which the API sends nearly all of them: the members that are documented, each
/// at most once and of its type, without white space or escapes.
///
/// Whatever is otherwise gives nil, for `TokenDecoder.append(_:)` to read: nothing is guessed here. All bytes are
/// checked that end up in a token, or are passed over, UTF-8 included.
struct UsualTokenReader {
  private var position: Int
  private var seen: UInt8 = 0
  private var row = TokenSegment.Row()
  private var id: Range<Int>?
  private var label: Range<Int>?

  /// - Parameter position: where the record begins.
  init(at position: Int) { self.position = position }

  /// Appends the record. Returns where it ends; nil when it is not of the usual shape.
  /// - Parameter bytes: have at least 16 bytes behind the record, whatever they are; its line ends in a line feed.
  mutating func read(_ bytes: RawSpan, into decoder: inout TokenDecoder) -> Int? {
    guard take(bytes, "{") else { return nil }
    repeat {
      guard member(bytes, &decoder.vocabulary) else { return nil }
    } while take(bytes, ",")
    guard take(bytes, "}"), let id, !id.isEmpty else { return nil }
    decoder.append(row, bytes, id: id, label: label)
    return position
  }

  // MARK: - Members

  private mutating func member(_ bytes: RawSpan, _ vocabulary: inout TokenVocabularyBuilder) -> Bool {
    if takeName(bytes, "\"id\":") { return first(0) && text(bytes) { $0.id = $1 } }
    if takeName(bytes, "\"label\":") { return first(1) && textOrNull(bytes) { $0.label = $1 } }
    if takeName(bytes, "\"status\":") {
      guard first(2), let range = string(bytes) else { return false }
      row.status = vocabulary.status(bytes, range)
      return true
    }
    if takeName(bytes, "\"createdAt\":") { return first(3) && instant(bytes) { $0.createdAt = $1 } }
    if takeName(bytes, "\"expiresAt\":") { return first(4) && instant(bytes) { $0.expiresAt = $1 } }
    if takeName(bytes, "\"lastActiveAt\":") { return first(5) && instant(bytes) { $0.lastActiveAt = $1 } }
    if takeName(bytes, "\"user\":") {
      guard first(6), let parts = user(bytes) else { return false }
      row.user = vocabulary.user(bytes, parts)
      return true
    }
    if takeName(bytes, "\"scopes\":") { return first(7) && scopes(bytes, &vocabulary) }
    return false
  }

  /// Notes that a member is met; false when it has been met before.
  private mutating func first(_ bit: UInt8) -> Bool {
    defer { seen |= 1 << bit }
    return seen & (1 << bit) == 0
  }

  private mutating func text(_ bytes: RawSpan, _ store: (inout UsualTokenReader, Range<Int>) -> Void) -> Bool {
    guard let range = string(bytes) else { return false }
    store(&self, range)
    return true
  }

  private mutating func textOrNull(_ bytes: RawSpan, _ store: (inout UsualTokenReader, Range<Int>) -> Void) -> Bool {
    takeNull(bytes) || text(bytes, store)
  }

  private mutating func instant(_ bytes: RawSpan, _ store: (inout TokenSegment.Row, Int64) -> Void) -> Bool {
    if takeNull(bytes) { return true }
    guard let range = string(bytes), let milliseconds = Instant.milliseconds(bytes, range) else { return false }
    store(&row, milliseconds)
    return true
  }

  private mutating func scopes(_ bytes: RawSpan, _ vocabulary: inout TokenVocabularyBuilder) -> Bool {
    let start = position
    guard take(bytes, "[") else { return false }
    if !take(bytes, "]") {
      repeat {
        guard string(bytes) != nil else { return false }
      } while take(bytes, ",")
      guard take(bytes, "]") else { return false }
    }
    let end = position
    row.scopes = vocabulary.scopes(bytes, start..<end) { Self.elements(bytes, start, end) }
    return true
  }

  /// The strings of an array that has been passed over.
  private static func elements(_ bytes: RawSpan, _ start: Int, _ end: Int) -> [String] {
    var reader = UsualTokenReader(at: start + 1)
    var elements: [String] = []
    while reader.position < end - 1, let range = reader.string(bytes) {
      elements.append(bytes.text(range))
      _ = reader.take(bytes, ",")
    }
    return elements
  }

  private mutating func user(_ bytes: RawSpan) -> UserTableBuilder.Parts? {
    let start = position
    var parts = UserTableBuilder.Parts()
    guard take(bytes, "{") else { return nil }
    repeat {
      if takeName(bytes, "\"id\":") {
        guard parts.id == nil, let range = string(bytes) else { return nil }
        parts.id = range
      } else if takeName(bytes, "\"orgId\":") {
        guard parts.orgID == nil, let range = string(bytes) else { return nil }
        parts.orgID = range
      } else if takeName(bytes, "\"name\":") {
        guard parts.name == nil, let range = string(bytes) else { return nil }
        parts.name = range
      } else if takeName(bytes, "\"email\":") {
        guard parts.email == nil, let range = string(bytes) else { return nil }
        parts.email = range
      } else {
        return nil
      }
    } while take(bytes, ",")
    guard take(bytes, "}") else { return nil }
    parts.object = start..<position
    return parts
  }

  // MARK: - Bytes

  @inline(__always)
  private mutating func take(_ bytes: RawSpan, _ character: Unicode.Scalar) -> Bool {
    guard bytes.byte(position) == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  /// At most 16 bytes.
  @inline(__always)
  private mutating func takeName(_ bytes: RawSpan, _ name: StaticString) -> Bool {
    let length = name.utf8CodeUnitCount
    // A short name's halves overlap, as a long one's do.
    if length >= 8 {
      let (first, last) = unsafe (name.word(0), name.word(length - 8))
      guard bytes.word(position) == first, bytes.word(position + length - 8) == last else { return false }
    } else {
      let (first, last) = unsafe (name.half(0), name.half(length - 4))
      guard UInt32(truncatingIfNeeded: bytes.word(position)) == first,
        UInt32(truncatingIfNeeded: bytes.word(position + length - 4)) == last
      else { return false }
    }
    position += length
    return true
  }

  @inline(__always)
  private mutating func takeNull(_ bytes: RawSpan) -> Bool {
    guard UInt32(truncatingIfNeeded: bytes.word(position)) == 0x6C6C_756E else { return false }
    position += 4
    return true
  }

  /// Consumes a string and returns where its content is; nil when it has escapes or is none.
  @inline(__always)
  private mutating func string(_ bytes: RawSpan) -> Range<Int>? {
    guard take(bytes, "\"") else { return nil }
    let start = position
    while true {
      let special = specialBytes(bytes.word(position))
      guard special != 0 else {
        position += 8
        continue
      }
      position += special.trailingZeroBitCount / 8
      let byte = bytes.byte(position)
      if byte == UInt8(ascii: "\"") {
        position += 1
        return start..<(position - 1)
      }
      guard byte >= 0x80, let length = bytes.lengthOfScalar(at: position) else { return nil }
      position += length
    }
  }
}

extension StaticString {
  /// Eight bytes of the text, which has as many from the offset on.
  @inline(__always)
  @unsafe fileprivate func word(_ offset: Int) -> UInt64 {
    unsafe UInt64(littleEndian: UnsafeRawPointer(utf8Start).loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  @inline(__always)
  @unsafe fileprivate func half(_ offset: Int) -> UInt32 {
    unsafe UInt32(littleEndian: UnsafeRawPointer(utf8Start).loadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }
}

extension RawSpan {
  /// How many bytes the scalar of several bytes has that begins here; nil when it is not well-formed UTF-8 (Unicode 15,
  /// table 3-7).
  func lengthOfScalar(at position: Int) -> Int? {
    var second: ClosedRange<UInt8> = 0x80...0xBF
    let length: Int
    switch byte(position) {
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: length = 3
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: length = 4
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return nil
    }
    guard second.contains(byte(position + 1)),
      (2..<length).allSatisfy({ byte(position + $0) & 0xC0 == 0x80 })
    else { return nil }
    return length
  }
}
