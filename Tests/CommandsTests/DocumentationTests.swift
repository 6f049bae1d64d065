import Foundation
import TestSupport
import Testing

/// The commands that the documents show, run as a reader would.
@Suite(.timeLimit(.minutes(3)))
struct DocumentationTests {
  private static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private let folder: TemporaryFolder
  private let readme: String

  init() throws {
    folder = try TemporaryFolder()
    readme = try String(contentsOf: Self.repository.appending(path: "README.md"), encoding: .utf8)
  }

  /// Every command line that starts `tokenreeve` in a block, whatever is around it in a shell script, a workflow or a
  /// crontab.
  private func commands(in block: FencedBlock) -> [String] {
    block.lines.compactMap { line in
      guard ["sh", "yaml", "cron"].contains(block.language), !line.contains("# "),
        let match = line.firstMatch(of: /(?:^|- |\s\s)(tokenreeve .*)$/)
      else { return nil }
      return String(match.output.1)
    }
  }

  /// Files that a block shows in full: its first line is a comment with the file's name. Gives their names.
  @discardableResult
  private func writeFiles(of text: String? = nil) throws -> [String] {
    try FencedBlock.all(in: text ?? readme).compactMap { block in
      guard let name = block.fileName else { return nil }
      try folder.write(block.text, to: name)
      return name
    }
  }

  /// A `tokenreeve` on the PATH that asks the sandbox where the real one would ask Atlassian.
  private func shim(_ url: String) throws -> String {
    let path = try folder.write(
      """
      #!/bin/sh
      case "$*" in
        *--sandbox*|*--snapshot*|policy*|rules*|scopes*|diff*) exec '\(Program.tokenreeve.executable.path)' "$@" ;;
        *) exec '\(Program.tokenreeve.executable.path)' "$@" --api-base \(url) ;;
      esac

      """, to: "bin/tokenreeve")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    return folder.path("bin")
  }

  @Test func everyCommandOfTheReadmeDoesWhatItSays() async throws {
    let sandbox = try await ServedSandbox()
    try writeFiles()
    var environment = try sandbox.environment()
    environment["PATH"] = "\(try shim(sandbox.url)):/usr/bin:/bin"
    environment["HOME"] = folder.url.path
    let commands = FencedBlock.all(in: readme).flatMap { self.commands(in: $0) }
    #expect(commands.count >= 7, "\(commands)")
    for command in commands {
      let result = try await Program(URL(filePath: "/bin/bash")).run(
        ["-c", command], environment: environment, in: folder)
      // Findings are what the sandbox organization has; a check finds nothing wrong.
      let expected: Int32 = command.hasPrefix("tokenreeve policy") ? 0 : 1
      #expect(result.status == expected, "\(command)\n\(result.errors)")
    }
    for name in ["test-results/tokenreeve.xml", "tokenreeve.md", "tokenreeve.xml", "tokens.jsonl", "tokens.md"] {
      #expect(folder.exists(name), "\(name)")
    }
  }

  @Test func theWaiversOfTheReadmeAreValid() async throws {
    try writeFiles()
    let result = try await Program.tokenreeve.run(
      ["policy", "check", "policy.yaml", "--waivers", "waivers.yaml", "--at", "2026-12-01"], in: folder)
    #expect(result.status == 0, "\(result.errors)")
  }

  @Test func theWaiversOfTheirPageAreValid() async throws {
    let page = try String(contentsOf: Self.repository.appending(path: "docs/waivers.md"), encoding: .utf8)
    #expect(try writeFiles(of: page) == ["accepted.yaml"])
    let result = try await Program.tokenreeve.run(
      ["policy", "check", "baseline", "--waivers", "accepted.yaml", "--at", "2026-12-01"], in: folder)
    #expect(result.status == 0, "\(result.errors)")
    // Nothing doubtful either.
    #expect(result.errors == "tokenreeve: the policy `baseline` is valid: 22 rules, 5 waivers\n")
  }

  /// The commands of the page on baselines, in their order; each line says itself how it ends.
  @Test func everyCommandOfThePageOnBaselinesDoesWhatItSays() async throws {
    let page = try String(contentsOf: Self.repository.appending(path: "docs/baselines.md"), encoding: .utf8)
    let environment = ["PATH": "\(try shim("http://127.0.0.1:9")):/usr/bin:/bin", "HOME": folder.url.path]
    let lines = FencedBlock.all(in: page).filter { $0.language == "sh" }.flatMap(\.lines).filter { !$0.hasPrefix("#") }
    #expect(lines.count == 5, "\(lines)")
    for line in lines {
      let result = try await Program(URL(filePath: "/bin/bash")).run(
        ["-c", line], environment: environment, in: folder)
      #expect(result.status == 0, "\(line)\n\(result.output)\(result.errors)")
    }
  }

  @Test func thePictureIsWhatTheDemonstrationPrints() async throws {
    let picture = try #require(FencedBlock.all(in: readme).first { $0.language == "text" })
    let result = try await Program.tokenreeve.run(["audit", "--sandbox", "--report", "text"], in: folder)
    let printed = result.output.components(separatedBy: "\n")
    for line in picture.lines where line != "…" {
      #expect(printed.contains(line), "\(line)")
    }
  }

  @Test func theRulesOfTheGuideAreValidAndTheirExamplesHold() async throws {
    let guide = try String(
      contentsOf: Self.repository.appending(path: "docs/writing-rules.md"), encoding: .utf8)
    let files = try writeFiles(of: guide)
    #expect(files == ["first.yaml", "absent.yaml", "lists.yaml", "measured.yaml"])
    for file in files {
      for command in ["check", "test"] {
        let result = try await Program.tokenreeve.run(["policy", command, file], in: folder)
        #expect(result.status == 0, "\(command) \(file)\n\(result.output)\(result.errors)")
      }
    }
  }

  @Test func thePoliciesOfTheirPageAreValid() async throws {
    let page = try String(contentsOf: Self.repository.appending(path: "docs/policies.md"), encoding: .utf8)
    let files = try writeFiles(of: page)
    #expect(files == ["team.yaml", "scoped.yaml", "scoped.test.yaml"])
    let tests = try await Program.tokenreeve.run(["policy", "test", "scoped.yaml", "scoped.test.yaml"], in: folder)
    #expect(tests.status == 0 && tests.output.contains(", 2 tests, 0 failed"), "\(tests.output)\(tests.errors)")
    for file in files.prefix(2) {
      for command in ["check", "show", "test"] {
        let result = try await Program.tokenreeve.run(["policy", command, file], in: folder)
        #expect(result.status == 0, "\(command) \(file)\n\(result.errors)")
      }
      let audit = try await Program.tokenreeve.run(["audit", "--sandbox", "--policy", file], in: folder)
      #expect(audit.status == 1, "\(file)\n\(audit.errors)")
    }
  }

  /// A link of a document leads to a file that is there.
  @Test(arguments: [
    "README.md", "CONTRIBUTING.md", "docs/baselines.md", "docs/cel.md", "docs/explaining.md", "docs/facts.md",
    "docs/impact.md", "docs/policies.md", "docs/reports.md", "docs/tutorial.md", "docs/waivers.md",
    "docs/writing-rules.md",
  ])
  func linksLeadSomewhere(name: String) throws {
    let document = Self.repository.appending(path: name)
    let text = try String(contentsOf: document, encoding: .utf8)
    for match in text.matches(of: /\]\(([^)#:]+)\)/) {
      let target = document.deletingLastPathComponent().appending(path: String(match.output.1))
      #expect(FileManager.default.fileExists(atPath: target.path), "\(match.output.1)")
    }
  }
}
