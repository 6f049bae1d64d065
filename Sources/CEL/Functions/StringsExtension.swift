/// The strings and encoders extensions.
extension FunctionTable {
  mutating func addStringFunctions() {
    addParts()
    addSearches()
    addRewriting()
    addSplitting()
    addFormatting()
    addEncoders()
  }

  /// A receiver-style function on a string; `frame.budget` has been charged for the string.
  private mutating func string(
    _ name: String, _ parameters: [CELType], _ result: CELType,
    _ function: @escaping @Sendable (String, [Value], inout Frame) throws(EvaluationError) -> Value?
  ) {
    receiver(name, [.string] + parameters, result) { (arguments, frame) throws(EvaluationError) in
      guard case .string(let text)? = arguments.first else { throw Self.mismatch(name, arguments) }
      try frame.budget.spend(bytes: text.utf8.count)
      guard let value = try function(text, Array(arguments.dropFirst()), &frame) else {
        throw Self.mismatch(name, arguments)
      }
      return value
    }
  }

  private static func mismatch(_ name: String, _ arguments: [Value]) -> EvaluationError {
    for argument in arguments { if let failure = argument.failure { return failure } }
    return .noOverload(name, arguments)
  }

  private static func text(
    _ function: () throws(StringFunctionError) -> String
  ) throws(EvaluationError) -> Value {
    do throws(StringFunctionError) { return .string(try function()) } catch { throw EvaluationError("\(error)") }
  }

  private static func position(
    _ function: () throws(StringFunctionError) -> Int64
  ) throws(EvaluationError) -> Value {
    do throws(StringFunctionError) { return .int(try function()) } catch { throw EvaluationError("\(error)") }
  }

  private mutating func addParts() {
    string("charAt", [.int], .string) { (text, arguments, _) throws(EvaluationError) in
      guard case .int(let position) = arguments[0] else { return nil }
      return try Self.text { () throws(StringFunctionError) in try StringFunctions.charAt(text, position) }
    }
    string("substring", [.int], .string) { (text, arguments, _) throws(EvaluationError) in
      guard case .int(let start) = arguments[0] else { return nil }
      return try Self.text { () throws(StringFunctionError) in try StringFunctions.substring(text, from: start) }
    }
    string("substring", [.int, .int], .string) { (text, arguments, _) throws(EvaluationError) in
      guard case .int(let start) = arguments[0], case .int(let end) = arguments[1] else { return nil }
      return try Self.text { () throws(StringFunctionError) in
        try StringFunctions.substring(text, from: start, to: end)
      }
    }
  }

  private mutating func addSearches() {
    string("indexOf", [.string], .int) { (text, arguments, frame) throws(EvaluationError) in
      guard case .string(let part) = arguments[0] else { return nil }
      try Self.spendOnSearch(part, in: text, &frame)
      return try Self.position { () throws(StringFunctionError) in try StringFunctions.indexOf(text, part) }
    }
    string("indexOf", [.string, .int], .int) { (text, arguments, frame) throws(EvaluationError) in
      guard case .string(let part) = arguments[0], case .int(let start) = arguments[1] else { return nil }
      try Self.spendOnSearch(part, in: text, &frame)
      return try Self.position { () throws(StringFunctionError) in
        try StringFunctions.indexOf(text, part, from: start)
      }
    }
    string("lastIndexOf", [.string], .int) { (text, arguments, frame) throws(EvaluationError) in
      guard case .string(let part) = arguments[0] else { return nil }
      try Self.spendOnSearch(part, in: text, &frame)
      return try Self.position { () throws(StringFunctionError) in try StringFunctions.lastIndexOf(text, part) }
    }
    string("lastIndexOf", [.string, .int], .int) { (text, arguments, frame) throws(EvaluationError) in
      guard case .string(let part) = arguments[0], case .int(let end) = arguments[1] else { return nil }
      try Self.spendOnSearch(part, in: text, &frame)
      return try Self.position { () throws(StringFunctionError) in
        try StringFunctions.lastIndexOf(text, part, upTo: end)
      }
    }
  }

  private static func spendOnSearch(
    _ part: String, in text: String, _ frame: inout Frame
  ) throws(EvaluationError) {
    try frame.budget.spend((text.utf8.count + part.utf8.count) / 4)
  }

  private mutating func addRewriting() {
    for (name, rewrite): (String, @Sendable (String) -> String) in [
      ("lowerAscii", StringFunctions.lowerASCII), ("upperAscii", StringFunctions.upperASCII),
      ("trim", StringFunctions.trim), ("reverse", StringFunctions.reverse),
    ] {
      string(name, [], .string) { (text, _, frame) throws(EvaluationError) in
        try frame.budget.makeString(bytes: text.utf8.count)
        return .string(rewrite(text))
      }
    }
    global("strings.quote", .string, .string) { (value, frame) throws(EvaluationError) in
      guard case .string(let text) = value else { throw Self.mismatch("strings.quote", [value]) }
      let quoted = StringFunctions.quote(text)
      try frame.budget.makeString(bytes: quoted.utf8.count)
      return .string(quoted)
    }
    string("replace", [.string, .string], .string) { (text, arguments, frame) throws(EvaluationError) in
      guard case .string(let part) = arguments[0], case .string(let replacement) = arguments[1] else { return nil }
      return try Self.replace(text, part, replacement, -1, &frame)
    }
    string("replace", [.string, .string, .int], .string) { (text, arguments, frame) throws(EvaluationError) in
      guard case .string(let part) = arguments[0], case .string(let replacement) = arguments[1],
        case .int(let limit) = arguments[2]
      else { return nil }
      return try Self.replace(text, part, replacement, limit, &frame)
    }
  }

  private static func replace(
    _ text: String, _ part: String, _ replacement: String, _ limit: Int64, _ frame: inout Frame
  ) throws(EvaluationError) -> Value {
    try spendOnSearch(part, in: text, &frame)
    let maximum = frame.budget.stringLimit
    guard
      let result = StringFunctions.replace(text, part, with: replacement, limit: limit, maximumLength: maximum)
    else {
      try frame.budget.makeString(bytes: maximum + 1)
      return .null
    }
    try frame.budget.makeString(bytes: result.utf8.count)
    return .string(result)
  }

  private mutating func addSplitting() {
    string("split", [.string], .list(.string)) { (text, arguments, frame) throws(EvaluationError) in
      guard case .string(let separator) = arguments[0] else { return nil }
      return try Self.split(text, separator, -1, &frame)
    }
    string("split", [.string, .int], .list(.string)) { (text, arguments, frame) throws(EvaluationError) in
      guard case .string(let separator) = arguments[0], case .int(let limit) = arguments[1] else { return nil }
      return try Self.split(text, separator, limit, &frame)
    }
    receiver("join", .list(.string), .string) { (list, frame) throws(EvaluationError) in
      try Self.join(list, .string(""), &frame)
    }
    receiver("join", .list(.string), .string, .string) { (list, separator, frame) throws(EvaluationError) in
      try Self.join(list, separator, &frame)
    }
  }

  private static func split(
    _ text: String, _ separator: String, _ limit: Int64, _ frame: inout Frame
  ) throws(EvaluationError) -> Value {
    // At worst each character becomes a string.
    try frame.budget.spend(text.utf8.count)
    return .list(ListValue(strings: StringFunctions.split(text, by: separator, limit: limit)))
  }

  private static func join(
    _ list: Value, _ separator: Value, _ frame: inout Frame
  ) throws(EvaluationError) -> Value {
    guard case .list(let list) = list, case .string(let separator) = separator else {
      throw mismatch("join", [list, separator])
    }
    var result = ""
    for index in 0..<list.count {
      guard case .string(let text) = list[index] else { throw .noOverload("join", [list[index]]) }
      try frame.budget.makeString(bytes: result.utf8.count + text.utf8.count + separator.utf8.count)
      if index > 0 { result += separator }
      result += text
    }
    return .string(result)
  }

  private mutating func addFormatting() {
    receiver("format", .string, .list(.dyn), .string) { (template, arguments, frame) throws(EvaluationError) in
      guard case .string(let text) = template, case .list(let arguments) = arguments else {
        throw Self.mismatch("format", [template, arguments])
      }
      try frame.budget.spend(text.utf8.count)
      return .string(try FormatTemplate(text).format(arguments, &frame))
    }
  }

  private mutating func addEncoders() {
    global("base64.encode", .bytes, .string) { (value, frame) throws(EvaluationError) in
      guard case .bytes(let bytes) = value else { throw Self.mismatch("base64.encode", [value]) }
      try frame.budget.makeString(bytes: bytes.count / 3 * 4 + 4)
      return .string(Base64.encode(bytes))
    }
    global("base64.decode", .string, .bytes) { (value, frame) throws(EvaluationError) in
      guard case .string(let text) = value else { throw Self.mismatch("base64.decode", [value]) }
      try frame.budget.makeString(bytes: text.utf8.count)
      guard let bytes = Base64.decode(text) else { throw EvaluationError("the text is not base64") }
      return .bytes(bytes)
    }
  }
}
