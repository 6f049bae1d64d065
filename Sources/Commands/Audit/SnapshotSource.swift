import AdminHub
import Inventory

/// Where the snapshot of an audit comes from.
protocol SnapshotSource: Sendable {
  /// - Parameter at: the audit instant that was asked for.
  func take(at: Instant?, _ console: Console) async throws -> TakenSnapshot
}

struct TakenSnapshot: Sendable {
  let snapshot: Snapshot
  /// The time at which the audit runs, for the snapshot's age.
  let takenAt: Instant

  /// How far the clocks of two machines may differ.
  private static let clockTolerance: Int64 = 300_000

  /// Why the snapshot is no basis for a pass: it is older than `maxAge` milliseconds, or of a time that has not come, at
  /// which what is live today would count as expired; nil when neither is so.
  func doubt(maxAge: Int64) -> String? {
    let collectedAt = snapshot.header.collectedAt
    let age = takenAt.milliseconds - collectedAt.milliseconds
    if age < -Self.clockTolerance {
      return "the snapshot says that it was collected at \(collectedAt.text), which is still to come"
    }
    return age <= maxAge ? nil : "the snapshot of \(collectedAt.text) is older than --max-age allows"
  }
}

/// A snapshot file.
struct SnapshotFileSource: SnapshotSource {
  let path: String
  let allowPartial: Bool
  /// How many blocks of the file are decoded at the same time.
  let jobs: Int

  func take(at: Instant?, _ console: Console) async throws -> TakenSnapshot {
    do throws(SnapshotFile.Failure) {
      return TakenSnapshot(
        snapshot: try await SnapshotFile.read(path, allowPartial: allowPartial, jobs: jobs), takenAt: wallClock())
    } catch {
      switch error {
      case .file(let error): throw CommandFailure.input(error)
      case .snapshot(let error): throw CommandFailure.snapshot(error, path: path)
      }
    }
  }
}

/// The organization itself, over the Admin APIs.
struct OrganizationSource: SnapshotSource {
  let connection: ConnectionOptions
  let organization: String
  /// The optional lists to collect too.
  let included: Set<CollectedList>

  func take(at: Instant?, _ console: Console) async throws -> TakenSnapshot {
    let collection = try Collection(
      apiBase: connection.apiBase ?? ConnectionOptions.atlassian, caFile: connection.caFile,
      secret: try connection.secret(), organization: organization, console: console)
    let memory = SnapshotMemory()
    let startedAt = wallClock()
    let coverage = try await collection.collect(into: memory, including: included).coverage
    let header = SnapshotHeader(
      organizationID: organization, collectedAt: startedAt, toolVersion: toolVersion, apiBase: connection.apiBase,
      including: included)
    return TakenSnapshot(snapshot: await memory.snapshot(header: header, coverage: coverage), takenAt: startedAt)
  }
}
