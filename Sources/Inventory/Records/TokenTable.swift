/// All API tokens of an organization, compactly: what repeats (people, scope lists, statuses) is kept once, ids and
/// labels lie in runs of bytes, dates are integers. A million tokens are the size that this is made for.
package final class TokenTable: Sendable {
  package let segments: [TokenSegment]
  /// The index of each segment's first token.
  package let starts: [Int]
  /// What the segments refer to.
  package let vocabulary: TokenVocabulary
  private let tokenCount: Int

  init(segments: [TokenSegment], vocabulary: TokenVocabulary) {
    var starts: [Int] = []
    var count = 0
    for segment in segments {
      starts.append(count)
      count += segment.count
    }
    self.segments = segments
    self.starts = starts
    self.vocabulary = vocabulary
    tokenCount = count
  }

  /// The segment and the row in it of the token of this index.
  func place(of index: Int) -> (segment: Int, row: Int) {
    var (low, high) = (0, starts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= index { low = middle } else { high = middle }
    }
    return (low, index - starts[low])
  }

  // What stands for absent and unknown. Not generic: that costs a look-up of the type at every use in another module.

  /// A date, in milliseconds since 1970, that is absent.
  @inlinable
  package static func absent() -> Int64 { .min }
  /// A date that could not be read.
  @inlinable
  package static func unknown() -> Int64 { .min + 1 }

  /// An index into the vocabulary, or a length, of what is absent.
  @inlinable
  package static func absent() -> Int32 { .min }
  /// An index into the vocabulary, or a length, of what could not be read.
  @inlinable
  package static func unknown() -> Int32 { .min + 1 }
}

extension TokenTable: RandomAccessCollection {
  package var startIndex: Int { 0 }
  package var endIndex: Int { tokenCount }
  package subscript(position: Int) -> APIToken {
    let (segment, row) = place(of: position)
    return token(segment, row)
  }

  /// Where the label of the token at an index is in its segment's texts; nil when there is none, or none that can be
  /// read.
  func labelRange(_ position: Int) -> (segment: Int, Range<Int>)? {
    let (segment, row) = place(of: position)
    let length = segments[segment].labelLength[row]
    guard length >= 0 else { return nil }
    let start = Int(segments[segment].labelOffset[row])
    return (segment, start..<(start + Int(length)))
  }

  /// The token of a row of a segment.
  package func token(_ segment: Int, _ row: Int) -> APIToken {
    APIToken(segment: segments[segment], vocabulary: vocabulary, row: row)
  }
}
