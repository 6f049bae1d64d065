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

  /// Collects all lists at the same time, their pages going to the sink as they arrive.
  ///
  /// What goes wrong with a list is in its coverage, and the others go on; only what the sink throws is thrown.
  package func collect(
    into sink: any CollectionSink, report: @escaping @Sendable (CollectionEvent) -> Void
  ) async throws -> [CollectedList: Coverage] {
    let sender = RequestSender(client: client, pacing: RequestPacing(clock: clock), clock: clock, report: report)
    return try await withThrowingTaskGroup(of: (CollectedList, Coverage).self) { group in
      for endpoint in Endpoint.all {
        let list = ListCollector(
          endpoint: endpoint, organization: organization, host: host, sender: sender, sink: sink)
        group.addTask {
          let coverage = try await list.collect()
          report(.finished(endpoint.list, coverage))
          return (endpoint.list, coverage)
        }
      }
      var coverage: [CollectedList: Coverage] = [:]
      for try await (list, result) in group { coverage[list] = result }
      return coverage
    }
  }
}
