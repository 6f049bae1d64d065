import Foundation
import TestSupport
import Testing

/// `collect --resume`, by running the program.
@Suite(.timeLimit(.minutes(10)))
struct ResumeTests {
  private let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func collect(
    _ sandbox: ServedSandbox, _ name: String, _ arguments: [String] = []
  ) async throws -> Program.Result {
    try await Program.tokenreeve.run(
      ["collect", "--output", name, "--api-base", sandbox.url] + arguments, environment: try sandbox.environment(),
      in: folder)
  }

  /// A snapshot without its header, which names the time.
  private func content(_ name: String) throws -> [Substring] {
    Array(try folder.text(name).split(separator: "\n").dropFirst())
  }

  @Test func killedAtAnyMomentItGoesOnAsIfNothingHadHappened() async throws {
    let sandbox = try await ServedSandbox(["--tokens", "300", "--page-size", "10", "--latency", "3"])
    #expect(try await collect(sandbox, "whole").status == 0)
    let undisturbed = try content("whole")
    let size = try folder.text("whole").utf8.count
    var resumed = 0
    for _ in 0..<100 {
      let running = try Program.tokenreeve.start(
        ["collect", "--output", "cut", "--api-base", sandbox.url], environment: try sandbox.environment(), in: folder)
      try await waitUntilWritten(Int.random(in: 0..<size))
      running.signal(SIGKILL)
      _ = try await running.end()
      if folder.exists("cut.partial") { resumed += 1 }
      // Killed before it began, or after its end, there is nothing to resume, and it begins anew.
      let result = try await collect(sandbox, "cut", ["--resume"])
      #expect(result.status == 0, "\(result.errors)")
      #expect(try content("cut") == undisturbed)
      try FileManager.default.removeItem(atPath: folder.path("cut"))
      #expect(!folder.exists("cut.partial"))
    }
    #expect(resumed > 20, "most kills have to come while it collects")
  }

  /// A kill between creating the file and writing to it.
  @Test func anEmptyPartialFileIsNothingToResume() async throws {
    let sandbox = try await ServedSandbox()
    try folder.write("", to: "cut.partial")
    let result = try await collect(sandbox, "cut", ["--resume"])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("nothing to resume"))
    #expect(folder.exists("cut") && !folder.exists("cut.partial"))
  }

  /// Returns when the partial file has so many bytes, or is gone again, and after some seconds.
  private func waitUntilWritten(_ size: Int) async throws {
    var written = -1
    for _ in 0..<1000 {
      let now = (try? FileManager.default.attributesOfItem(atPath: folder.path("cut.partial")))?[.size] as? Int
      if let now, now >= size { return }
      if now == nil, written >= 0 { return }
      written = now ?? written
      try await Task.sleep(for: .milliseconds(1))
    }
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func interruptedItLeavesWhatCanBeResumed(signal: Int32) async throws {
    let sandbox = try await ServedSandbox(["--tokens", "300", "--page-size", "10", "--latency", "50"])
    let running = try Program.tokenreeve.start(
      ["collect", "--verbose", "--output", "cut", "--api-base", sandbox.url], environment: try sandbox.environment(),
      in: folder)
    // The answer of a third page means that the first is recorded.
    while try running.errors().components(separatedBy: "/api-tokens -> 200").count <= 3 {
      try await Task.sleep(for: .milliseconds(20))
    }
    running.signal(signal)
    let ended = try await running.end()
    #expect(ended.status == 128 + signal)
    #expect(folder.exists("cut.partial") && !folder.exists("cut"))
    #expect(try await collect(sandbox, "cut", ["--resume"]).status == 0)
    #expect(try await collect(sandbox, "whole").status == 0)
    #expect(try content("cut") == content("whole"))
  }

  @Test func aKeyThatExpiresLeavesWhatAnotherKeyResumes() async throws {
    let options = ["--tokens", "100", "--page-size", "20", "--at", "2026-06-01"]
    let failing = try await ServedSandbox(options + ["--fault", "key-expires-midway"])
    let result = try await collect(failing, "cut")
    #expect(result.status == 3)
    #expect(result.errors.contains("--resume") && result.errors.contains("after 20 records"))
    #expect(!folder.exists("cut"), "an incomplete snapshot is none")
    let audit = try await Program.tokenreeve.run(["audit", "--snapshot", "cut.partial"], in: folder)
    #expect(audit.status == 3)
    #expect(audit.errors.contains("incomplete"))
    // Another host is another source, although the organization is the same.
    let well = try await ServedSandbox(options)
    let elsewhere = try await collect(well, "cut", ["--resume"])
    #expect(elsewhere.status == 2)
    #expect(elsewhere.errors.contains(failing.url))
  }

  @Test func whatIsThereOfAnInterruptedCollectionNeverPasses() async throws {
    let sandbox = try await ServedSandbox([
      "--profile", "in-order", "--tokens", "100", "--fault", "key-expires-midway",
    ])
    #expect(try await collect(sandbox, "cut").status == 3)
    let audit = try await Program.tokenreeve.run(
      ["audit", "--snapshot", "cut.partial", "--allow-partial", "--report", "text"], in: folder)
    #expect(audit.status == 3)
    #expect(audit.output.lowercased().hasPrefix("inconclusive"))
  }

  @Test func anOlderSnapshotStaysUntilTheNewOneIsWhole() async throws {
    try folder.write("yesterday's", to: "cut")
    let sandbox = try await ServedSandbox(["--tokens", "100", "--fault", "key-expires-midway"])
    #expect(try await collect(sandbox, "cut").status == 3)
    #expect(try folder.text("cut") == "yesterday's")
  }

  @Test func whatIsNothingToResumeIsSaid() async throws {
    let sandbox = try await ServedSandbox(["--tokens", "20"])
    let begun = try await collect(sandbox, "new", ["--resume"])
    #expect(begun.status == 0)
    #expect(begun.errors.contains("nothing to resume"))
    try folder.write("{\"kind\":\"something else\"}\n", to: "other.partial")
    let refused = try await collect(sandbox, "other", ["--resume"])
    #expect(refused.status == 2)
    #expect(refused.errors.contains("other.partial"))
    #expect(try folder.text("other.partial").contains("something else"), "what is not ours stays as it is")
  }

  @Test func aRefusedKeyLeavesNothing() async throws {
    let sandbox = try await ServedSandbox()
    var environment = try sandbox.environment()
    environment["ATLASSIAN_ADMIN_API_KEY"] = "wrong"
    let result = try await Program.tokenreeve.run(
      ["collect", "--output", "cut", "--api-base", sandbox.url], environment: environment, in: folder)
    #expect(result.status == 3)
    #expect(!folder.exists("cut") && !folder.exists("cut.partial"))
  }
}
