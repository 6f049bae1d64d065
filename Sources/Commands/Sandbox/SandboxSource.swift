import AdminHub
import AdminHubSandbox
import HTTPTransport
import Inventory

/// The sandbox organization, served on loopback for one audit and collected as any other.
struct SandboxSource: SnapshotSource {
  let options: SandboxOrganizationOptions
  /// The optional lists to collect too.
  let included: Set<CollectedList>

  /// The instant of an audit of the sandbox that names none, so that the same command gives the same reports.
  private static let defaultInstant = Instant(milliseconds: 1_780_272_000_000)  // 2026-06-01T00:00:00Z

  func take(at: Instant?, _ console: Console) async throws -> TakenSnapshot {
    let instant = at ?? Self.defaultInstant
    let organization = options.organization(at: instant)
    let server = try await SandboxServer.start(SandboxConfiguration(organization: organization, now: waitingClock))
    do {
      let snapshot = try await collect(organization, from: server, console)
      await server.stop()
      // The sandbox is always looked at when its records say that it is now.
      return TakenSnapshot(snapshot: snapshot, takenAt: instant)
    } catch {
      await server.stop()
      throw error
    }
  }

  private func collect(
    _ organization: SandboxOrganization, from server: SandboxServer, _ console: Console
  ) async throws -> Snapshot {
    var key = Array((included.isEmpty ? SandboxKey.auditor : .serviceAccounts).text.utf8)
    let collection = try Collection(
      apiBase: server.url, caFile: nil, secret: try Secret(wiping: &key), organization: organization.id,
      console: console)
    let memory = SnapshotMemory()
    let coverage = try await collection.collect(into: memory, including: included).coverage
    // The port differs from run to run, and says nothing.
    let header = SnapshotHeader(
      organizationID: organization.id, collectedAt: organization.at, toolVersion: toolVersion, apiBase: "sandbox",
      including: included)
    return await memory.snapshot(header: header, coverage: coverage)
  }
}
