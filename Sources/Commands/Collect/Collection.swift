import AdminHub
import HTTPTransport
import Inventory

/// One collection of an organization: the client, the progress, and what it means when nothing came.
struct Collection {
  private let client: HTTPClient
  private let host: String
  private let organization: String
  private let console: Console

  init(apiBase: String, caFile: String?, secret: Secret, organization: String, console: Console) throws(CommandFailure)
  {
    var configuration = HTTPClientConfiguration(
      baseURL: apiBase, bearer: secret, allowedPaths: Collector.allowedPaths)
    configuration.caFile = caFile
    if console.isVerbose { configuration.observer = { console.message($0.logLine) } }
    do throws(TransportError) { client = try HTTPClient(configuration) } catch { throw .transport(error) }
    host = Self.host(of: apiBase)
    self.organization = organization
    self.console = console
  }

  /// Collects everything into the sink. Throws when every list was refused or out of reach: then there is nothing to
  /// audit.
  ///
  /// - Parameters:
  ///   - included: the optional lists to collect too.
  ///   - resumptions: where the lists go on that an interrupted collection had begun.
  func collect(
    into sink: any CollectionSink, including included: Set<CollectedList>,
    resuming resumptions: [CollectedList: ListResumption] = [:]
  ) async throws -> CollectionResult {
    let progress = ProgressDisplay(console: console)
    defer { progress.finish() }
    let collector = Collector(
      client: client, organization: organization, host: host, including: included, clock: Clock(now: waitingClock))
    let result = try await collector.collect(into: sink, resuming: resumptions) { progress.show($0) }
    progress.finish()
    try Task.checkCancellation()
    guard result.coverage.values.contains(where: { if case .unavailable = $0.state { false } else { true } }) else {
      throw nothingCollected(result)
    }
    return result
  }

  private func nothingCollected(_ result: CollectionResult) -> CommandFailure {
    let coverage = result.coverage
    let reasons = Set(coverage.values.compactMap(\.reason))
    var advice = Set(coverage.filter { !result.refused.contains($0.key) }.values.compactMap(\.advice))
    if !result.refused.isEmpty { advice.insert(Collector.advice(refused: result.refused)) }
    let details = CollectedList.allCases.compactMap { list in
      coverage[list]?.reason.map { "  \(list.title): \($0)" }
    }
    return CommandFailure(
      status: .inconclusive,
      message: "nothing could be collected" + (reasons.count == 1 ? ": \(reasons.first ?? "")" : ""),
      details: reasons.count == 1 ? [] : details,
      advice: advice.isEmpty ? nil : advice.sorted().joined(separator: "\n  "))
  }

  /// Host and port of a URL.
  private static func host(of url: String) -> String {
    let rest = url.split(separator: "/", omittingEmptySubsequences: true).dropFirst().first ?? ""
    return String(rest)
  }
}

extension HTTPExchange {
  /// One line of `--verbose`. The key is in no part of it; that it is sent is said.
  var logLine: String {
    let result = status.map { "\($0)" } ?? error?.message ?? "no answer"
    let milliseconds = elapsed.components.seconds * 1000 + elapsed.components.attoseconds / 1_000_000_000_000_000
    return "tokenreeve: \(method) \(path) -> \(result), \(bodyCount) bytes, \(milliseconds) ms, attempt \(attempt), "
      + "\(httpVersion?.rawValue ?? "no HTTP"), authorization: Bearer <redacted>"
  }
}
