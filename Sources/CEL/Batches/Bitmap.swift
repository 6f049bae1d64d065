/// One bit for each record of a batch.
package struct Bitmap: Hashable, Sendable {
  /// How many bits there are.
  package private(set) var count: Int
  /// 64 bits each, the first the lowest; those behind the last bit are clear.
  @usableFromInline package private(set) var words: [UInt64]

  /// - Parameter flag: what all bits are.
  @inlinable
  package init(repeating flag: Bool, count: Int) {
    self.count = count
    words = Array(repeating: flag ? .max : 0, count: (count + 63) / 64)
    if flag { clearBitsBehindLast() }
  }

  /// - Parameter isSet: whether the bit of an index is set.
  @inlinable
  @inline(__always)
  package init(count: Int, _ isSet: (Int) -> Bool) {
    self.count = count
    words = []
    words.reserveCapacity((count + 63) / 64)
    var start = 0
    while start < count {
      let end = min(start + 64, count)
      var word: UInt64 = 0
      for index in start..<end { word |= (isSet(index) ? 1 : 0) << UInt64(index - start) }
      words.append(word)
      start = end
    }
  }

  /// - Parameter words: the bits behind the last one are clear.
  @usableFromInline
  init(words: [UInt64], count: Int) {
    self.words = words
    self.count = count
  }

  @inlinable
  package subscript(index: Int) -> Bool {
    @inline(__always) get { words[index >> 6] >> UInt64(index & 63) & 1 == 1 }
    set {
      let bit: UInt64 = 1 << UInt64(index & 63)
      if newValue { words[index >> 6] |= bit } else { words[index >> 6] &= ~bit }
    }
  }

  @inlinable
  package var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  /// How many bits are set.
  @inlinable
  package var setCount: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  @inlinable
  package mutating func formIntersection(_ other: Bitmap) {
    for index in words.indices { words[index] &= other.words[index] }
  }

  @inlinable
  package mutating func formUnion(_ other: Bitmap) {
    for index in words.indices { words[index] |= other.words[index] }
  }

  @inlinable
  package mutating func subtract(_ other: Bitmap) {
    for index in words.indices { words[index] &= ~other.words[index] }
  }

  @inlinable
  package func intersection(_ other: Bitmap) -> Bitmap {
    var result = self
    result.formIntersection(other)
    return result
  }

  @inlinable
  package func union(_ other: Bitmap) -> Bitmap {
    var result = self
    result.formUnion(other)
    return result
  }

  @inlinable
  package func subtracting(_ other: Bitmap) -> Bitmap {
    var result = self
    result.subtract(other)
    return result
  }

  /// Calls `body` with the index of each bit that is set, in their order.
  @inlinable
  @inline(__always)
  package func forEachSet(_ body: (Int) -> Void) {
    for (place, bits) in words.enumerated() {
      var rest = bits
      while rest != 0 {
        body(place << 6 | rest.trailingZeroBitCount)
        rest &= rest &- 1
      }
    }
  }

  /// Appends the bits of another one.
  package mutating func append(_ other: Bitmap) {
    let shift = UInt64(count & 63)
    count += other.count
    guard shift > 0 else { return words.append(contentsOf: other.words) }
    for word in other.words {
      words[words.count - 1] |= word << shift
      words.append(word >> (64 - shift))
    }
    words.removeLast(words.count - (count + 63) / 64)
  }

  @inlinable
  mutating func clearBitsBehindLast() {
    if count & 63 != 0 { words[words.count - 1] &= (1 << UInt64(count & 63)) - 1 }
  }
}
