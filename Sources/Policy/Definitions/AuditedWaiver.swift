/// A waiver and what it turned out to match.
package struct AuditedWaiver: Sendable {
  package let waiver: Waiver
  /// Findings, not evaluable outcomes or gaps that it matches.
  package let matches: Int

  package init(waiver: Waiver, matches: Int) {
    self.waiver = waiver
    self.matches = matches
  }
}
