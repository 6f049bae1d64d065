/// An object of JSON text that has no white space between its tokens and no escapes in its strings, which nearly all
/// records are.
package struct PlainObject: Sendable {
  package let extent: JSONExtent
  /// The text of the object's own member that was asked for; nil when it has no such member, or several, or one that
  /// is no string or an empty one.
  package let text: JSONString?
}

extension JSONScanner {
  /// Consumes the object that comes next if it is plain. Nil otherwise, and when it is anything that should not be
  /// there: nothing has been consumed then, for the other methods to say what it is. Every byte is checked as they
  /// check it.
  ///
  /// - Parameter member: the name of the member whose text is wanted: ASCII, at most eight characters.
  package mutating func consumePlainObject(textOf member: StaticString) -> PlainObject? {
    guard depth <= Self.maximumDepth - PlainObjectReader.maximumDepth else { return nil }
    var reader = PlainObjectReader(member: member)
    guard let end = reader.end(of: bytes, from: position, to: end) else { return nil }
    let extent = JSONExtent(range: position..<end, hasWhitespace: false)
    position = end
    return PlainObject(extent: extent, text: reader.text)
  }
}

/// Goes through a plain object, and through what is in it without recursion.
private struct PlainObjectReader {
  /// Deeper nesting is for the general methods.
  static let maximumDepth = 64

  /// The member's name as one word.
  private let member: UInt64
  private let memberLength: Int
  private var memberCount = 0
  private var found: Range<Int>?

  /// How many objects and arrays are open.
  private var depth = 0
  /// A bit for each of them, set for an object; the innermost is the lowest.
  private var objects: UInt64 = 0

  init(member: StaticString) {
    self.member = member.withUTF8Buffer { unsafe $0.reversed().reduce(0) { $0 << 8 | UInt64($1) } }
    memberLength = member.utf8CodeUnitCount
  }

  var text: JSONString? {
    guard memberCount == 1, let found, !found.isEmpty else { return nil }
    return JSONString(range: found, hasEscapes: false)
  }

  /// Where the object ends; nil when it is not plain, or ends so near to the end of the bytes that they can't be read
  /// in words.
  mutating func end(of bytes: [UInt8], from start: Int, to end: Int) -> Int? {
    let span = unsafe bytes.span.bytes
    // Sixteen bytes can be read from here on.
    let limit = end - 16
    guard start < limit, span.byte(start) == UInt8(ascii: "{") else { return nil }
    var position = start
    while position <= limit {
      var isWanted = false
      if isInObject {
        guard let name = span.plainString(&position, to: limit), span.consume(":", &position) else { return nil }
        isWanted = depth == 1 && name.count == memberLength && span.partialWord(name) == member
        if isWanted { memberCount += 1 }
        guard position <= limit else { return nil }
      }
      let byte = span.byte(position)
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = span.plainString(&position, to: limit) else { return nil }
        if isWanted { found = text }
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        guard open(byte) else { return nil }
        position += 1
        if span.byte(position) != closing { continue }
      case UInt8(ascii: "n"):
        guard span.consumeNull(&position) else { return nil }
      case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        var scanner = JSONScanner(bytes, in: position..<end)
        guard let range = try? scanner.skipValue() else { return nil }
        position = range.upperBound
      default: return nil
      }
      // Behind a value: what it is the last of ends too.
      while position <= limit, span.byte(position) == closing {
        position += 1
        if close() { return position }
      }
      guard position <= limit, span.consume(",", &position) else { return nil }
    }
    return nil
  }

  private var isInObject: Bool { objects & 1 != 0 }

  /// What ends the innermost object or array.
  private var closing: UInt8 { isInObject ? UInt8(ascii: "}") : UInt8(ascii: "]") }

  /// False when it would be nested too deep.
  private mutating func open(_ byte: UInt8) -> Bool {
    guard depth < Self.maximumDepth else { return false }
    depth += 1
    objects = objects << 1 | (byte == UInt8(ascii: "{") ? 1 : 0)
    return true
  }

  /// Whether that was the outermost.
  private mutating func close() -> Bool {
    depth -= 1
    objects >>= 1
    return depth == 0
  }
}
