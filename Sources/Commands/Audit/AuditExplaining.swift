import Audit
import Inventory
import Policy
import Reporting

/// `audit --explain`: instead of reports, why rules came out as they did.
extension AuditCommand {
  func runExplaining(_ console: Console) async throws {
    let auditor = try loadAuditor(console)
    let source = try snapshotSource()
    let taken = try await source.take(at: at?.instant, console)
    let options = try options(for: taken)
    // All of them first: either everything that was asked for is shown, or what is wrong with it is said.
    var explanations: [ResourceExplanation] = []
    let waiver = "/\(ResourceKind.waiver.rawValue)/"
    let audited =
      explain.contains { $0.contains(waiver) } ? await auditor.auditedWaivers(in: taken.snapshot, options) : []
    for fingerprint in explain {
      do throws(UnknownFingerprint) {
        explanations.append(try auditor.explain(fingerprint, in: taken.snapshot, options, audited: audited))
      } catch {
        throw CommandFailure(
          status: .usage, message: error.message, advice: error.advice.isEmpty ? nil : error.advice)
      }
    }
    let color = console.usesColor(on: 1)
    try console.outputVisible(explanations.map { ExplanationText($0, color: color).text }.joined(separator: "\n"))
  }
}
