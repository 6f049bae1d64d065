/// Counts how many different labels some tokens have. Whether two are the same is told by all of their bytes.
package struct DistinctLabels {
  private let tokens: TokenTable
  private var labels: [Label] = []

  private struct Label {
    let hash: UInt32
    let segment: Int
    let bytes: Range<Int>
  }

  package init(_ tokens: TokenTable) { self.tokens = tokens }

  /// - Parameters:
  ///   - indexes: of tokens.
  ///   - counts: whether a token counts, by its index; nil when that is not known.
  /// - Returns: Nil when it is not known of a token whether it counts, or the label of one that does.
  package mutating func count(_ indexes: some Sequence<Int32>, _ counts: (Int) -> Bool?) -> Int64? {
    labels.removeAll(keepingCapacity: true)
    for index in indexes {
      guard let counts = counts(Int(index)) else { return nil }
      guard counts else { continue }
      guard let (segment, range) = tokens.labelRange(Int(index)) else { return nil }
      let texts = tokens.segments[segment].texts
      let bytes = unsafe texts.span.bytes
      labels.append(Label(hash: bytes.hash(range), segment: segment, bytes: range))
    }
    // Many labels are sorted, so that only those of one hash are compared.
    labels.sort { $0.hash < $1.hash }
    var count: Int64 = 0
    for index in labels.indices where isFirst(index) { count += 1 }
    return count
  }

  /// Whether no label before this one is the same.
  private func isFirst(_ index: Int) -> Bool {
    let label = labels[index]
    let texts = tokens.segments[label.segment].texts
    let bytes = unsafe texts.span.bytes
    var other = index - 1
    while other >= 0, labels[other].hash == label.hash {
      let candidate = labels[other]
      let texts = tokens.segments[candidate.segment].texts
      if candidate.bytes.count == label.bytes.count,
        unsafe bytes.equals(label.bytes, texts.span.bytes, at: candidate.bytes.lowerBound)
      {
        return false
      }
      other -= 1
    }
    return true
  }
}
