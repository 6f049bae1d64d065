/// A piece of an expression's text, in Unicode scalars from its start.
struct SourceRange: Hashable {
  let start: Int
  /// The place after the last scalar.
  let end: Int

  func joined(to other: SourceRange) -> SourceRange {
    SourceRange(start: min(start, other.start), end: max(end, other.end))
  }
}
