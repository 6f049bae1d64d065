import Audit
import Inventory

/// The files of facts that an audit was given, as every report with a run's data names them.
extension Run.FactSource {
  /// `leavers, 12 rows, SHA-256 …`.
  var text: String { "\(name), \(counted(rows, "row")), SHA-256 \(digest)" }
}

extension JSONWriter {
  /// The member `facts`; none where the audit had no facts.
  mutating func facts(of run: Run) {
    guard !run.facts.isEmpty else { return }
    array("facts") { json in
      for source in run.facts {
        json.object { json in
          json.string("name", source.name)
          json.string("digest", source.digest)
          json.integer("rows", source.rows)
        }
      }
    }
  }
}
