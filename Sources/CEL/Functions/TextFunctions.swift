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
    // Compiling a pattern takes some hundred times as long as reading it, and a short one can stand for a large program.
    try frame.budget.spend(1000 + pattern.utf8.count * 100)
    let expression: RegularExpression
    do throws(RegularExpressionError) {
      expression = try RegularExpression(pattern)
    } catch {
      // How far it came before it was given up is not known; at worst the program was as large as may be.
      try frame.budget.spend(compiling: RegularExpression.largestProgram)
      throw EvaluationError("\(error)")
    }
    try frame.budget.spend(compiling: expression.programSize)
    return expression
  }
}

extension Budget {
  /// Spends what it takes to compile a pattern to so many instructions: a tenth of a microsecond for each.
  fileprivate mutating func spend(compiling instructions: Int) throws(EvaluationError) { try spend(instructions * 2) }
}

extension RegularExpression {
  func matches(_ text: String, _ frame: inout Frame) throws(EvaluationError) -> Bool {
    try frame.budget.spend(matching: text.utf8.count, self)
    return matches(text)
  }
}

extension Budget {
  /// Spends what it takes to match so many bytes of text in the worst case, in which each of them meets each instruction.
  mutating func spend(matching count: Int, _ expression: RegularExpression) throws(EvaluationError) {
    try spend(count / 2 + count * expression.programSize / 16 + 5)
  }
}

/// The functions that look for a text in another.
enum TextSearch: String, CaseIterable {
  case contains, startsWith, endsWith

  @inline(__always)
  func holds(_ text: String, _ part: String, _ frame: inout Frame) throws(EvaluationError) -> Bool {
    switch self {
    case .startsWith:
      try frame.budget.spend(bytes: part.utf8.count)
      return stands(part, in: text, at: 0)
    case .endsWith:
      try frame.budget.spend(bytes: part.utf8.count)
      return stands(part, in: text, at: text.utf8.count - part.utf8.count)
    case .contains: return try Self.find(part, in: text, &frame)
    }
  }

  private static func find(
    _ part: String, in text: String, _ frame: inout Frame
  ) throws(EvaluationError) -> Bool {
    try frame.budget.spend(bytes: text.utf8.count)
    guard let first = part.utf8.first else { return true }
    var offset = 0
    for byte in text.utf8 {
      if byte == first {
        try frame.budget.spend(bytes: part.utf8.count)
        if stands(part, in: text, at: offset) { return true }
      }
      offset += 1
    }
    return false
  }
}
