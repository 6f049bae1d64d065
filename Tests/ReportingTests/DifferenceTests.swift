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
    let text = try text(DifferenceSamples.reports(), .text)
    let expected = """
      Two reports: 1 new, 1 resolved, 1 changed, 0 unchanged, 1 not known
        organization org-1
        as of 2026-06-01 00:00:00 UTC, policy baseline: fail
        as of 2026-06-01 00:00:00 UTC, policy baseline: fail

        New
          high token-a, api-token appeared text "text" of text
            text found

        Changed
          high token-a, api-token changed text "text" of text
            disposition: from open to waived

        Resolved
          high token-a, api-token resolved text "text" of text
            text found

        Not known
          low key-b, api-token gone text "text" of text
            not found now, and the second report can't tell whether it is gone: its rule was not evaluable on 7 \
      resources, of which this may be one: not reported text

      """
    #expect(text == expected, "\(text)")
  }

  @Test func snapshotsInText() throws {
    let text = try text(DifferenceSamples.snapshots(), .text)
    let expected = """
      Two snapshots of organization org-1
        collected 2026-06-01 00:00:00 UTC and 2026-06-01 00:00:00 UTC

      API tokens: 1 appeared, 0 vanished, 1 changed, 0 unchanged, 1 not known
        note: the list is not complete in the second snapshot, so nothing is known to have vanished: HTTP 500

        Appeared
          api-token 3 text "text" of text

        Changed
          api-token 2 text "text now" of text
            scopes gained: b text
            expiresAt extended: from 2026-09-01T00:00:00Z to 2027-01-01T00:00:00Z
            label changed: from text to text now

        In the first snapshot only
          api-token 1 text "text" of text

      API keys: 0 appeared, 0 vanished, 0 changed, 0 unchanged

      policies: 0 appeared, 0 vanished, 0 changed, 0 unchanged

      """
    #expect(text == expected, "\(text)")
  }

  @Test func markdownHasTheSameRows() throws {
    let reports = MarkdownTables(try text(DifferenceSamples.reports(), .markdown)).rows.filter { $0.count == 6 }
    #expect(reports.map { $0[2].code } == [["appeared text"], ["changed text"], ["resolved text"], ["gone text"]])
    let snapshots = MarkdownTables(try text(DifferenceSamples.snapshots(), .markdown)).rows
    #expect(snapshots.map { $0[0].code } == [["3 text"], ["2 text"], ["1 text"]])
    #expect(snapshots[1][3].code.contains("b text"))
  }

  @Test(arguments: DifferenceFormat.allCases) func theSameDifferenceGivesTheSameBytes(format: DifferenceFormat) throws {
    for _ in 0..<3 {
      #expect(
        try DifferenceSamples.all().map { try text($0, format) } == DifferenceSamples.all().map { try text($0, format) }
      )
    }
  }
}
