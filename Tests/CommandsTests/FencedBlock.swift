import Foundation

/// A fenced block of a document: its language and its lines.
struct FencedBlock {
  let language: String
  let lines: [String]

  var text: String { lines.joined(separator: "\n") + "\n" }

  /// The name of the file that the block shows in full: it stands behind the language, or in a comment that is the first
  /// line. Nil for any other block.
  var fileName: String? {
    if let space = language.firstIndex(of: " ") { return String(language[language.index(after: space)...]) }
    guard language == "yaml", let first = lines.first, first.hasPrefix("# "), first.hasSuffix(".yaml") else {
      return nil
    }
    return String(first.dropFirst(2))
  }

  static func all(in text: String) -> [FencedBlock] {
    var blocks: [FencedBlock] = []
    var open: (language: String, lines: [String])?
    for line in text.components(separatedBy: "\n") {
      if line.hasPrefix("```") {
        if let block = open {
          blocks.append(FencedBlock(language: block.language, lines: block.lines))
          open = nil
        } else {
          open = (String(line.dropFirst(3)), [])
        }
      } else {
        open?.lines.append(line)
      }
    }
    return blocks
  }
}
