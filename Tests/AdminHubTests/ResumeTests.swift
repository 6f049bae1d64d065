import AdminHub
import AdminHubSandbox
import Foundation
import Inventory
import TestSupport
import Testing

@Suite("Resuming an interrupted collection")
struct ResumeTests {
  private let folder: TemporaryFolder
  private var collecting: Collecting
  init() throws {
    folder = try TemporaryFolder()
    var collecting = Collecting()
    collecting.organization = SandboxOrganization(seed: 2, tokens: 60, at: collecting.organization.at)
    collecting.maximumPageSize = 7
    self.collecting = collecting
  }

  private func record(_ name: String) async throws -> String {
    let recorder = SnapshotRecorder(try PartialSnapshot(path: folder.path(name), header: collecting.header))
    let outcome = try await collecting.run(into: recorder)
    try await recorder.finish(coverage: outcome.result.coverage)
    return try folder.text(name)
  }

  /// A collection that something ends; what it leaves in `NAME.partial` is nobody's when this returns.
  private func interrupt<Value>(_ name: String, _ body: (SnapshotRecorder) async throws -> Value) async throws -> Value
  {
    try await body(SnapshotRecorder(try PartialSnapshot(path: folder.path(name), header: collecting.header)))
  }

  /// Goes on with what is in `NAME.partial`, and returns the snapshot.
  private func resume(_ name: String) async throws -> String {
    let recorder = SnapshotRecorder(
      try PartialSnapshot(resuming: folder.path(name), organizationID: collecting.organization.id, apiBase: nil))
    let outcome = try await collecting.run(into: recorder, resuming: try await recorder.resumptions())
    try await recorder.finish(coverage: outcome.result.coverage)
    return try folder.text(name)
  }

  /// Fails after some pages, as a process that ends does.
  private actor EndingSink: CollectionSink {
    let recorder: SnapshotRecorder
    var pages: Int
    /// The list whose pages count; nil for those of all lists.
    let list: CollectedList?
    struct Ended: Error {}

    init(_ recorder: SnapshotRecorder, after pages: Int, of list: CollectedList? = nil) {
      self.recorder = recorder
      self.pages = pages
      self.list = list
    }

    func receive(_ page: Page, records: [Page.Record], progress: ListProgress, isFirst: Bool) async throws {
      if list == nil || list == page.list {
        guard pages > 0 else { throw Ended() }
        pages -= 1
      }
      try await recorder.receive(page, records: records, progress: progress, isFirst: isFirst)
    }
  }

  @Test("After any number of pages, the result is that of an undisturbed collection", arguments: 0...15)
  func afterPages(pages: Int) async throws {
    let undisturbed = try await record("whole")
    await #expect(throws: EndingSink.Ended.self) {
      try await interrupt("cut") { _ = try await collecting.run(into: EndingSink($0, after: pages)) }
    }
    #expect(try await resume("cut") == undisturbed)
    #expect(!folder.exists("cut.partial"))
  }

  @Test("So it is when every optional list was asked for", arguments: [0, 3, 9, 12, 15, 18, 20, 21, 22, 23, 24, 25])
  func afterPagesOfEveryList(pages: Int) async throws {
    var tests = self
    tests.collecting.included = Set(CollectedList.optional)
    tests.collecting.key = .serviceAccounts
    let undisturbed = try await tests.record("whole")
    try? await tests.interrupt("cut") { _ = try await tests.collecting.run(into: EndingSink($0, after: pages)) }
    #expect(try await tests.resume("cut") == undisturbed)
    #expect(CollectedList.optional.allSatisfy { undisturbed.contains(#"{"kind":"\#($0.recordKind)","record":"#) })
  }

  @Test("Cut at any byte, the result is that of an undisturbed collection")
  func atAnyByte() async throws {
    let undisturbed = try await record("whole")
    try await interrupt("kept") { _ = try await collecting.run(into: $0) }
    let bytes = Array(try folder.text("kept.partial").utf8)
    let firstLine = try #require(bytes.firstIndex(of: 0x0A))
    var random = SystemRandomNumberGenerator()
    for _ in 0..<40 {
      let length = Int.random(in: (firstLine + 1)...bytes.count, using: &random)
      try Data(bytes[..<length]).write(to: folder.url.appending(path: "cut.partial"))
      #expect(try await resume("cut") == undisturbed, "cut after \(length) of \(bytes.count) bytes")
    }
  }

  @Test("What had been read is not asked for again")
  func asksForTheRest() async throws {
    try? await interrupt("cut") { _ = try await collecting.run(into: EndingSink($0, after: 6)) }
    let resumed = SnapshotRecorder(
      try PartialSnapshot(resuming: folder.path("cut"), organizationID: collecting.organization.id, apiBase: nil))
    let resumptions = try await resumed.resumptions()
    let outcome = try await collecting.run(into: resumed, resuming: resumptions)
    let pages = CollectedList.always.map { (collecting.organization.count(of: $0) + 6) / 7 }
    #expect(outcome.requests.count { !$0.path.hasSuffix("/count") } == pages.reduce(0, +) - 6)
  }

  @Test("A failure of the server in the middle leaves what can be resumed")
  func afterOutage() async throws {
    let undisturbed = try await record("whole")
    var failing = collecting
    failing.faults = [.outage]
    // Small pages are the fault's own; what is resumed keeps the server's.
    let outcome = try await interrupt("cut") { try await failing.run(into: $0) }
    #expect(outcome.result.interrupted == [.apiTokens, .apiKeys, .policies])
    #expect(try await resume("cut") == undisturbed)
  }

  @Test("A cancelled collection can be resumed")
  func cancelled() async throws {
    let undisturbed = try await record("whole")
    let (events, event) = AsyncStream.makeStream(of: CollectionEvent.self)
    let running = Task {
      defer { event.finish() }
      return try await interrupt("cut") { try await collecting.run(into: $0) { event.yield($0) }.result }
    }
    for await case .page(.apiTokens, let records, _) in events where records >= 21 { running.cancel() }
    let result = try await running.value
    #expect(result.interrupted.contains(.apiTokens))
    #expect(result.coverage[.apiTokens]?.reason == "the collection was interrupted")
    #expect(try await resume("cut") == undisturbed)
  }

  /// The sandbox refuses a cursor beyond the end of its list, as the APIs refuse one that they have forgotten.
  @Test("A list whose cursor the API no longer knows is read from its beginning, and nothing of before is left")
  func forgottenCursor() async throws {
    try? await interrupt("cut") { _ = try await collecting.run(into: EndingSink($0, after: 8, of: .apiTokens)) }
    var shrunk = self
    shrunk.collecting.organization = SandboxOrganization(seed: 2, tokens: 50, at: collecting.organization.at)
    #expect(shrunk.collecting.organization.id == collecting.organization.id)
    let undisturbed = try await shrunk.record("whole")
    let recorder = SnapshotRecorder(
      try PartialSnapshot(resuming: folder.path("cut"), organizationID: collecting.organization.id, apiBase: nil))
    let outcome = try await shrunk.collecting.run(into: recorder, resuming: try await recorder.resumptions())
    let restarted = outcome.events.compactMap { event -> CollectedList? in
      guard case .restarted(let list, let reason) = event else { return nil }
      #expect(reason.contains("HTTP 400"))
      return list
    }
    #expect(restarted == [.apiTokens])
    let coverage = try outcome.coverage(.apiTokens)
    #expect(coverage == Coverage(state: .complete(verified: true), records: 50, countBefore: 50, countAfter: 50))
    try await recorder.finish(coverage: outcome.result.coverage)
    func tokens(_ text: String) -> [Substring] { text.split(separator: "\n").filter { $0.contains("api-token\"") } }
    #expect(tokens(try folder.text("cut")) == tokens(undisturbed))
    #expect(tokens(undisturbed).count == 50)
  }

  @Test("Where the beginning of the list does not come either, what was read stays to be resumed")
  func refusedFromTheBeginning() async throws {
    let undisturbed = try await record("whole")
    try? await interrupt("cut") { _ = try await collecting.run(into: EndingSink($0, after: 1, of: .policies)) }
    func resumeFailing() async throws -> Collecting.Outcome {
      var failing = collecting
      failing.faults = [.emptyNotFound]
      let recorder = SnapshotRecorder(
        try PartialSnapshot(resuming: folder.path("cut"), organizationID: collecting.organization.id, apiBase: nil))
      return try await failing.run(into: recorder, resuming: try await recorder.resumptions())
    }
    let outcome = try await resumeFailing()
    #expect(outcome.result.interrupted == [.policies])
    #expect(!outcome.events.contains { if case .restarted = $0 { true } else { false } })
    #expect(try outcome.coverage(.policies).records > 0)
    #expect(try await resume("cut") == undisturbed)
  }
}
