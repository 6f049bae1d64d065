import Foundation
import TestSupport
import Testing

/// The tutorial, followed step by step: files are written, commands are run in a shell, and print what the page shows.
@Suite(.timeLimit(.minutes(3)))
struct TutorialTests {
  @Test func everyStepDoesWhatThePageShows() async throws {
    let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "docs/tutorial.md")
    let folder = try TemporaryFolder()
    let environment = ["PATH": "\(Program.productsFolder.path):/usr/bin:/bin", "HOME": folder.url.path]
    var printed = ""
    var compared = 0
    for block in FencedBlock.all(in: try String(contentsOf: page, encoding: .utf8)) {
      switch block.language {
      case "yaml":
        try folder.write(block.text, to: try #require(block.fileName))
      case "sh":
        // What a reader sees: messages and results as they come.
        let result = try await Program(URL(filePath: "/bin/bash")).run(
          ["-c", "exec 2>&1\n" + block.text], environment: environment, in: folder)
        printed = result.output
      case "text":
        compared += 1
        var rest = printed[...]
        for piece in block.text.components(separatedBy: "…") {
          let piece = piece.trimmingCharacters(in: .newlines)
          guard !piece.isEmpty else { continue }
          guard let found = rest.range(of: piece) else {
            Issue.record("the page shows\n\(piece)\nbut printed was\n\(printed)")
            break
          }
          rest = rest[found.upperBound...]
        }
      default: Issue.record("\(block.language)")
      }
    }
    #expect(compared >= 8)
  }
}
