/// All API tokens of an organization, compactly: what repeats (people, scope lists, statuses) is kept once, ids and
/// labels lie in runs of bytes, dates are integers. A million tokens are the size that this is made for.
package final class TokenTable: Sendable {
  package let segments: [TokenSegment]
  /// The index of each segment's first token.
  package let starts: [Int]
  /// What the segments refer to.
  package let vocabularies: [TokenVocabulary]
  private let tokenCount: Int

  init(segments: [TokenSegment], vocabularies: [TokenVocabulary]) {
    var starts: [Int] = []
    var count = 0
    for segment in segments {
      starts.append(count)
      count += segment.count
    }
    self.segments = segments
    self.starts = starts
    self.vocabularies = vocabularies
    tokenCount = count
  }

  /// The segment that the token of this index is in.
  private func segment(of index: Int) -> Int {
    var (low, high) = (0, starts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= index { low = middle } else { high = middle }
    }
    return low
  }

  @inlinable
  package static func absent<Number: FixedWidthInteger>() -> Number { .min }

  @inlinable
  package static func unknown<Number: FixedWidthInteger>() -> Number { .min + 1 }
}

extension TokenTable: RandomAccessCollection {
  package var startIndex: Int { 0 }
  package var endIndex: Int { tokenCount }
  package subscript(position: Int) -> APIToken {
    let segment = segment(of: position)
    return token(segment, position - starts[segment])
  }

  /// Where the label of the token at an index is in its segment's texts; nil when there is none, or none that can be
  /// read.
  func labelRange(_ position: Int) -> (segment: Int, Range<Int>)? {
    let segment = segment(of: position)
    let row = segments[segment].rows[position - starts[segment]]
    guard row.labelLength >= 0 else { return nil }
    let start = Int(row.textOffset + row.idLength)
    return (segment, start..<(start + Int(row.labelLength)))
  }

  /// The token of a row of a segment.
  package func token(_ segment: Int, _ row: Int) -> APIToken {
    let segment = segments[segment]
    return APIToken(segment: segment, vocabulary: vocabularies[segment.vocabulary], row: row)
  }
}
