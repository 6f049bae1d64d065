import Audit
import Inventory
import Policy

/// The words that the text and the Markdown of a difference share; hostile characters in data are visible.

extension ReportDifference {
  /// The numbers, in a clause.
  var numbers: String {
    "\(appeared.count) new, \(resolved.count) resolved, \(changed.count) changed, \(unchanged) unchanged, "
      + "\(unknown.count) not known"
  }
}

extension ReportDifference.Unknown {
  /// What the finding's absence from one of the two is worth.
  var text: String {
    isInNew
      ? "found now; the first report can't tell whether it was there: \(reason)"
      : "not found now, and the second report can't tell whether it is gone: \(reason)"
  }
}

extension ListDifference {
  var numbers: String {
    let unknown = perhapsAppeared.count + perhapsVanished.count
    return "\(appeared.count) appeared, \(vanished.count) vanished, \(changed.count) changed, \(unchanged) unchanged"
      + (unknown > 0 ? ", \(unknown) not known" : "")
  }

  /// What else a reader has to know of the list.
  var remarks: [String] {
    var remarks: [String] = []
    if let reason = oldCoverage.reason {
      remarks.append("the list was not complete in the first snapshot, so nothing is known to have appeared: \(reason)")
    }
    if let reason = newCoverage.reason {
      remarks.append("the list is not complete in the second snapshot, so nothing is known to have vanished: \(reason)")
    }
    for (field, count) in unreadable.sorted(by: { $0.key < $1.key }) {
      remarks.append("\(field) can be read in neither snapshot for \(counted(count, "record"))")
    }
    if duplicates > 0 {
      remarks.append(
        "\(counted(duplicates, "record")) with the id of another one \(duplicates == 1 ? "is" : "are") not compared")
    }
    return remarks
  }
}

extension RecordChange {
  /// `scopes gained`, `expiresAt extended`, and from what to what.
  func text(_ quoted: (String) -> String) -> String {
    func list(_ values: [String]?) -> String {
      guard let values, !values.isEmpty else { return "none" }
      return values.map(quoted).joined(separator: ", ")
    }
    return switch kind {
    case .gained: "\(field) gained: \(list(new))"
    case .lost: "\(field) lost: \(list(old))"
    case .extended, .shortened, .changed, .unknown: "\(field) \(verb): from \(list(old)) to \(list(new))"
    }
  }

  private var verb: String { kind == .unknown ? "not comparable" : kind.rawValue }
}

extension ResourceName {
  /// The resource in a sentence.
  var text: String {
    let label = label.map { " \"\(visible($0))\"" } ?? ""
    let owner = owner.map { " of \(visibleOrEmpty($0.text))" } ?? ""
    return "\(kind.rawValue) \(visibleOrEmpty(id))\(label)\(owner)"
  }
}
