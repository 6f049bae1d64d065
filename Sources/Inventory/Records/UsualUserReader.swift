/// Reads the person whom a token's record names.
struct UsualUserReader: Sendable {
  private let vocabulary: TokenVocabularyBuilder
  private var organizations = NumberedTexts()

  init(vocabulary: TokenVocabularyBuilder) { self.vocabulary = vocabulary }

  /// Consumes an object with the documented members, each at most once and of its type, without white space or escapes.
  /// Gives nil for anything else, and consumes nothing then.
  @inline(__always)
  mutating func read(_ bytes: RawSpan, _ position: inout Int) -> UserText? {
    var end = position
    guard bytes.consume("{", &end) else { return nil }
    var user = UserText()
    members: while true {
      let first = end
      if bytes.consumeWord("\"id\":", &end) {
        guard !user.id.text.isPresent, let range = bytes.plainString(&end) else { return nil }
        user.id = UserText.Identity(bytes, range)
        guard bytes.consume(",", &end) else { break }
      }
      if bytes.consumeWord("\"orgId\":", &end) {
        guard user.organization < 0, let range = bytes.plainString(&end) else { return nil }
        user.organization = organization(bytes, range)
        guard bytes.consume(",", &end) else { break }
      }
      if bytes.consumeWord("\"name\":", &end) {
        guard !user.name.isPresent, let range = bytes.plainString(&end) else { return nil }
        user.name = UserText.Part(range)
        guard bytes.consume(",", &end) else { break }
      }
      if bytes.consumeWord("\"email\":", &end) {
        guard !user.email.isPresent, let range = bytes.plainString(&end) else { return nil }
        user.email = UserText.Part(range)
        guard bytes.consume(",", &end) else { break }
      }
      guard end > first else { return nil }
    }
    guard bytes.consume("}", &end), user.isCompact else { return nil }
    position = end
    return user
  }

  /// Consumes an object of any other shape that has nothing that could not be read.
  @inline(never)
  func readAnyOther(_ block: [UInt8], _ position: inout Int) -> User? {
    var scanner = JSONScanner(block, in: position..<block.count, depth: 1)
    var reader = FieldReader()
    guard case .value(let user)? = try? reader.user(&scanner, "user"), reader.problems.isEmpty,
      scanner.whitespaceCount == 0
    else { return nil }
    position = scanner.position
    return user
  }

  @inline(__always)
  private mutating func organization(_ bytes: RawSpan, _ range: Range<Int>) -> Int32 {
    if let number = organizations.number(bytes, range) { return number }
    let number = vocabulary.organization(bytes.text(range))
    organizations.insert(bytes, range, number)
    return number
  }
}
