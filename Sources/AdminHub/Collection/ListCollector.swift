import HTTPTransport
import Inventory

/// What came of one list.
struct ListResult {
  var coverage: Coverage
  /// Whether a request for a page after the first failed for good.
  var isInterrupted = false
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
    var progress = resumption?.progress ?? ListProgress(pageSize: endpoint.pageSize)
    if resumption == nil {
      if let list = endpoint.supplements {
        progress.coverage.notes.append("only records that the list of \(list.title) does not have are kept")
      }
      progress.coverage.countBefore = await count(&progress.coverage.notes)
    }
    var seen = resumption?.seen ?? SeenRecords(expected: progress.coverage.countBefore)
    do throws(ListFailure) {
      if !progress.isAtEnd { try await readPages(&progress, &seen) }
    } catch .request(let failure) {
      return interrupted(progress, by: failure)
    } catch .paging(let reason) {
      progress.coverage.state = .partial(reason)
      return ListResult(coverage: progress.coverage)
    } catch .sink(let error) {
      throw error
    }
    progress.coverage.countAfter = await count(&progress.coverage.notes)
    return ListResult(
      coverage: Verification(list: endpoint.list, hasCount: endpoint.countPath != nil).judge(progress), seen: seen)
  }

  private enum ListFailure: Error {
    case request(RequestFailure)
    case paging(String)
    case sink(any Error)
  }

  private func interrupted(_ progress: ListProgress, by failure: RequestFailure) -> ListResult {
    var coverage = progress.coverage
    let hasBegun = progress.next != nil
    coverage.state = hasBegun ? .partial(failure.reason) : .unavailable(failure.reason)
    coverage.advice = advice(for: failure)
    return ListResult(coverage: coverage, isInterrupted: hasBegun)
  }

  private func readPages(_ progress: inout ListProgress, _ seen: inout SeenRecords) async throws(ListFailure) {
    var cursors: Set<String> = progress.next.map { [$0] } ?? []
    var idlePages = 0
    while !progress.isAtEnd {
      let page = try await page(&progress)
      let records = newRecords(of: page, &progress, &seen)
      progress.next = nil
      switch page.continuation {
      case .next(let cursor): progress.next = cursor
      case .last: progress.isAtEnd = true
      case .unknown(let reason):
        progress.isAtEnd = true
        progress.doubt = reason
      }
      noteForeignHost(of: page, &progress.coverage.notes)
      do { try await sink.receive(page, records: records, progress: progress) } catch { throw .sink(error) }
      report(.page(endpoint.list, records: progress.coverage.records, expected: progress.coverage.countBefore))
      if let next = progress.next, !cursors.insert(next).inserted {
        throw .paging("the API led back to a page that had been read (a repeated cursor)")
      }
      idlePages = records.isEmpty ? idlePages + 1 : 0
      guard idlePages < Self.idlePages else {
        throw .paging("the API sent \(Self.idlePages) pages without a new record one after the other")
      }
    }
  }

  /// The page's records that have not been met before; the others are counted.
  private func newRecords(
    of page: Page, _ progress: inout ListProgress, _ seen: inout SeenRecords
  ) -> [Page.Record] {
    var records: [Page.Record] = []
    records.reserveCapacity(page.records.count)
    for record in page.records where supplemented?.seen?.hasMet(record) != true {
      switch seen.meet(record) {
      case .first: records.append(record)
      case .repeated: progress.coverage.duplicates += 1
      case .changed: progress.changed += 1
      }
    }
    progress.coverage.records += records.count
    return records
  }

  private func page(_ progress: inout ListProgress) async throws(ListFailure) -> Page {
    do throws(RequestFailure) {
      return try await ask(cursor: progress.next, pageSize: progress.pageSize)
    } catch {
      guard case .status(400, _) = error, progress.pageSize != nil, progress.next == nil else { throw .request(error) }
      // The largest page is documented nowhere: a server that refuses it is asked for its own.
      progress.pageSize = nil
      progress.coverage.notes.append("the API refused pages of 1,000 records; its own page size was used")
      do throws(RequestFailure) { return try await ask(cursor: nil, pageSize: nil) } catch { throw .request(error) }
    }
  }

  private func ask(cursor: String?, pageSize: Int?) async throws(RequestFailure) -> Page {
    var query: [HTTPRequest.QueryItem] = []
    if let pageSize { query.append(.init("pageSize", String(pageSize))) }
    if let cursor { query.append(.init("cursor", cursor)) }
    let (list, paging) = (endpoint.list, endpoint.paging)
    return try await sender.send(path: Endpoint.path(endpoint.path, organization: organization), query: query) {
      body throws(JSONError) in try Page(list, paging, body: body)
    }
  }

  /// The API's own count; nil, with a note, when it has none or gives none.
  private func count(_ notes: inout [String]) async -> Int? {
    guard let countPath = endpoint.countPath else { return nil }
    do throws(RequestFailure) {
      return try await sender.send(path: Endpoint.path(countPath, organization: organization), query: []) {
        body throws(JSONError) in
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

  private func advice(for failure: RequestFailure) -> String? {
    switch failure {
    case .status(401, _), .status(403, _):
      "use a key with the scope `\(endpoint.scope)`, of this organization and not expired"
    case .status(404, _): "check the organization id"
    case .transport(let error): error.advice
    default: nil
    }
  }
}
