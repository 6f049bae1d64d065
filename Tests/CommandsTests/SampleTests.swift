import Foundation
import TestSupport
import Testing

/// `reports/sample/` shows what the program writes today: whoever changes a report sees it in the difference.
@Suite(.timeLimit(.minutes(2)))
struct SampleTests {
  private static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  @Test func theSampleReportsAreThoseOfToday() async throws {
    let folder = try TemporaryFolder()
    let script = Self.repository.appending(path: "scripts/sample")
    let result = try await Program(script).run([Program.tokenreeve.executable.path, folder.path("made")], in: folder)
    try #require(result.status == 0, "\(result.errors)")
    let shown = Self.repository.appending(path: "reports/sample")
    let names = try FileManager.default.contentsOfDirectory(atPath: shown.path).sorted()
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("made")).sorted() == names)
    for name in names {
      let made = try Data(contentsOf: folder.url.appending(path: "made/\(name)"))
      let sample = try Data(contentsOf: shown.appending(path: name))
      #expect(made == sample, "\(name) differs: `make sample` writes it anew")
    }
  }
}
