/// Durations as policy files and people write them: `90d`, `12h`, `1d12h`. A day is 24 hours, a week seven days.
package enum DurationText {
  private static let units: [(name: Character, milliseconds: Int64)] = [
    ("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000),
  ]

  /// Milliseconds; nil when the text is anything else, or longer than 290 years, which a CEL duration can still hold.
  package static func milliseconds(_ text: String) -> Int64? {
    var total: Int64 = 0
    var digits = ""
    var last = Int64.max
    guard !text.isEmpty else { return nil }
    for character in text {
      if character.isASCII, character.isNumber {
        digits.append(character)
        continue
      }
      guard let unit = units.first(where: { $0.name == character }), unit.milliseconds < last,
        let number = Int64(digits)
      else { return nil }
      let (product, overflow) = number.multipliedReportingOverflow(by: unit.milliseconds)
      let (sum, overflowOfSum) = total.addingReportingOverflow(product)
      guard !overflow, !overflowOfSum else { return nil }
      total = sum
      last = unit.milliseconds
      digits = ""
    }
    return digits.isEmpty && total <= 290 * 365 * 86_400_000 ? total : nil
  }

  /// All units that the duration has, so that no two durations of whole seconds read alike: `90d1h30m`.
  package static func exactText(milliseconds: Int64) -> String {
    var rest = milliseconds.magnitude
    var text = ""
    for unit in units.dropFirst() {
      let (count, remainder) = rest.quotientAndRemainder(dividingBy: unit.milliseconds.magnitude)
      if count > 0 { text += "\(count)\(unit.name)" }
      rest = remainder
    }
    return text.isEmpty ? "0s" : (milliseconds < 0 ? "-" : "") + text
  }

  /// The two largest units that the duration has, cut towards zero: `365d`, `1d12h`, `-3h`, `0s`.
  package static func text(milliseconds: Int64) -> String {
    var rest = milliseconds.magnitude
    var parts: [String] = []
    for unit in units.dropFirst() where parts.count < 2 {
      let (count, remainder) = rest.quotientAndRemainder(dividingBy: unit.milliseconds.magnitude)
      if count > 0 { parts.append("\(count)\(unit.name)") } else if !parts.isEmpty { break }
      rest = remainder
    }
    return parts.isEmpty ? "0s" : (milliseconds < 0 ? "-" : "") + parts.joined()
  }
}
