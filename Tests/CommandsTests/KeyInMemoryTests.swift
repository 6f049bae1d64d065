#if os(Linux)
  import Foundation
  import TestSupport
  import Testing

  /// What a look into the program's memory shows of the key.
  @Suite(.timeLimit(.minutes(3)))
  struct KeyInMemoryTests {
    private let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    /// How often the text occurs in the memory that a process can write to; nil when the system refuses the look.
    private func occurrences(of text: String, inMemoryOf process: Int32) throws -> Int? {
      guard let memory = FileHandle(forReadingAtPath: "/proc/\(process)/mem"),
        let maps = try? String(contentsOfFile: "/proc/\(process)/maps", encoding: .utf8)
      else { return nil }
      var count = 0
      for line in maps.split(separator: "\n") {
        let words = line.split(separator: " ")
        let bounds = words[0].split(separator: "-").compactMap { UInt64($0, radix: 16) }
        // The program's own file has the sandbox's key as a constant.
        guard words[1].hasPrefix("rw"), bounds.count == 2, !line.hasSuffix("/tokenreeve") else { continue }
        // Some of it is only reserved and can't be read.
        guard (try? memory.seek(toOffset: bounds[0])) != nil,
          let bytes = try? memory.read(upToCount: Int(bounds[1] - bounds[0]))
        else { continue }
        var rest = bytes[...]
        while let range = rest.firstRange(of: Data(text.utf8)) {
          count += 1
          rest = rest[range.upperBound...]
        }
      }
      return count
    }

    private func start(_ sandbox: ServedSandbox) throws -> (RunningProgram, key: String) {
      let environment = try sandbox.environment()
      let program = try Program.tokenreeve.start(
        ["audit", "--verbose", "--api-base", sandbox.url, "--report", "text"], environment: environment, in: folder)
      return (program, try #require(environment["ATLASSIAN_ADMIN_API_KEY"]))
    }

    @Test func itIsGoneAfterTheCollection() async throws {
      let sandbox = try await ServedSandbox(["--tokens", "20000"])
      let (program, key) = try start(sandbox)
      // It stays in use until all lists have been read; judging 20,000 tokens takes longer than this look.
      for list in ["API tokens: ", "API keys: ", "policies: "] { _ = try await program.line(containing: list) }
      try await Task.sleep(for: .milliseconds(100))
      program.signal(SIGSTOP)
      let count = try occurrences(of: key, inMemoryOf: program.processIdentifier)
      #expect(count == nil || count == 0)
      program.signal(SIGCONT)
      #expect(try await program.end().status == 1, "it had not ended before")
      _ = try await sandbox.end()
    }

    /// Shows that the look above would have seen it.
    @Test func itIsThereWhileItIsUsed() async throws {
      let sandbox = try await ServedSandbox(["--latency", "2000"])
      let (program, key) = try start(sandbox)
      _ = try await program.line(containing: "GET ")
      program.signal(SIGSTOP)
      let count = try occurrences(of: key, inMemoryOf: program.processIdentifier)
      #expect(count == nil || count ?? 0 > 0)
      program.signal(SIGCONT)
      _ = try await program.end()
      _ = try await sandbox.end()
    }

    @Test func aCrashLeavesNoCore() async throws {
      let sandbox = try await ServedSandbox(["--latency", "2000"])
      let environment = try sandbox.environment().merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
      func crash(_ command: String, until sign: String) async throws {
        let running = try Program(URL(filePath: "/bin/sh")).start(
          ["-c", "ulimit -c unlimited; exec \(command)"], environment: environment, in: folder)
        _ = try await running.line(containing: sign)
        // Not SIGABRT: that is blocked in what a dispatch thread starts.
        running.signal(SIGSEGV)
        let ended = try await running.end()
        #expect(ended.status == 128 + SIGSEGV, "\(ended)")
      }
      func cores() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.url.path).filter { $0.hasPrefix("core") }
      }
      try await crash("sh -c 'echo ready; exec sleep 60'", until: "ready")
      // Where the system keeps no cores in the working folder, there is nothing to compare with.
      let control = try cores()
      for core in control { try FileManager.default.removeItem(atPath: folder.path(core)) }
      let program = Program.tokenreeve.executable.path
      try await crash("'\(program)' audit --verbose --api-base \(sandbox.url) --report text", until: "GET ")
      #expect(try cores().isEmpty, "the control left \(control)")
      _ = try await sandbox.end()
    }
  }
#endif
