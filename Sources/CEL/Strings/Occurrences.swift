/// The places where some text occurs in another, by the algorithm of Knuth, Morris and Pratt: in linear time, however
/// much of it nearly occurs. UTF-8 can be compared byte by byte, since no character begins inside of another.
struct Occurrences: IteratorProtocol {
  /// One of them.
  struct Occurrence {
    let start: String.Index
    let end: String.Index
    /// The code points before it.
    let position: Int
  }

  private let text: String.UTF8View
  private let part: [UInt8]
  private let partPositions: Int
  private let overlapping: Bool
  /// For each byte of `part`, how long the longest beginning of it is that also ends there, short of all up to there.
  private let borders: [Int]

  private var index: String.UTF8View.Index
  private var position = 0
  /// How many bytes of `part` end at `index`.
  private var matched = 0

  /// - Parameter part: not empty.
  init(of part: String, in text: String, overlapping: Bool = true) {
    self.text = text.utf8
    self.part = Array(part.utf8)
    self.overlapping = overlapping
    partPositions = part.unicodeScalars.count
    borders = Self.borders(self.part)
    index = text.utf8.startIndex
  }

  mutating func next() -> Occurrence? {
    while index < text.endIndex {
      let byte = text[index]
      text.formIndex(after: &index)
      // All bytes of a character but its first begin with 10.
      if byte & 0xC0 != 0x80 { position += 1 }
      while matched > 0, part[matched] != byte { matched = borders[matched - 1] }
      if part[matched] == byte { matched += 1 }
      if matched == part.count {
        matched = overlapping ? borders[matched - 1] : 0
        let start = text.index(index, offsetBy: -part.count)
        return Occurrence(start: start, end: index, position: position - partPositions)
      }
    }
    return nil
  }

  private static func borders(_ part: [UInt8]) -> [Int] {
    var borders = Array(repeating: 0, count: part.count)
    var length = 0
    for index in part.indices.dropFirst() {
      while length > 0, part[index] != part[length] { length = borders[length - 1] }
      if part[index] == part[length] { length += 1 }
      borders[index] = length
    }
    return borders
  }
}
