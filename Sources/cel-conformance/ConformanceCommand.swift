import ArgumentParser
import CELConformance
import Foundation

/// Runs the standard's conformance cases against `CEL`.
@main
struct ConformanceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cel-conformance", abstract: "Run the conformance cases of the Common Expression Language.")

  @Argument(help: "A folder of cases in JSON.", completion: .directory)
  var folder: String

  @Flag(help: "Print the results as JSON.")
  var json = false

  func run() throws {
    let results = try ConformanceResult.files(in: URL(filePath: folder)).map { try ConformanceResult(file: $0) }
    print(json ? try encoded(results) : text(results))
    let passed = results.reduce(0) { $0 + $1.passed }
    if passed == 0 || results.contains(where: { !$0.failed.isEmpty }) { throw ExitCode(1) }
  }

  private func encoded(_ results: [ConformanceResult]) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(results), as: UTF8.self)
  }

  private func text(_ results: [ConformanceResult]) -> String {
    var lines: [String] = []
    for result in results {
      lines.append("\(result.file): \(counts([result]))")
      for (label, problems) in [("failed", result.failed), ("skipped", result.skipped)] {
        lines += problems.map { "  \(label) \($0.test): \($0.expression)\n    \($0.reason)" }
      }
    }
    return (lines + ["total: \(counts(results))"]).joined(separator: "\n")
  }

  private func counts(_ results: [ConformanceResult]) -> String {
    let failed = results.reduce(0) { $0 + $1.failed.count }
    let skipped = results.reduce(0) { $0 + $1.skipped.count }
    return "\(results.reduce(0) { $0 + $1.passed }) passed, \(failed) failed, \(skipped) skipped"
  }
}
