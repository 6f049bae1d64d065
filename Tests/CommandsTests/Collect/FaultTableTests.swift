import Foundation
import TestSupport
import Testing

/// Every row of the table of faults in `docs/collection.md`, by running the program.
@Suite(.timeLimit(.minutes(5)))
struct FaultTableTests {
  private let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  /// A row of the table.
  struct Row: Sendable, CustomTestStringConvertible {
    let fault: String
    let isAskedAgain: Bool
    /// The state and a part of the reason, by list; lists that are not named are complete.
    let gaps: [String: (state: String, reason: String)]
    let verdict: String
    let exitCode: Int32

    var testDescription: String { fault }

    init?(line: Substring) {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 5, cells[0].hasPrefix("`"), let exitCode = Int32(cells[4]) else { return nil }
      fault = cells[0].trimmingCharacters(in: ["`"])
      isAskedAgain = cells[1] == "yes"
      verdict = cells[3]
      self.exitCode = exitCode
      var gaps: [String: (state: String, reason: String)] = [:]
      for part in cells[2].split(separator: ", ") where part != "all complete" {
        let words = part.split(separator: " ", maxSplits: 2).map(String.init)
        for list in words[0] == "all" ? Row.lists : [words[0]] {
          gaps[list] = (words[1].trimmingCharacters(in: [":"]), words[2])
        }
      }
      self.gaps = gaps
    }

    static let lists = ["api-tokens", "api-keys", "policies"]
  }

  static let rows: [Row] = {
    let document = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/collection.md")
    return ((try? String(contentsOf: document, encoding: .utf8)) ?? "").split(separator: "\n").compactMap(Row.init)
  }()

  private struct Report: Decodable {
    struct Verdict: Decodable { let state: String }
    struct Coverage: Decodable {
      let list: String
      let state: String
      let reason: String?
    }
    let coverage: [Coverage]
  }

  @Test(arguments: rows)
  func aFaultGivesWhatTheTableSays(row: Row) async throws {
    let sandbox = try await ServedSandbox(["--profile", "in-order", "--tokens", "100", "--fault", row.fault])
    let environment = try sandbox.environment()
    let result = try await Program.tokenreeve.run(
      ["audit", "--verbose", "--api-base", sandbox.url, "--report", "json=report.json", "--report", "text"],
      environment: environment, in: folder)
    #expect(result.status == row.exitCode, "\(result.errors)\(result.output)")
    #expect(result.output.lowercased().hasPrefix(row.verdict), "\(result.output)")
    #expect(result.errors.contains("attempt 2") == row.isAskedAgain, "\(result.errors)")
    let report = try JSONDecoder().decode(Report.self, from: Data(folder.text("report.json").utf8))
    for list in Row.lists {
      let coverage = try #require(report.coverage.first { $0.list == list })
      #expect(coverage.state == row.gaps[list]?.state ?? "complete", "\(list): \(coverage)")
      #expect(coverage.reason?.contains(row.gaps[list]?.reason ?? "") != false, "\(list): \(coverage)")
    }
    // The server has learnt the key from its requests alone, and nothing repeats it.
    let bearer = "Bearer " + (environment["ATLASSIAN_ADMIN_API_KEY"] ?? "")
    #expect(!(result.errors + result.output).contains(bearer))
    // Where links and redirects point, nothing arrived.
    let ended = try await sandbox.end()
    #expect(!ended.errors.contains("was followed"), "\(ended.errors)")
    #expect(ended.status == 128 + SIGTERM)
  }

  @Test func theTableHasEveryFault() async throws {
    let help = try await Program.tokenreeve.run(["sandbox", "--help"], in: folder)
    let list = try #require(help.output.split(separator: "Faults, for drills:").last?.split(separator: "USAGE:").first)
    let names = list.split(separator: "\n").compactMap { $0.split(separator: " ").first.map(String.init) }
    #expect(names == Self.rows.map(\.fault))
    #expect(names.count > 30)
  }

  @Test func faultsCanBeCombined() async throws {
    let sandbox = try await ServedSandbox([
      "--profile", "in-order", "--tokens", "60", "--page-size", "20", "--fault", "server-error", "--fault", "truncate",
      "--fault", "bad-json", "--fault", "duplicate-page", "--fault", "foreign-next",
    ])
    let result = try await Program.tokenreeve.run(
      ["audit", "--api-base", sandbox.url, "--report", "text"], environment: try sandbox.environment(), in: folder)
    #expect(result.status == 0, "\(result.errors)\(result.output)")
  }
}
