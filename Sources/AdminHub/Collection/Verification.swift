import Inventory

/// Compares what came of a list with what the API's counts promised.
struct Verification {
  let list: CollectedList
  /// Whether the API has a count for the list.
  let hasCount: Bool

  /// The coverage of a list that has been read to its end.
  func judge(_ progress: ListProgress) -> Coverage {
    var coverage = progress.coverage
    let counts = [coverage.countBefore, coverage.countAfter].compactMap(\.self)
    var gaps: [String] = []
    if let least = counts.min(), coverage.records < least {
      let missing = least - coverage.records
      gaps.append(
        "the API counts \(least) \(list.title), but only \(coverage.records) came: "
          + "\(missing) \(missing == 1 ? "is" : "are") missing")
      coverage.advice =
        "collect again; if the difference stays, ask Atlassian support why the list and its count differ"
    }
    if progress.changed > 0 {
      gaps.append(
        "\(progress.changed) \(progress.changed == 1 ? "record" : "records") came again with another content, "
          + "of which only the first was kept")
      coverage.advice = coverage.advice ?? "collect again"
    }
    // Counts that agree prove that nothing follows.
    let isCounted = counts.count == 2 && counts.allSatisfy { $0 == coverage.records }
    if let doubt = progress.doubt {
      if isCounted { coverage.notes.append(doubt) } else { gaps.append(doubt) }
    }
    noteDrift(counts, &coverage)
    if !hasCount { coverage.notes.append("the API has no count to check this list against") }
    coverage.state =
      gaps.isEmpty
      ? .complete(verified: counts.count == 2 && (counts.min() ?? 0)...(counts.max() ?? 0) ~= coverage.records)
      : .partial(gaps.joined(separator: "; "))
    return coverage
  }

  private func noteDrift(_ counts: [Int], _ coverage: inout Coverage) {
    guard let least = counts.min(), coverage.records >= least, counts.contains(where: { $0 != coverage.records }) else {
      return
    }
    coverage.notes.append(
      "the list changed while it was read: \(coverage.records) records came, the API counted "
        + counts.map(String.init).joined(separator: " before and ") + (counts.count == 2 ? " after" : ""))
  }
}
