package import Audit
package import Files

/// The formats in which `diff` writes, by the names that its `--report` takes.
package enum DifferenceFormat: String, CaseIterable, Sendable {
  case text, markdown, json

  /// Writes what differs, piece by piece; throws what the writer throws.
  package func write(
    _ difference: Difference, _ options: ReportOptions, to writer: inout some ByteWriter & ~Copyable
  ) throws {
    switch self {
    case .text: for line in DifferenceText(difference, options).lines { try writer.write(line + "\n") }
    case .markdown: for line in DifferenceMarkdown(difference).section.lines { try writer.write(line + "\n") }
    case .json: try DifferenceJSON.write(difference, to: &writer)
    }
  }
}

/// What differs between two files of one kind.
package enum Difference: Sendable {
  case reports(ReportDifference)
  case snapshots(SnapshotDifference)
}
