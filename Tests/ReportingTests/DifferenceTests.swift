import Audit
import Files
import Foundation
import Reporting
import Testing

/// Differences as they are written.
struct DifferenceTests {
  private func text(_ difference: Difference, _ format: DifferenceFormat) throws -> String {
    var writer = MemoryWriter()
    try format.write(difference, ReportOptions(width: 200), to: &writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  @Test func reportsInText() throws {
    #expect(
      try text(DifferenceSamples.reports(), .text) == """
        Two reports: 1 new, 0 resolved, 1 changed, 0 unchanged, 2 not known
          organization org-1
        """)
  }

  @Test func snapshotsInText() throws {
    #expect(try text(DifferenceSamples.snapshots(), .text) == "")
  }

  @Test(arguments: DifferenceFormat.allCases) func theSameDifferenceGivesTheSameBytes(format: DifferenceFormat) throws {
    for _ in 0..<3 {
      #expect(
        try DifferenceSamples.all().map { try text($0, format) } == DifferenceSamples.all().map { try text($0, format) }
      )
    }
  }
}
