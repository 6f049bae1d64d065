@testable import CEL
import Testing

struct SuggestionTests {
  @Test(arguments: [
    ("expireAt", "did you mean `expiresAt`?"), ("EXPIRESAT", "did you mean `expiresAt`?"),
    ("epxiresAt", "did you mean `expiresAt`?"),
    ("lable", "did you mean `label`?"), ("colour", nil), ("", nil),
  ])
  func aSmallMistakeIsUnderstood(_ word: String, _ suggestion: String?) {
    #expect(didYouMean(word, among: ["expiresAt", "label", "createdAt"]) == suggestion)
  }

  @Test func withoutCandidatesThereIsNone() {
    #expect(didYouMean("x", among: [String]()) == nil)
  }

  /// Comparing costs the product of both lengths, and a file may hold a word of a megabyte.
  @Test func aWordThatNobodyMistypesIsNotCompared() {
    let long = String(repeating: "a", count: 101)
    #expect(didYouMean(long, among: [long + "a"]) == nil)
  }
}
