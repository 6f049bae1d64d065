/// The text that `format` writes, up to the limit for strings.
struct FormatOutput {
  private(set) var text = ""

  mutating func append(_ part: String, _ frame: inout Frame) throws(EvaluationError) {
    guard text.utf8.count + part.utf8.count <= frame.budget.stringLimit else {
      throw EvaluationError("format: the text grows longer than \(frame.budget.stringLimit) bytes", kind: .limit)
    }
    try frame.budget.spend(bytes: part.utf8.count)
    text += part
  }
}
