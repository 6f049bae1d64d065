import AdminHubSandbox
import ArgumentParser
import Inventory

struct SandboxCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sandbox",
    abstract: "Serve a fictional organization on loopback, to try everything on.",
    discussion: """
      Serves the Admin APIs that the collector reads, in their documented shapes, until it is interrupted. The \
      organization is made from the seed: the same seed, number of tokens and instant give the same organization, and \
      the same faults hit the same requests.

      Faults, for drills:
      \(Table(rows: Fault.allCases.map { ["  " + $0.rawValue, $0.summary] }).text)
      """)

  @Option(help: ArgumentHelp("The port to listen on. (default: any that is free)", valueName: "n"))
  var port: UInt16?

  @OptionGroup var organization: SandboxOrganizationOptions

  @Option(
    help: ArgumentHelp(
      "The instant that all dates are relative to, 2026-12-31 or 2026-12-31T12:00:00Z. (default: now)",
      valueName: "instant"))
  var at: InstantArgument?

  @Option(
    help: ArgumentHelp(
      "typical: most is in order, and every kind of record that a rule can flag is there; in-order: nothing breaks a built-in policy.",
      valueName: "name"))
  var profile: SandboxOrganization.Profile = .typical

  @Option(help: ArgumentHelp("The largest page that the token and key lists give.", valueName: "n"))
  var pageSize = 1000

  @Flag(help: "Demand the scope read:keys:admin for the key lists; otherwise read:tokens:admin opens them too.")
  var strictKeyScope = false

  @Option(
    help: ArgumentHelp(
      "What goes wrong: one of the faults that `tokenreeve sandbox --help` lists. Repeats.", valueName: "name"))
  var fault: [Fault] = []

  @Option(help: ArgumentHelp("How much longer every answer takes, in milliseconds.", valueName: "ms"))
  var latency = 0

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if !(1...100_000).contains(pageSize) { throw ValidationError("--page-size takes a number from 1 to 100000") }
    if !(0...60_000).contains(latency) { throw ValidationError("--latency takes a number from 0 to 60000") }
  }

  func run() async throws {
    var configuration = SandboxConfiguration(
      organization: organization.organization(at: at?.instant ?? wallClock(), profile: profile), now: waitingClock)
    configuration.port = port ?? 0
    configuration.maximumPageSize = pageSize
    configuration.needsKeyScope = strictKeyScope
    configuration.faults = Set(fault)
    configuration.latency = .milliseconds(latency)
    let server: SandboxServer
    do {
      server = try await SandboxServer.start(configuration)
    } catch SandboxError.portUnavailable(let port) {
      throw CommandFailure(
        status: .usage, message: "port \(port) of this machine can't be listened on",
        advice: "choose another --port, or leave it out for any that is free")
    }
    try output.console.output(introduction(server))
    // Serves until a signal cancels this task.
    while !Task.isCancelled { try? await Task.sleep(for: .seconds(3600)) }
    warnOfStrayRequests(server)
    await server.stop()
  }

  /// What arrived where no request ever should, when faults point there.
  private func warnOfStrayRequests(_ server: SandboxServer) {
    for request in server.strayRequests {
      output.console.warning(
        "a link or redirect was followed: \(request.method) \(request.path)"
          + (request.bearer == nil ? "" : ", with the key"))
    }
  }

  private func introduction(_ server: SandboxServer) -> String {
    let organization = server.configuration.organization
    let keys = server.configuration.keys.map { key in ["  \(key.text)", key.scopes.sorted().joined(separator: " ")] }
    return """
      A fictional organization with \(organization.tokenCount) API tokens is served at \(server.url)

      organization: \(organization.id)
      API keys and their scopes:
      \(Table(rows: keys).text)

      To audit it, in another terminal:

        ATLASSIAN_ORG_ID=\(organization.id) ATLASSIAN_ADMIN_API_KEY=\(SandboxKey.auditor.text) tokenreeve audit --api-base \(server.url)

      Ctrl-C ends it.

      """
  }
}

extension Fault: ExpressibleByArgument {
  /// None for the help of the option, since its table has every name with what it does.
  static var allValueStrings: [String] { [] }
  static var defaultCompletionKind: CompletionKind { .list(allCases.map(\.rawValue)) }
}
