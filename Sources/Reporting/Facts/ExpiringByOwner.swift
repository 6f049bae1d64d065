import Audit

extension OwnerExpiries {
  /// The owner with hostile characters made visible.
  var ownerText: String { owner.map { visibleOrEmpty($0.text) } ?? "(owner not known)" }
}
