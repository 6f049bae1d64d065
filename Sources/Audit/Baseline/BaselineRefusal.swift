package import Inventory
import Policy

/// Why an audit can't be compared with a baseline.
package struct BaselineRefusal: Error, Hashable, Sendable {
  package let message: String
  package let advice: String
}

extension Baseline {
  /// Throws when the baseline is of another organization.
  package func check(organizationID: String) throws(BaselineRefusal) {
    guard report.run.organizationID != organizationID else { return }
    throw BaselineRefusal(
      message: "the baseline is of the organization \(report.run.organizationID), and the audit of \(organizationID)",
      advice: "a baseline is a report of the same organization")
  }

  /// Throws when the baseline is of another organization, or of a later time than what is audited.
  package func check(_ header: SnapshotHeader, auditedAt: Instant) throws(BaselineRefusal) {
    try check(organizationID: header.organizationID)
    let run = report.run
    guard run.auditedAt <= auditedAt else {
      throw BaselineRefusal(
        message: "the baseline is as of \(run.auditedAt.text), after the audit's own instant \(auditedAt.text)",
        advice: "use a report of an earlier audit")
    }
    guard run.collectedAt <= header.collectedAt else {
      throw BaselineRefusal(
        message: "the baseline was collected at \(run.collectedAt.text), after what is audited, which was collected at "
          + header.collectedAt.text,
        advice: "use a report of an earlier collection")
    }
  }
}
