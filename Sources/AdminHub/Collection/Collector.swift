package import HTTPTransport
package import Inventory

/// Collects everything that the Admin APIs list of one organization.
package struct Collector: Sendable {
  private let client: HTTPClient
  private let organization: String
  private let host: String
  private let included: Set<CollectedList>
  private let clock: Clock

  /// - Parameters:
  ///   - client: made with `Collector.allowedPaths`.
  ///   - host: the base URL's host and port, with which the host of a `next` link is compared.
  ///   - included: the optional lists to collect too.
  package init(
    client: HTTPClient, organization: String, host: String, including included: Set<CollectedList> = [], clock: Clock
  ) {
    self.client = client
    self.organization = organization
    self.host = host
    self.included = included
    self.clock = clock
  }

  /// Every path that a collector may ask for.
  package static let allowedPaths = Endpoint.allowedPaths

  /// What to do when the API refuses the key for all of these lists.
  package static func advice(refused lists: [CollectedList]) -> String {
    var scopes: [String] = []
    for endpoint in Endpoint.all where lists.contains(endpoint.list) && !scopes.contains(endpoint.scope) {
      scopes.append(endpoint.scope)
    }
    return Endpoint.advice(scopes: scopes)
  }

  /// How many requests are under way at most, those of all lists together.
  package static let maximumRequestsInFlight = 4

  /// Collects all lists at the same time, a supplement after the list that it supplements. Pages go to the sink as they
  /// arrive.
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
    let endpoints = Endpoint.all.filter { !$0.list.isOptional || included.contains($0.list) }
    @Sendable func collect(_ endpoint: Endpoint, supplementing listed: ListResult? = nil) async throws -> ListResult {
      let list = ListCollector(
        endpoint: endpoint, organization: organization, host: host, sender: sender, sink: sink, report: report,
        supplemented: listed)
      let result = try await list.collect(resuming: resumptions[endpoint.list])
      report(.finished(endpoint.list, result.coverage))
      return result
    }
    return try await withThrowingTaskGroup(of: [CollectedList: ListResult].self) { group in
      for endpoint in endpoints where endpoint.supplements == nil {
        group.addTask {
          let result = try await collect(endpoint)
          var results = [endpoint.list: result]
          for supplement in endpoints where supplement.supplements == endpoint.list {
            results[supplement.list] = try await collect(supplement, supplementing: result)
          }
          return results
        }
      }
      var results: [CollectedList: ListResult] = [:]
      for try await part in group { results.merge(part) { $1 } }
      return CollectionResult(
        coverage: results.mapValues(\.coverage),
        interrupted: CollectedList.allCases.filter { results[$0]?.isInterrupted == true },
        refused: CollectedList.allCases.filter { results[$0]?.failure?.isRefusedKey == true })
    }
  }
}
