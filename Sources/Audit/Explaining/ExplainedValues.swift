import CEL
import Policy

/// The values of an explanation as people read them, without the credentials that somebody put into a text.
///
/// A function can take a text apart, so that a piece of a credential no longer looks like one. Where a text with a
/// credential is read anywhere, what functions made of texts is therefore not shown at all.
struct ExplainedValues {
  private let hidesComputedTexts: Bool
  private static let lengthLimit = 120
  private static let elementLimit = 10
  private static let hidden = "(not shown: a text that is read holds a credential)"

  init(of explanations: [Explanation]) {
    hidesComputedTexts = explanations.contains(where: Self.holdsCredential)
  }

  /// Nil for a part whose text tells its value, or whose value is a record.
  func text(of explanation: Explanation) -> String? {
    switch explanation.result {
    case .success(.object): return nil
    case .success(let value):
      switch explanation.form {
      // The line of the step has the value.
      case .literal, .local: return nil
      case .name, .field: return Self.bounded(Self.text(of: value))
      case .operation: return computed(value)
      }
    case .failure(let error):
      guard explanation.isOriginOfFailure else { return "no value" }
      // Reasons for what is unknown are our own words; other errors can quote texts.
      if error.kind == .unknown { return "unknown: \(error.message)" }
      return hidesComputedTexts ? "error \(Self.hidden)" : Self.bounded("error: \(maskingSecrets(error.message))")
    }
  }

  /// The value of an expression that is a literal or a name as a whole.
  func text(ofWhole explanation: Explanation) -> String? { (try? explanation.result.get()).map(computed) }

  func text(ofVariable value: Value) -> String { computed(value) }

  private func computed(_ value: Value) -> String {
    hidesComputedTexts && Self.holdsText(value) ? Self.hidden : Self.bounded(Self.text(of: value))
  }

  // MARK: - Values

  private static func text(of value: Value) -> String {
    switch value {
    case .string(let text): return "'\(maskingSecrets(text))'"
    case .list(let list):
      let shown = (0..<min(list.count, elementLimit)).map { text(of: list[$0]) }.joined(separator: ", ")
      return "[\(shown)\(list.count > elementLimit ? ", … \(list.count) in all" : "")]"
    case .map(let map):
      let shown = map.entries.prefix(elementLimit).map { "\(text(of: $0.key)): \(text(of: $0.value))" }
      return "{\(shown.joined(separator: ", "))\(map.count > elementLimit ? ", … \(map.count) in all" : "")}"
    case .optional(let wrapped): return wrapped.map { "optional \(text(of: $0))" } ?? "optional, empty"
    case .bytes(let bytes): return "\(bytes.count) bytes"
    case .object(let object): return object.typeName
    case .type(let type): return type.name
    case .opaque(let opaque): return opaque.typeName
    default: return exactText(value)
    }
  }

  private static func bounded(_ text: String) -> String {
    text.count <= lengthLimit ? text : text.prefix(lengthLimit) + "…"
  }

  // MARK: - Credentials

  private static func holdsCredential(_ explanation: Explanation) -> Bool {
    if case .success(let value) = explanation.result, holdsText(value, where: { maskingSecrets($0) != $0 }) {
      return true
    }
    return explanation.parts.contains { part in
      switch part {
      case .expression(let explanation): holdsCredential(explanation)
      case .step(let step):
        step.parts.contains(where: holdsCredential)
          || step.variables.contains { holdsText($0.value, where: { maskingSecrets($0) != $0 }) }
      }
    }
  }

  private static func holdsText(_ value: Value, where condition: (String) -> Bool = { _ in true }) -> Bool {
    switch value {
    case .string(let text): condition(text)
    case .list(let list): (0..<list.count).contains { holdsText(list[$0], where: condition) }
    case .map(let map):
      map.entries.contains { holdsText($0.key, where: condition) || holdsText($0.value, where: condition) }
    case .optional(let wrapped): wrapped.map { holdsText($0, where: condition) } ?? false
    default: false
    }
  }
}
