extension FunctionTable {
  mutating func addTextFunctions() {
    for search in TextSearch.allCases {
      receiver(search.rawValue, .string, .string, .bool) { (text, part, frame) throws(EvaluationError) in
        guard case .string(let text) = text, case .string(let part) = part else {
          throw text.failure ?? part.failure ?? .noOverload(search.rawValue, [text, part])
        }
        return .bool(try search.holds(text, part, &frame))
      }
    }
    let matches: @Sendable (Value, Value, inout Frame) throws(EvaluationError) -> Value = {
      (text, pattern, frame) throws(EvaluationError) in
      guard case .string(let text) = text, case .string(let pattern) = pattern else {
        throw text.failure ?? pattern.failure ?? .noOverload("matches", [text, pattern])
      }
      return .bool(try Self.regularExpression(pattern, &frame).matches(text, &frame))
    }
    global("matches", .string, .string, .bool, matches)
    receiver("matches", .string, .string, .bool, matches)
  }

  static func regularExpression(
    _ pattern: String, _ frame: inout Frame
  ) throws(EvaluationError) -> RegularExpression {
    // Compiling a pattern takes some hundred times as long as reading it.
    try frame.budget.spend(1000 + pattern.utf8.count * 20)
    do throws(RegularExpressionError) {
      return try RegularExpression(pattern)
    } catch {
      throw EvaluationError("\(error)")
    }
  }
}

extension RegularExpression {
  func matches(_ text: String, _ frame: inout Frame) throws(EvaluationError) -> Bool {
    try frame.budget.spend(text.utf8.count / 2 + 5)
    return matches(text)
  }
}

/// The functions that look for a text in another.
enum TextSearch: String, CaseIterable {
  case contains, startsWith, endsWith

  func holds(_ text: String, _ part: String, _ frame: inout Frame) throws(EvaluationError) -> Bool {
    let (text, part) = (text.utf8, part.utf8)
    switch self {
    case .startsWith:
      try frame.budget.spend(bytes: part.count)
      return text.count >= part.count && text.starts(with: part)
    case .endsWith:
      try frame.budget.spend(bytes: part.count)
      return text.count >= part.count && text.suffix(part.count).elementsEqual(part)
    case .contains:
      try frame.budget.spend(bytes: text.count)
      return try Self.find(part, in: text, &frame)
    }
  }

  private static func find(
    _ part: String.UTF8View, in text: String.UTF8View, _ frame: inout Frame
  ) throws(EvaluationError) -> Bool {
    guard let first = part.first else { return true }
    guard text.count >= part.count else { return false }
    var rest = text[...]
    while rest.count >= part.count, let start = rest.firstIndex(of: first) {
      rest = rest[start...]
      try frame.budget.spend(bytes: part.count)
      if rest.starts(with: part) { return true }
      rest.removeFirst()
    }
    return false
  }
}
