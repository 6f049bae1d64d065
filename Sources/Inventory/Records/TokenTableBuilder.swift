/// Fills a `TokenTable` record by record.
package struct TokenTableBuilder: Sendable {
  private var decoder = TokenDecoder(vocabulary: 0)
  private var segments: [TokenSegment] = []
  private var closedCount = 0

  /// Tokens of one segment.
  private static let segmentSize = 2048

  package init() {}

  /// The number of tokens so far.
  package var count: Int { closedCount + decoder.count }

  /// Consumes one record and returns its id; throws only when the bytes are not JSON.
  @discardableResult
  package mutating func append(_ scanner: inout JSONScanner) throws(JSONError) -> String {
    let id = try decoder.append(&scanner)
    if decoder.count == Self.segmentSize { close() }
    return id
  }

  /// Appends tokens that another decoder has read; the vocabulary of that one is handed over with `build(_:)`.
  mutating func append(_ segment: TokenSegment) {
    close()
    closedCount += segment.count
    segments.append(segment)
  }

  package consuming func build() -> TokenTable { build([]) }

  /// - Parameter vocabularies: those of appended segments, from number 1 on.
  consuming func build(_ vocabularies: [TokenVocabulary]) -> TokenTable {
    close()
    return TokenTable(segments: segments, vocabularies: [decoder.vocabulary.build()] + vocabularies)
  }

  private mutating func close() {
    guard let segment = decoder.closeSegment() else { return }
    closedCount += segment.count
    segments.append(segment)
  }
}
