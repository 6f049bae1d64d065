/// How long the stages of a run took, for `--timings`.
struct StageTimings {
  private var stages: [(name: String, seconds: Double)] = []
  private var last = ContinuousClock.now

  /// Ends a stage, which began where the one before ended.
  mutating func end(_ stage: String) {
    let now = ContinuousClock.now
    stages.append((stage, (now - last) / .seconds(1)))
    last = now
  }

  /// One line a stage: `timings: snapshot 0.912 s`.
  var lines: [String] {
    let total = ("all", stages.reduce(0) { $0 + $1.seconds })
    return (stages + [total]).map { "timings: \($0.name) \(Self.text($0.seconds)) s" }
  }

  /// Three digits behind the point.
  private static func text(_ seconds: Double) -> String {
    let milliseconds = Int((seconds * 1000).rounded())
    let fraction = String(milliseconds % 1000)
    return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
  }
}
