/// A hash of each token's label, by which most different labels are told apart without looking at them.
package struct LabelHashes: Sendable {
  fileprivate let tokens: TokenTable
  /// 0 for a token without a label, or with one that could not be read.
  fileprivate let hashes: [UInt32]

  package init(of tokens: TokenTable) {
    var hashes: [UInt32] = []
    hashes.reserveCapacity(tokens.count)
    for segment in tokens.segments {
      let texts = segment.texts
      let bytes = unsafe texts.span.bytes
      for row in 0..<segment.count {
        let (start, length) = (Int(segment.labelOffset[row]), Int(segment.labelLength[row]))
        hashes.append(length < 0 ? 0 : max(1, bytes.hash(start..<(start + length))))
      }
    }
    self.tokens = tokens
    self.hashes = hashes
  }
}

/// Counts how many different labels some tokens have. Whether two are the same is told by all of their bytes.
package struct DistinctLabels {
  private let labels: LabelHashes
  /// Tokens with the hashes of their labels above them.
  private var tokens: [UInt64] = []

  package init(_ labels: LabelHashes) { self.labels = labels }

  /// - Parameters:
  ///   - indexes: of tokens.
  ///   - counts: whether a token counts, by its index; nil when that is not known.
  /// - Returns: Nil when it is not known of a token whether it counts, or the label of one that does.
  package mutating func count(_ indexes: ArraySlice<Int32>, _ counts: (Int) -> Bool?) -> Int64? {
    tokens.removeAll(keepingCapacity: true)
    for index in indexes {
      guard let counts = counts(Int(index)) else { return nil }
      guard counts else { continue }
      let hash = labels.hashes[Int(index)]
      guard hash != 0 else { return nil }
      tokens.append(UInt64(hash) << 32 | UInt64(index))
    }
    // Few are compared with each other faster than they are put in order.
    guard tokens.count > 8 else { return Int64(tokens.indices.count { isFirstInAnyOrder($0) }) }
    tokens.sort()
    return Int64(tokens.indices.count { isFirstInOrder($0) })
  }

  /// Whether no label before this one is the same. Those of one hash lie side by side.
  private func isFirstInOrder(_ place: Int) -> Bool {
    var other = place - 1
    while other >= 0, tokens[other] >> 32 == tokens[place] >> 32 {
      if isSameLabel(tokens[other], tokens[place]) { return false }
      other -= 1
    }
    return true
  }

  /// The same, in any order.
  private func isFirstInAnyOrder(_ place: Int) -> Bool {
    for other in 0..<place where tokens[other] >> 32 == tokens[place] >> 32 {
      if isSameLabel(tokens[other], tokens[place]) { return false }
    }
    return true
  }

  private func isSameLabel(_ left: UInt64, _ right: UInt64) -> Bool {
    guard let (leftSegment, leftRange) = labels.tokens.labelRange(Int(left & 0xFFFF_FFFF)),
      let (rightSegment, rightRange) = labels.tokens.labelRange(Int(right & 0xFFFF_FFFF)),
      leftRange.count == rightRange.count
    else { return false }
    let (leftTexts, rightTexts) = (
      labels.tokens.segments[leftSegment].texts, labels.tokens.segments[rightSegment].texts
    )
    return unsafe leftTexts.span.bytes.equals(leftRange, rightTexts.span.bytes, at: rightRange.lowerBound)
  }
}
