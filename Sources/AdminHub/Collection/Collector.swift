package import HTTPTransport
package import Inventory

/// Collects everything that the Admin APIs list of one organization.
package struct Collector: Sendable {
  private let client: HTTPClient
  private let organization: String
  private let host: String
  private let clock: Clock

  /// - Parameters:
  ///   - client: made with `Collector.allowedPaths`.
  ///   - host: the base URL's host and port, with which the host of a `next` link is compared.
  package init(client: HTTPClient, organization: String, host: String, clock: Clock) {
    self.client = client
    self.organization = organization
    self.host = host
    self.clock = clock
  }

  /// Every path that a collector asks for.
  package static let allowedPaths = Endpoint.allowedPaths

  /// How many requests are under way at most, those of all lists together.
  package static let maximumRequestsInFlight = 4

  /// Collects all lists at the same time, their pages going to the sink as they arrive.
  ///
  /// What goes wrong with a list is in its coverage, and the others go on; only what the sink throws is thrown.
  ///
  /// - Parameter resumptions: where the lists go on that an interrupted collection had begun.
  package func collect(
    into sink: any CollectionSink, resuming resumptions: [CollectedList: ListResumption] = [:],
    report: @escaping @Sendable (CollectionEvent) -> Void
  ) async throws -> CollectionResult {
    let pacing = RequestPacing(clock: clock, maximumInFlight: Self.maximumRequestsInFlight, report: report)
    let sender = RequestSender(client: client, pacing: pacing, clock: clock)
    return try await withThrowingTaskGroup(of: (CollectedList, ListResult).self) { group in
      for endpoint in Endpoint.all {
        let list = ListCollector(
          endpoint: endpoint, organization: organization, host: host, sender: sender, sink: sink, report: report)
        let resumption = resumptions[endpoint.list]
        group.addTask {
          let result = try await list.collect(resuming: resumption)
          report(.finished(endpoint.list, result.coverage))
          return (endpoint.list, result)
        }
      }
      var results: [CollectedList: ListResult] = [:]
      for try await (list, result) in group { results[list] = result }
      return CollectionResult(
        coverage: results.mapValues(\.coverage),
        interrupted: CollectedList.allCases.filter { results[$0]?.isInterrupted == true })
    }
  }
}
