import Files
import Foundation
import Inventory
import TestSupport
import Testing

/// Lists that are in a snapshot only when they were asked for.
struct IncludedListsTests {
  private typealias Lines = SnapshotLines

  private let client = #"{"kind":"oauth-client","record":{"id":"c-1","unheardOf":9007199254740993}}"#

  private func header(_ include: String) -> String { String(Lines.header.dropLast()) + #","include":[\#(include)]}"# }

  /// The trailer with a list more.
  private func trailer(_ list: String = "oauth-clients", counts: Int = 1, records: Int = 1) -> String {
    let coverage = #""\#(list)":{"state":"complete","verified":false,"records":\#(records)}"#
    return Lines.trailer.replacing(#""policies":1}"#, with: #""policies":1,"\#(list)":\#(counts)}"#).dropLast(2)
      + ",\(coverage)}}"
  }

  private func file(_ header: String, _ records: [String], _ trailer: String) -> [String] {
    [header] + Lines.whole.dropFirst().dropLast() + records + [trailer]
  }

  @Test func whatWasAskedForIsRead() throws {
    let snapshot = try Lines.read(file(header(#""oauth-clients""#), [client], trailer()))
    #expect(snapshot.header.included == [.oauthClients])
    #expect(snapshot.header.lists == [.apiTokens, .apiKeys, .policies, .oauthClients])
    #expect(snapshot.coverage(of: .oauthClients) == Coverage(state: .complete(verified: false), records: 1))
    #expect(snapshot.coverage(of: .controlPolicies).state == .unavailable("it was not asked for"))
    let empty = try Lines.read(file(header(#""oauth-clients""#), [], trailer(counts: 0, records: 0)))
    #expect(empty.coverage(of: .oauthClients).records == 0)
  }

  @Test func aSnapshotWithoutThemHasNoTraceOfThem() throws {
    let snapshot = try Lines.read(Lines.whole)
    #expect(snapshot.header.lists == CollectedList.always)
    #expect(Set(snapshot.coverage.keys) == Set(CollectedList.always))
    let texts = [SnapshotEncoding.header(snapshot.header), SnapshotEncoding.trailer(snapshot.coverage)]
      .map { String(decoding: $0, as: UTF8.self) }
    #expect(texts[0] == Lines.header + "\n")
    #expect(texts[1].hasPrefix(#"{"kind":"trailer","counts":{"api-tokens":2,"api-keys":1,"policies":1},"coverage":"#))
    for list in CollectedList.optional { #expect(!texts.joined().contains(list.rawValue)) }
  }

  @Test func headerAndTrailerAreReadAsTheyAreWritten() throws {
    let header = SnapshotHeader(
      organizationID: "org-1", collectedAt: Instant(milliseconds: 0), toolVersion: "1", apiBase: nil,
      including: [.controlPolicies, .serviceAccountTokens])
    var coverage: [CollectedList: Coverage] = [:]
    for list in header.lists { coverage[list] = Coverage(state: .unavailable("refused")) }
    let lines = [SnapshotEncoding.header(header), SnapshotEncoding.trailer(coverage)]
    let snapshot = try Lines.read(lines.map { String(decoding: $0.dropLast(), as: UTF8.self) })
    #expect(snapshot.header == header)
    #expect(snapshot.coverage == coverage)
  }

  @Test func headerRecordsAndTrailerHaveToAgree() {
    let included = header(#""oauth-clients""#)
    let files = [
      file(Lines.header, [client], trailer()), file(Lines.header, [client], Lines.trailer),
      file(included, [client], Lines.trailer), file(included, [], Lines.trailer), file(included, [], trailer()),
      file(included, [client], trailer(counts: 2)), file(included, [client], trailer(records: 2)),
      file(included, [client], trailer("control-policies")),
    ]
    for (index, file) in files.enumerated() {
      guard case .malformed? = Lines.error(file) else {
        Issue.record("file \(index) is accepted")
        continue
      }
    }
  }

  @Test func aListThatOnlyANewerVersionKnowsIsLeftAlone() throws {
    let record = #"{"kind":"thing","record":{"id":"x"}}"#
    let newer = header(#""things""#)
    let snapshot = try Lines.read(file(newer, [record], trailer("things")))
    #expect(snapshot.header.lists == CollectedList.always)
    #expect(snapshot.tokens.count == 2 && snapshot.coverage.count == 3)
    for damaged in [[], [record, record]] {
      guard case .malformed? = Lines.error(file(newer, damaged, trailer("things"))) else {
        Issue.record("accepted with \(damaged.count) records of one")
        continue
      }
    }
  }

  @Test func anIncompleteSnapshotNamesThemAsPartial() throws {
    let lines = [header(#""oauth-clients""#), Lines.token1]
    let snapshot = try Lines.read(lines, allowPartial: true)
    #expect(snapshot.coverage(of: .oauthClients).state == .partial("the snapshot ends before its trailer"))
    #expect(snapshot.coverage[.controlPolicies] == nil)
  }

  @Test func whatIsResumedHasTheListsThatItBeganWith() throws {
    let folder = try TemporaryFolder()
    try folder.write(header(#""oauth-clients""#) + "\n", to: "org.partial")
    let partial = try PartialSnapshot(resuming: folder.path("org"), organizationID: "org-1", apiBase: nil)
    #expect(partial.header.included == [.oauthClients])
    try folder.write(header(#""things""#) + "\n", to: "newer.partial")
    #expect(throws: PartialSnapshot.Failure.self) {
      _ = try PartialSnapshot(resuming: folder.path("newer"), organizationID: "org-1", apiBase: nil)
    }
  }
}
