/// How a rule comes out on one resource.
package enum Outcome: Hashable, Sendable {
  case passed, flagged
  /// The rule is not asked of the resource.
  case notApplicable
  /// The question has no answer; the text says why, for people.
  case notEvaluable(String)
}
