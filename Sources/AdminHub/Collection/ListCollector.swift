import HTTPTransport
import Inventory

/// What came of one list.
struct ListResult {
  var coverage: Coverage
  /// Whether a request for a page after the first failed for good.
  var isInterrupted = false
  /// Why a request failed for good; nil when none did.
  var failure: RequestFailure?
  /// The records of a list that was read to its end.
  var seen: SeenRecords?
}

/// Collects one list, page after page, and says how much of it was seen.
struct ListCollector {
  let endpoint: Endpoint
  let organization: String
  let host: String
  let sender: RequestSender
  let sink: any CollectionSink
  let report: @Sendable (CollectionEvent) -> Void
  /// What came of the list that this one supplements, whose records are not kept again.
  let supplemented: ListResult?

  /// Pages in a row without a record that is new, after which the list is given up.
  private static let idlePages = 200

  /// Everything that can go wrong with the list is in the coverage; what is thrown is the sink's.
  func collect(resuming resumption: ListResumption?) async throws -> ListResult {
    if let list = endpoint.supplements, let supplemented, !supplemented.coverage.isComplete {
      let reason = "which records are new can't be told, since the list of \(list.title) is not complete"
      return ListResult(coverage: Coverage(state: .unavailable(reason)))
    }
    var reading = await start(resumption)
    do throws(ListFailure) {
      if !reading.progress.isAtEnd { try await readPages(&reading, from: firstPage(&reading)) }
    } catch .request(let failure) {
      return interrupted(reading.progress, by: failure)
    } catch .paging(let reason) {
      reading.progress.coverage.state = .partial(reason)
      return ListResult(coverage: reading.progress.coverage)
    } catch .sink(let error) {
      throw error
    }
    reading.progress.coverage.countAfter = await count(&reading.progress.coverage.notes)
    return ListResult(
      coverage: Verification(list: endpoint.list, hasCount: endpoint.countPath != nil).judge(reading.progress),
      seen: reading.seen)
  }

  /// How far the list has been read, and what came.
  private struct Reading {
    var progress: ListProgress
    var seen: SeenRecords
    /// Whether it goes on with what an interrupted collection had begun.
    var isResumed = false
  }

  private enum ListFailure: Error {
    case request(RequestFailure)
    case paging(String)
    case sink(any Error)
  }

  /// Where the list goes on; without a resumption that is its beginning, before which its count is asked.
  private func start(_ resumption: ListResumption?) async -> Reading {
    if let resumption { return Reading(progress: resumption.progress, seen: resumption.seen, isResumed: true) }
    var progress = ListProgress(pageSize: endpoint.pageSize)
    if let list = endpoint.supplements {
      progress.coverage.notes.append("only records that the list of \(list.title) does not have are kept")
    }
    progress.coverage.countBefore = await count(&progress.coverage.notes)
    return Reading(progress: progress, seen: SeenRecords(expected: progress.coverage.countBefore))
  }

  private func interrupted(_ progress: ListProgress, by failure: RequestFailure) -> ListResult {
    var coverage = progress.coverage
    let hasBegun = progress.next != nil
    coverage.state = hasBegun ? .partial(failure.reason) : .unavailable(failure.reason)
    coverage.advice = advice(for: failure, hasBegun: hasBegun)
    return ListResult(coverage: coverage, isInterrupted: hasBegun, failure: failure)
  }

  /// The page that the reading begins or goes on with.
  private func firstPage(_ reading: inout Reading) async throws(ListFailure) -> Page {
    do throws(RequestFailure) {
      return try await ask(cursor: reading.progress.next, pageSize: reading.progress.pageSize)
    } catch {
      guard case .status(let status, _) = error else { throw .request(error) }
      if reading.isResumed, Self.refusesCursor(status) { return try await restart(&reading, after: error) }
      guard status == 400, reading.progress.pageSize != nil, reading.progress.next == nil else {
        throw .request(error)
      }
      // The largest page is documented nowhere: a server that refuses it is asked for its own.
      reading.progress.pageSize = nil
      reading.progress.coverage.notes.append("the API refused pages of 1,000 records; its own page size was used")
      do throws(RequestFailure) { return try await ask(cursor: nil, pageSize: nil) } catch { throw .request(error) }
    }
  }

  /// Whether the API no longer knows a cursor that it gave out, as this status says of it.
  private static func refusesCursor(_ status: Int) -> Bool { [400, 404, 410, 422].contains(status) }

  /// Begins the list anew when it can't be taken up where it was interrupted. Only a first page that comes replaces
  /// what was read before: else that stays, to be resumed another time.
  private func restart(_ reading: inout Reading, after failure: RequestFailure) async throws(ListFailure) -> Page {
    var restarted = await start(nil)
    let page: Page
    do throws(ListFailure) { page = try await firstPage(&restarted) } catch { throw .request(failure) }
    report(.restarted(endpoint.list, reason: failure.reason))
    reading = restarted
    return page
  }

  /// Reads the list to its end, beginning with a page that has come.
  private func readPages(_ reading: inout Reading, from first: Page) async throws(ListFailure) {
    var cursors: Set<String> = reading.progress.next.map { [$0] } ?? []
    var idlePages = 0
    var page = first
    var isFirst = reading.progress.next == nil
    while true {
      note(page, in: &reading.progress)
      let isLoop = reading.progress.next.map { !cursors.insert($0).inserted } ?? false
      // The next page is on its way while this one is recorded.
      let progress = reading.progress
      async let following = isLoop ? nil : self.following(progress)
      let records = newRecords(of: page, &reading)
      do {
        try await sink.receive(page, records: records, progress: reading.progress, isFirst: isFirst)
      } catch {
        throw .sink(error)
      }
      isFirst = false
      let coverage = reading.progress.coverage
      report(.page(endpoint.list, records: coverage.records, expected: coverage.countBefore))
      guard !isLoop else { throw .paging("the API led back to a page that had been read (a repeated cursor)") }
      idlePages = records.isEmpty ? idlePages + 1 : 0
      guard idlePages < Self.idlePages else {
        throw .paging("the API sent \(Self.idlePages) pages without a new record one after the other")
      }
      guard let answer = await following else { return }
      do throws(RequestFailure) { page = try answer.get() } catch { throw .request(error) }
    }
  }

  /// Notes what a page says of the pages after it.
  private func note(_ page: Page, in progress: inout ListProgress) {
    progress.next = nil
    switch page.continuation {
    case .next(let cursor): progress.next = cursor
    case .last: progress.isAtEnd = true
    case .unknown(let reason):
      progress.isAtEnd = true
      progress.doubt = reason
    }
    noteForeignHost(of: page, &progress.coverage.notes)
  }

  /// The page after those that have been read; nil at the end.
  private func following(_ progress: ListProgress) async -> Result<Page, RequestFailure>? {
    guard let cursor = progress.next else { return nil }
    do throws(RequestFailure) {
      return .success(try await ask(cursor: cursor, pageSize: progress.pageSize))
    } catch {
      return .failure(error)
    }
  }

  /// The page's records that have not been met before; the others are counted.
  private func newRecords(of page: Page, _ reading: inout Reading) -> [Page.Record] {
    let scanner = JSONScanner(page.body)
    var candidates = page.records
    var digests = candidates.map { RecordDigest($0, in: scanner) }
    if let supplemented = supplemented?.seen {
      let isNew = digests.map { !supplemented.hasMet($0) }
      candidates = zip(candidates, isNew).filter(\.1).map(\.0)
      digests = zip(digests, isNew).filter(\.1).map(\.0)
    }
    var records: [Page.Record] = []
    records.reserveCapacity(candidates.count)
    for (record, meeting) in zip(candidates, reading.seen.meet(digests)) {
      switch meeting {
      case .first: records.append(record)
      case .repeated: reading.progress.coverage.duplicates += 1
      case .changed: reading.progress.changed += 1
      }
    }
    reading.progress.coverage.records += records.count
    return records
  }

  private func ask(cursor: String?, pageSize: Int?) async throws(RequestFailure) -> Page {
    var query: [HTTPRequest.QueryItem] = []
    if let pageSize { query.append(.init("pageSize", String(pageSize))) }
    if let cursor { query.append(.init("cursor", cursor)) }
    let (list, paging) = (endpoint.list, endpoint.paging)
    return try await sender.send(list, path: Endpoint.path(endpoint.path, organization: organization), query: query) {
      body throws(JSONError) in try Page(list, paging, body: body)
    }
  }

  /// The API's own count; nil, with a note, when it has none or gives none.
  private func count(_ notes: inout [String]) async -> Int? {
    guard let countPath = endpoint.countPath else { return nil }
    do throws(RequestFailure) {
      let path = Endpoint.path(countPath, organization: organization)
      return try await sender.send(endpoint.list, path: path) { body throws(JSONError) in
        // The reference shows a bare integer; one public client expects an object.
        let value = try JSONValue(parsing: body)
        guard let count = value.integer ?? value["count"]?.integer, count >= 0 else {
          throw JSONError("the count is not a number", at: 0)
        }
        return count
      }
    } catch {
      let note = "the API's count gave no answer: \(error.reason)"
      if !notes.contains(note) { notes.append(note) }
      return nil
    }
  }

  private func noteForeignHost(of page: Page, _ notes: inout [String]) {
    guard let foreign = page.nextHost, foreign.lowercased() != host.lowercased() else { return }
    let note = "a link to the next page named another host, which was not followed; only its cursor was used"
    if !notes.contains(note) { notes.append(note) }
  }

  private func advice(for failure: RequestFailure, hasBegun: Bool) -> String? {
    switch failure {
    case .status(401, _), .status(403, _): Endpoint.advice(scopes: [endpoint.scope])
    case .status(let status, _) where hasBegun && Self.refusesCursor(status):
      "the API may have forgotten its cursor, as it does after some time: collect again"
    case .status(404, _): "check the organization id"
    case .transport(let error): error.advice
    default: nil
    }
  }
}
