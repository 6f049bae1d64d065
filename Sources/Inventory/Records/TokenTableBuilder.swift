/// Fills a `TokenTable` record by record.
package struct TokenTableBuilder: Sendable {
  private let vocabulary: TokenVocabularyBuilder
  private var decoder: TokenDecoder
  private var segments: [TokenSegment] = []
  private var closedCount = 0

  /// Tokens of one segment.
  private static let segmentSize = 2048

  package init() { self.init(vocabulary: TokenVocabularyBuilder()) }

  /// - Parameter vocabulary: what appended segments refer to.
  init(vocabulary: TokenVocabularyBuilder) {
    self.vocabulary = vocabulary
    decoder = TokenDecoder(vocabulary: vocabulary)
  }

  /// The number of tokens so far.
  package var count: Int { closedCount + decoder.count }

  /// Consumes one record and returns its id; throws only when the bytes are not JSON.
  @discardableResult
  package mutating func append(_ scanner: inout JSONScanner) throws(JSONError) -> String {
    let id = try decoder.append(&scanner)
    if decoder.count == Self.segmentSize { close() }
    return id
  }

  /// Appends tokens that another decoder has read with the same vocabulary.
  mutating func append(_ segment: TokenSegment) {
    close()
    closedCount += segment.count
    segments.append(segment)
  }

  /// Forgets all tokens.
  mutating func removeAll() { self = TokenTableBuilder(vocabulary: vocabulary) }

  package consuming func build() -> TokenTable {
    close()
    return TokenTable(segments: segments, vocabulary: vocabulary.build())
  }

  private mutating func close() {
    guard let segment = decoder.closeSegment() else { return }
    closedCount += segment.count
    segments.append(segment)
  }
}
