/// One record of a CSV file: every field quoted, quotes doubled, CRLF behind it (RFC 4180).
func csvRecord(_ fields: [String]) -> String {
  var record = "\""
  for (index, field) in fields.enumerated() {
    if index > 0 { record += "\",\"" }
    record += replacing("\"", with: "\"\"", in: field)
  }
  record += "\"\r\n"
  return record
}

/// Text from data for a spreadsheet: controls visible, and an apostrophe before what would be a formula (OWASP, CSV
/// injection). That changes the text; the JSON report keeps it.
///
/// Spreadsheets trim spaces before they look, and some take full-width signs too.
func csvText(_ text: String) -> String {
  let text = visible(text)
  let first = text.unicodeScalars.first { !$0.properties.isWhitespace }
  return first.map { "=+-@\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars.contains($0) } == true ? "'" + text : text
}
