/// Names of elements and attributes. They are from the program itself: ASCII is enough, and no namespaces are used.
enum XMLName {
  static func check(_ name: StaticString) throws(XMLWritingError) {
    guard name.hasPointerRepresentation, isValid(name) else { throw .invalidName(name.description) }
  }

  private static func isValid(_ name: StaticString) -> Bool {
    name.withUTF8Buffer { bytes in
      guard let first = unsafe bytes.first, isStart(first) else { return false }
      return unsafe bytes.allSatisfy { isStart($0) || isLater($0) }
    }
  }

  private static func isStart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
    default: false
    }
  }

  private static func isLater(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."): true
    default: false
    }
  }

  static func isSame(_ first: StaticString, _ second: StaticString) -> Bool {
    first.withUTF8Buffer { first in second.withUTF8Buffer { second in unsafe first.elementsEqual(second) } }
  }

  /// A static string's bytes are followed by a zero byte.
  static func cString(_ name: StaticString) -> UnsafePointer<CChar> {
    unsafe UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
  }
}
