import CEL

/// A part of an expression with its value, as people read it.
package struct ExplainedLine: Hashable, Sendable {
  /// How deep the part lies in the expression: 0 is all of it.
  package let depth: Int
  /// The part as it is written, on one line; the variables of a step of a macro; a note on steps that are left out.
  package let text: String
  /// The value, or why there is none; nil for a note.
  package let value: String?
  /// False where evaluating the expression does not come by here.
  package let isNeeded: Bool
}

extension ExplainedLine {
  /// The lines of an explanation. What its text tells alone has none below the whole expression:
  /// literals, and records, whose fields are asked.
  static func lines(
    of explanation: Explanation, _ values: ExplainedValues, isNeeded: Bool, depth: Int = 0
  ) -> [ExplainedLine] {
    let isNeeded = isNeeded && explanation.isNeeded
    var lines: [ExplainedLine] = []
    if let value = values.text(of: explanation) ?? (depth == 0 ? values.text(ofWhole: explanation) : nil) {
      lines.append(ExplainedLine(depth: depth, text: explanation.text, value: value, isNeeded: isNeeded))
    }
    let below = lines.isEmpty ? depth : depth + 1
    var shownSteps = 0
    for part in explanation.parts {
      switch part {
      case .expression(let part):
        lines += Self.lines(of: part, values, isNeeded: isNeeded, depth: below)
      // What does not count is told by its value; the steps that lead to it would bury those that do.
      case .step(let step) where isNeeded:
        shownSteps += 1
        let variables = step.variables.map { "\($0.name) = \(values.text(ofVariable: $0.value))" }
        lines.append(
          ExplainedLine(
            depth: below, text: "#\(step.index + 1): \(variables.joined(separator: ", "))", value: nil,
            isNeeded: isNeeded))
        for part in step.parts { lines += Self.lines(of: part, values, isNeeded: isNeeded, depth: below + 1) }
      case .step: break
      }
    }
    if let count = explanation.stepCount, count > shownSteps {
      let text = shownSteps == 0 ? "over \(count)" : "… and \(count - shownSteps) more of \(count)"
      lines.append(ExplainedLine(depth: below, text: text, value: nil, isNeeded: isNeeded))
    }
    return lines
  }
}
