import HTTPTransport
import Inventory

/// Collects one list, page after page, and says how much of it was seen.
struct ListCollector {
  let endpoint: Endpoint
  let organization: String
  let host: String
  let sender: RequestSender
  let sink: any CollectionSink

  /// Pages without a record that are followed before the list is given up.
  private static let emptyPages = 1000

  /// Everything that can go wrong with the list is in the coverage; what is thrown is the sink's.
  func collect() async throws -> Coverage {
    var coverage = Coverage(state: .complete(verified: false))
    coverage.countBefore = await count(&coverage.notes)
    do throws(ListFailure) {
      try await pages(&coverage)
    } catch .request(let failure) {
      let seenSomething = coverage.records > 0
      coverage.state = seenSomething ? .partial(failure.reason) : .unavailable(failure.reason)
      coverage.advice = advice(for: failure)
      return coverage
    } catch .paging(let reason) {
      coverage.state = .partial(reason)
      return coverage
    } catch .sink(let error) {
      throw error
    }
    coverage.countAfter = await count(&coverage.notes)
    verify(&coverage)
    return coverage
  }

  private enum ListFailure: Error {
    case request(RequestFailure)
    case paging(String)
    case sink(any Error)
  }

  private func pages(_ coverage: inout Coverage) async throws(ListFailure) {
    var seen = SeenIdentities()
    var cursors: Set<String> = []
    var cursor: String?
    var pageSize = endpoint.pageSize
    var emptyPages = 0
    repeat {
      let page = try await page(cursor: cursor, pageSize: &pageSize, &coverage.notes)
      var records: [Page.Record] = []
      records.reserveCapacity(page.records.count)
      for record in page.records {
        if seen.insert(record.id) { records.append(record) } else { coverage.duplicates += 1 }
      }
      do { try await sink.receive(page, records: records) } catch { throw .sink(error) }
      coverage.records += records.count
      emptyPages = page.records.isEmpty ? emptyPages + 1 : 0
      sender.report(.page(endpoint.list, records: coverage.records, expected: coverage.countBefore))
      noteForeignHost(of: page, &coverage.notes)
      if let next = page.next, !cursors.insert(next).inserted {
        throw .paging("the API led back to a page that had been read (a repeated cursor)")
      }
      guard emptyPages < Self.emptyPages else {
        throw .paging("the API sent \(Self.emptyPages) pages without a record one after the other")
      }
      cursor = page.next
    } while cursor != nil
  }

  private func page(
    cursor: String?, pageSize: inout Int?, _ notes: inout [String]
  ) async throws(ListFailure) -> Page {
    do throws(RequestFailure) {
      return try await ask(cursor: cursor, pageSize: pageSize)
    } catch {
      guard case .status(400, _) = error, pageSize != nil, cursor == nil else { throw .request(error) }
      // The largest page is documented nowhere: a server that refuses it is asked for its own.
      pageSize = nil
      notes.append("the API refused pages of 1,000 records; its own page size was used")
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

  /// Compares what came with what the counts promised.
  private func verify(_ coverage: inout Coverage) {
    let counts = [coverage.countBefore, coverage.countAfter].compactMap(\.self)
    if let least = counts.min(), coverage.records < least {
      let missing = least - coverage.records
      coverage.state = .partial(
        "the API counts \(least) \(endpoint.list.title), but only \(coverage.records) came: "
          + "\(missing) \(missing == 1 ? "is" : "are") missing")
      coverage.advice =
        "collect again; if the difference stays, ask Atlassian support why the list and its count differ"
      return
    }
    coverage.state = .complete(verified: counts.count == 2)
    if counts.contains(where: { $0 != coverage.records }) {
      coverage.notes.append(
        "the list changed while it was read: \(coverage.records) records came, the API counted "
          + counts.map(String.init).joined(separator: " before and ") + (counts.count == 2 ? " after" : ""))
    }
    if endpoint.countPath == nil { coverage.notes.append("the API has no count to check this list against") }
  }

  private func noteForeignHost(of page: Page, _ notes: inout [String]) {
    guard let foreign = page.nextHost, foreign.lowercased() != host.lowercased() else { return }
    let note = "a link to the next page named another host, which was not followed; only its cursor was used"
    if !notes.contains(note) { notes.append(note) }
  }

  private func advice(for failure: RequestFailure) -> String? {
    switch failure {
    case .status(401, _), .status(403, _):
      "use an API key of this organization, not expired, with the scope `\(endpoint.scope)`"
    case .status(404, _): "check the organization id"
    case .transport(let error): error.advice
    default: nil
    }
  }
}
