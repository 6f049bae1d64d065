package import CEL

/// A rule's expressions for the resources that an override matches.
struct RuleVariant: Sendable {
  /// The override's position among those of the rule.
  let index: Int
  let match: Program
  /// Nil when the override turns the rule off.
  let programs: RulePrograms?
}

extension RulePrograms {
  /// Whether overrides of the policy may be in force for a resource.
  package var hasVariants: Bool { !variants.isEmpty }

  /// The expressions that are in force for a resource, with the position of their override among those of the rule; nil
  /// when it is none.
  ///
  /// Only for a resource whose outcome is flagged: then every match before the one in force could be evaluated.
  package func inForce(_ bindings: [Value]) -> (override: Int?, programs: RulePrograms) {
    let variant = variants.first { (try? $0.match.evaluateBool(bindings)) ?? false }
    return (variant?.index, variant?.programs ?? self)
  }

  /// The outcome by the first variant that matches, or by the rule's own expressions when none does.
  ///
  /// When a match can't be evaluated, its variant may be in force, and so may what comes after it. The outcome is then
  /// what all of these agree on, if that is passed or not applicable, and not evaluable otherwise: what is not known
  /// never relaxes a rule.
  func outcomeByVariants(_ bindings: [Value]) -> Outcome {
    for (position, variant) in variants.enumerated() {
      do throws(EvaluationError) {
        guard try variant.match.evaluateBool(bindings) else { continue }
        return Self.outcome(variant.programs, bindings)
      } catch {
        let possible = variants[position...].map { Self.outcome($0.programs, bindings) } + [ownOutcome(bindings)]
        if let first = possible.first, first == .passed || first == .notApplicable,
          possible.allSatisfy({ $0 == first })
        {
          return first
        }
        return .notEvaluable("whether an override of the policy matches is not known: \(reason(error))")
      }
    }
    return ownOutcome(bindings)
  }

  private static func outcome(_ programs: RulePrograms?, _ bindings: [Value]) -> Outcome {
    programs?.ownOutcome(bindings) ?? .notApplicable
  }
}
