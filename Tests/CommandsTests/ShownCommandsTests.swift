import Foundation
import TestSupport
import Testing

/// The pages that show commands with what these print: each is run, in the order of the page, and prints that.
@Suite(.timeLimit(.minutes(3)))
struct ShownCommandsTests {
  private static let documents = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "docs")

  /// A block with a file's name behind its fence, or in a comment at its start, is written to that file; a shell block is
  /// run; a text block behind it is what it printed, `…` standing for lines that are left out.
  @Test(arguments: ["explaining.md", "facts.md", "impact.md"])
  func everyCommandPrintsWhatThePageShows(name: String) async throws {
    let folder = try TemporaryFolder()
    let page = try String(contentsOf: Self.documents.appending(path: name), encoding: .utf8)
    let blocks = FencedBlock.all(in: page)
    var printed = ""
    var ran = 0
    for block in blocks {
      if let file = block.fileName {
        try folder.write(block.text, to: file)
      } else if block.language == "sh" {
        printed = ""
        for line in block.lines {
          ran += 1
          let arguments = line.split(separator: " ").map(String.init)
          #expect(arguments.first == "tokenreeve", "\(line)")
          let result = try await Program.tokenreeve.run(Array(arguments.dropFirst()), in: folder)
          #expect([0, 1, 3].contains(result.status), "\(line)\n\(result.errors)")
          printed += result.output
        }
      } else if block.language == "text" {
        for piece in block.lines.joined(separator: "\n").components(separatedBy: "…\n") where !piece.isEmpty {
          let piece = piece.hasSuffix("\n…") ? String(piece.dropLast(2)) : piece
          #expect(printed.contains(piece), "\(name) shows\n\(piece)\nbut printed was\n\(printed)")
        }
      }
    }
    #expect(ran > 0)
  }
}
