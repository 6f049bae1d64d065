import Inventory

/// A report's JSON, of whose members one is read at a time: a report can have a million findings.
struct ReportDocument {
  private let bytes: [UInt8]
  private let ranges: [String: Range<Int>]

  /// Throws unless the bytes are one JSON object.
  init(_ bytes: [UInt8]) throws(RecordedReportError) {
    self.bytes = bytes
    var ranges: [String: Range<Int>] = [:]
    var scanner = JSONScanner(bytes)
    do throws(JSONError) {
      try scanner.readObject { scanner, key throws(JSONError) in
        let name = scanner.text(key)
        let range = try scanner.skipValue()
        guard ranges.updateValue(range, forKey: name) == nil else {
          throw JSONError("the member \(name) stands twice", at: range.lowerBound)
        }
      }
      try scanner.finish()
    } catch {
      if ranges["kind"] != nil { throw .notAReport("it is JSON Lines, such as a snapshot") }
      if ranges["schemaVersion"] == nil { throw .notAReport("it is not JSON: \(error.message)") }
      throw .malformed(line: Self.line(of: error.offset, in: bytes), error.message)
    }
    guard ranges["schemaVersion"] != nil else { throw .notAReport("it has no schema version") }
    self.ranges = ranges
  }

  func value(_ name: String) throws(RecordedReportError) -> JSONValue {
    guard let range = ranges[name] else { throw malformed(name, "is missing") }
    return try value(in: range)
  }

  func members(_ name: String) throws(RecordedReportError) -> ReportMembers {
    let members = ReportMembers(value: try value(name), line: line(of: name))
    guard case .object = members.value else { throw malformed(name, "is no object") }
    return members
  }

  /// The elements of an array of objects, each made by `make` and let go.
  func elements<Element>(
    _ name: String, _ make: (ReportMembers) throws(RecordedReportError) -> Element
  ) throws(RecordedReportError) -> [Element] {
    guard let range = ranges[name] else { throw malformed(name, "is missing") }
    var elements: [Element] = []
    var scanner = JSONScanner(bytes, in: range)
    do {
      try scanner.readArray { scanner throws(JSONError) in
        let start = scanner.position
        let value = try scanner.readValue()
        do throws(RecordedReportError) {
          // Lines are counted only for an error.
          elements.append(try make(ReportMembers(value: value, line: 0)))
        } catch {
          throw JSONError(error.explanation, at: start)
        }
      }
    } catch {
      throw .malformed(line: Self.line(of: error.offset, in: bytes), "\(name): \(error.message)")
    }
    return elements
  }

  func malformed(_ name: String, _ message: String) -> RecordedReportError {
    .malformed(line: line(of: name), "\(name) \(message)")
  }

  private func value(in range: Range<Int>) throws(RecordedReportError) -> JSONValue {
    var scanner = JSONScanner(bytes, in: range)
    do throws(JSONError) {
      return try scanner.readValue()
    } catch {
      throw .malformed(line: Self.line(of: error.offset, in: bytes), error.message)
    }
  }

  private func line(of name: String) -> Int { Self.line(of: ranges[name]?.lowerBound ?? 0, in: bytes) }

  private static func line(of offset: Int, in bytes: [UInt8]) -> Int {
    1 + bytes.prefix(offset).count { $0 == UInt8(ascii: "\n") }
  }
}

extension RecordedReportError {
  /// What is wrong, without its place.
  fileprivate var explanation: String { if case .malformed(_, let message) = self { message } else { "\(self)" } }
}

/// The members of one object in a report.
struct ReportMembers {
  let value: JSONValue
  fileprivate let line: Int

  func text(_ name: String) throws(RecordedReportError) -> String {
    guard let text = value[name]?.string else { throw malformed(name, "is no text") }
    return text
  }

  /// Nil for null, and for what is missing.
  func optionalText(_ name: String) throws(RecordedReportError) -> String? {
    isAbsent(name) ? nil : try text(name)
  }

  func integer(_ name: String) throws(RecordedReportError) -> Int {
    guard let number = value[name]?.integer else { throw malformed(name, "is no whole number") }
    return number
  }

  func optionalNumber(_ name: String) throws(RecordedReportError) -> Double? {
    if isAbsent(name) { return nil }
    guard case .number(let text)? = value[name], let number = Double(text), number.isFinite else {
      throw malformed(name, "is no number")
    }
    return number
  }

  func boolean(_ name: String) throws(RecordedReportError) -> Bool {
    guard let flag = value[name]?.boolean else { throw malformed(name, "is neither true nor false") }
    return flag
  }

  func instant(_ name: String) throws(RecordedReportError) -> Instant {
    guard let instant = Instant(try text(name)) else { throw malformed(name, "is no date-time") }
    return instant
  }

  func choice<Choice: RawRepresentable<String>>(_ name: String) throws(RecordedReportError) -> Choice {
    guard let choice = Choice(rawValue: try text(name)) else {
      throw malformed(name, "is not one that this tokenreeve knows")
    }
    return choice
  }

  func members(_ name: String) throws(RecordedReportError) -> ReportMembers {
    guard let value = value[name], case .object = value else { throw malformed(name, "is no object") }
    return ReportMembers(value: value, line: line)
  }

  func optionalMembers(_ name: String) throws(RecordedReportError) -> ReportMembers? {
    isAbsent(name) ? nil : try members(name)
  }

  func elements<Element>(
    _ name: String, _ make: (ReportMembers) throws(RecordedReportError) -> Element
  ) throws(RecordedReportError) -> [Element] {
    guard let elements = value[name]?.array else { throw malformed(name, "is no list") }
    var made: [Element] = []
    for element in elements { made.append(try make(ReportMembers(value: element, line: line))) }
    return made
  }

  func malformed(_ name: String, _ message: String) -> RecordedReportError {
    .malformed(line: line, "\(name) \(message)")
  }

  private func isAbsent(_ name: String) -> Bool { value[name] == nil || value[name] == .null }
}
