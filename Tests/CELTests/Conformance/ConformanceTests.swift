import CELConformance
import Foundation
import TestSupport
import Testing

/// The standard's own cases.
@Suite(.enabled(if: SharedMaterial.isPresent, Comment(rawValue: SharedMaterial.skipReason)))
struct ConformanceTests {
  @Test(arguments: (try? ConformanceResult.files(in: SharedMaterial.file("cel/conformance"))) ?? [])
  func casesPass(file: URL) throws {
    let result = try ConformanceResult(file: file)
    #expect(result.passed > 0)
    for problem in result.failed + result.skipped {
      Issue.record("\(problem.test): \(problem.expression): \(problem.reason)")
    }
  }

  @Test func thereAreCases() throws {
    let files = try ConformanceResult.files(in: SharedMaterial.file("cel/conformance"))
    #expect(files.count == 21)
  }
}
