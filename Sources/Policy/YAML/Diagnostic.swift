/// Something wrong, or doubtful, in a policy, rule or waiver file, with its place.
package struct Diagnostic: Sendable {
  package enum Severity: String, Sendable { case error, warning }

  package let severity: Severity
  package let message: String
  /// What to do about it, such as "did you mean `expiresAt`?".
  package let advice: String?
  package let file: String
  package let location: SourceLocation
  /// How many columns the place covers; at least 1.
  package let length: Int
  /// The line of the file, for showing the place.
  package let sourceLine: String

  init(
    _ severity: Severity, _ message: String, advice: String? = nil, in source: SourceFile, at location: SourceLocation,
    length: Int = 1
  ) {
    self.severity = severity
    self.message = message
    self.advice = advice
    self.file = source.name
    self.location = location
    self.length = max(1, length)
    self.sourceLine = source.line(location.line)
  }

  /// How much of a line is shown, and how much of that before the place, in Unicode scalars.
  private static let (shownWidth, shownBefore) = (160, 100)

  /// `file:line:column: message`, the line with a caret under the place, then what to do.
  package var rendered: String {
    // What a message quotes may hold line feeds, behind which it would pass for a message of its own.
    let message = message.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\\n")
    var text = "\(file):\(location.line):\(location.column): \(severity == .warning ? "warning: " : "")\(message)"
    let line = sourceLine.unicodeScalars
    if !sourceLine.isEmpty {
      // Tabs stay tabs, so that the caret stands under its column whatever their width; other controls never reach a
      // terminal.
      let harmless = line.map { $0.value < 0x20 && $0 != "\t" || $0.value == 0x7F ? "\u{FFFD}" : $0 }
      // Of a long line, what is around the place.
      let start = max(0, min(location.column - 1, line.count) - Self.shownBefore)
      let end = min(line.count, start + Self.shownWidth)
      let shown = String(String.UnicodeScalarView(harmless[start..<end]))
      let (left, right) = (start > 0 ? "…" : "", end < line.count ? "…" : "")
      let indent = harmless[start..<min(location.column - 1, end)].map { $0 == "\t" ? "\t" : " " }.joined()
      let caret = "^" + String(repeating: "~", count: max(0, min(length, end - location.column + 1) - 1))
      text += "\n  \(left)\(shown)\(right)\n  \(left.isEmpty ? "" : " ")\(indent)\(caret)"
    }
    if let advice {
      text += "\n  " + advice.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\\n")
    }
    return text
  }
}

/// Everything that is wrong with the files that make up a policy, found in one run.
package struct InvalidFiles: Error, Sendable {
  package let diagnostics: [Diagnostic]
}
