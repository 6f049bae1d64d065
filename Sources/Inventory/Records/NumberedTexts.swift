/// Texts that repeat, each kept once with a number. They are told apart by all of their bytes.
struct NumberedTexts: Sendable {
  private var texts: [UInt8] = []
  private var ends: [Int] = []
  private var numbers: [Int32] = []
  private var places = HashedPlaces()

  /// The number of the text in the range; nil when it is not known.
  func number(_ bytes: RawSpan, _ range: Range<Int>) -> Int32? {
    let texts = unsafe self.texts.span.bytes
    var probe = places.probe(bytes.hash(range))
    while let index = places.next(&probe) {
      let start = index == 0 ? 0 : ends[index - 1]
      if ends[index] - start == range.count, bytes.equals(range, texts, at: start) { return numbers[index] }
    }
    return nil
  }

  /// Keeps a text that is not known.
  mutating func insert(_ bytes: RawSpan, _ range: Range<Int>, _ number: Int32) {
    places.insert(ends.count, bytes.hash(range))
    bytes.append(range, to: &texts)
    ends.append(texts.count)
    numbers.append(number)
  }
}
