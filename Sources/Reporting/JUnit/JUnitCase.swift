/// One test case of a JUnit report.
struct JUnitCase {
  enum Outcome: Hashable, CaseIterable { case failure, error, skipped, passed }

  /// `tokenreeve.` and a word of ours or a rule's id, never text from data.
  let className: String
  /// What stays the same from run to run.
  let name: String
  let outcome: Outcome
  /// Which kind of failure or error, with a hyphen or a dot in it: plain words such as `date` make GitLab's reader
  /// convert the body.
  var type = ""
  /// Why, in one line. Like the body never empty, except for a passed case.
  var message = ""
  var body = ""

  /// The same case with long texts cut.
  func limited(by limit: JUnitLimit?) -> JUnitCase {
    guard let length = limit?.fieldLength else { return self }
    return JUnitCase(
      className: className, name: cut(name, to: length, "…"), outcome: outcome, type: type,
      message: cut(message, to: length, "…"),
      body: cut(body, to: length, "\n… (cut; the JSON report has all of it)\n"))
  }

  /// At least as many bytes as the case takes in the file.
  var size: Int {
    160 + [className, name, type, message, body].reduce(0) { $0 + escapedSize($1) }
  }
}

private func cut(_ text: String, to length: Int, _ mark: String) -> String {
  guard text.utf8.count > length, text.unicodeScalars.count > length else { return text }
  return String(text.unicodeScalars.prefix(max(0, length - mark.unicodeScalars.count))) + mark
}

private func escapedSize(_ text: String) -> Int {
  text.utf8.reduce(0) { size, byte in
    switch byte {
    case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"), UInt8(ascii: "\""), 0x0A, 0x0D, 0x09: size + 6
    default: size + 1
    }
  }
}
