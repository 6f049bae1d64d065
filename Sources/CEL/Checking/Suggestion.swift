/// "did you mean `size`?" when one of the candidates is close to what was written; nil otherwise.
package func didYouMean(_ word: String, among candidates: some Sequence<String>) -> String? {
  let limit = max(1, word.count / 3)
  // Texts of very different lengths are not close, and comparing long ones would take long.
  let closest = candidates.filter { abs($0.count - word.count) <= limit && word.count <= 100 }
    .map { (name: $0, distance: editDistance(Array(word.lowercased()), Array($0.lowercased()))) }
    .min { ($0.distance, $0.name) < ($1.distance, $1.name) }
  guard let closest, closest.distance <= limit, closest.name != word else { return nil }
  return "did you mean `\(closest.name)`?"
}

/// Damerau-Levenshtein distance (optimal string alignment).
private func editDistance(_ left: [Character], _ right: [Character]) -> Int {
  var previous: [Int] = []
  var row = Array(0...right.count)
  for i in left.indices {
    var next = [i + 1]
    for j in right.indices {
      var cost = min(row[j + 1] + 1, next[j] + 1, row[j] + (left[i] == right[j] ? 0 : 1))
      if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] { cost = min(cost, previous[j - 1] + 1) }
      next.append(cost)
    }
    (previous, row) = (row, next)
  }
  return row[right.count]
}
