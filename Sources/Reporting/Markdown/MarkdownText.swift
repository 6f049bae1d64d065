/// Text from data in GitHub's dialect of Markdown, fit for a table cell: a code span, the only form in which nothing
/// becomes a link, a mention, an image or markup.
///
/// Pipes end a cell even there unless a backslash stands before them, which the table takes away again.
func markdownCode(_ text: String, limit: Int = 200) -> String {
  guard !text.allSatisfy(\.isWhitespace) else { return "(empty)" }
  var text = visible(text)
  if text.unicodeScalars.count > limit { text = String(text.unicodeScalars.prefix(limit)) + "…" }
  let fence = String(repeating: "`", count: longestRunOfBackticks(in: text) + 1)
  // A space at both ends is taken away by readers, and a backtick at an end would lengthen the fence.
  let ends = [text.unicodeScalars.first, text.unicodeScalars.last]
  let padding = ends.contains("`") || ends == [" ", " "] ? " " : ""
  return fence + padding + replacing("|", with: "\\|", in: text) + padding + fence
}

/// Text of a rule or a policy file as running text: what would be markup is escaped.
func markdownProse(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  for scalar in prose(text).unicodeScalars {
    if "\\`*_[]<>|~&$#".unicodeScalars.contains(scalar) { result.append("\\") }
    result.append(scalar)
  }
  return String(result)
}

private func longestRunOfBackticks(in text: String) -> Int {
  var longest = 0
  var current = 0
  for byte in text.utf8 {
    current = byte == UInt8(ascii: "`") ? current + 1 : 0
    longest = max(longest, current)
  }
  return longest
}
