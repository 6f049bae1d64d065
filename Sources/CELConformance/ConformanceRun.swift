package import Foundation

/// The results of the cases of one file.
package struct ConformanceResult: Sendable, Encodable {
  package struct Problem: Sendable, Encodable {
    package let test: String
    package let expression: String
    /// What went wrong, or why the case was skipped.
    package let reason: String
  }

  package let file: String
  package private(set) var passed = 0
  package private(set) var failed: [Problem] = []
  package private(set) var skipped: [Problem] = []

  /// Runs the cases of a file in JSON.
  package init(file: URL) throws {
    self.file = file.lastPathComponent
    for test in ConformanceCase.cases(in: try JSON(parsing: Data(contentsOf: file))) {
      switch test.run() {
      case .passed: passed += 1
      case .failed(let reason): failed.append(problem(test, reason))
      case .skipped(let reason): skipped.append(problem(test, reason))
      }
    }
  }

  private func problem(_ test: ConformanceCase, _ reason: String) -> Problem {
    Problem(test: test.name, expression: test.expression, reason: reason)
  }

  /// The JSON files of a folder, by name.
  package static func files(in folder: URL) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "json" }.sorted { $0.lastPathComponent < $1.lastPathComponent }
  }
}
