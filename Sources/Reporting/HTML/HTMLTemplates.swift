import Crypto
import Mustache

/// What a template is filled with: texts, numbers, truth values, and lists of such values.
typealias TemplateValues = [String: Any]

/// The templates of the HTML report, from the files in `Templates/`, with its style sheet and its script. They are
/// parsed when a page is written, so that other formats don't wait for it.
struct HTMLTemplates {
  private let library: MustacheLibrary
  private let style: String
  private let script: String

  private static let contentType = "VISIBLE-HTML"

  /// Throws what is wrong with a template, which a test excludes.
  init() throws {
    MustacheContentTypes.register(VisibleHTML(), named: Self.contentType)
    var library = MustacheLibrary()
    for file in BuiltInFiles.all where file.name.hasSuffix(".mustache") {
      // Every template escapes in our way, without having to say so.
      try library.register(
        "{{% CONTENT_TYPE:\(Self.contentType)}}\n\(file.text)", named: String(file.name.dropLast(".mustache".count)))
    }
    self.library = library
    style = try Self.file("report.css")
    script = try Self.file("report.js")
  }

  /// The text of a template with its places filled. Where a value is missing, nothing stands.
  func text(_ name: String, _ values: TemplateValues) throws -> String {
    guard let text = library.render(values, withTemplate: name) else { throw MissingTemplate(name: name) }
    return text
  }

  /// The text of a template that has the page's style or script, which the page's security policy allows by their
  /// digests and nothing else.
  func frame(_ name: String, _ values: TemplateValues) throws -> String {
    let own: TemplateValues = [
      "style": style, "script": script, "styleHash": digestSource(of: style), "scriptHash": digestSource(of: script),
    ]
    return try text(name, own.merging(values) { $1 })
  }

  private static func file(_ name: String) throws -> String {
    guard let file = BuiltInFiles.all.first(where: { $0.name == name }) else { throw MissingTemplate(name: name) }
    return file.text
  }

  struct MissingTemplate: Error { let name: String }
}

/// The escaping of every `{{name}}`: characters that act or hide are made visible, what is markup to HTML and XML is
/// escaped. The library's own escaping goes by whole graphemes, and so misses a quotation mark with an accent above.
private struct VisibleHTML: MustacheContentType {
  func escapeText(_ text: String) -> String { htmlText(text) }
}

/// Text from data as HTML, fit for an element and for a quoted attribute.
func htmlText(_ text: String) -> String {
  let text = visible(text)
  guard text.utf8.contains(where: { markup($0) != nil }) else { return text }
  var result: [UInt8] = []
  result.reserveCapacity(text.utf8.count + 32)
  for byte in text.utf8 {
    if let reference = markup(byte) { result += Array(reference.utf8) } else { result.append(byte) }
  }
  return String(decoding: result, as: UTF8.self)
}

private func markup(_ byte: UInt8) -> String? {
  switch byte {
  case UInt8(ascii: "&"): "&amp;"
  case UInt8(ascii: "<"): "&lt;"
  case UInt8(ascii: ">"): "&gt;"
  case UInt8(ascii: "\""): "&quot;"
  case UInt8(ascii: "'"): "&#39;"
  default: nil
  }
}

/// How a Content-Security-Policy names an inline style or script: `sha256-` and the digest in Base64.
private func digestSource(of text: String) -> String {
  let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  // 32 bytes: ten groups of three, and one of two.
  let digest = Array(SHA256.hash(data: Array(text.utf8)))
  var result: [UInt8] = []
  for start in stride(from: 0, to: digest.count, by: 3) {
    let group = digest[start..<min(start + 3, digest.count)]
    let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
    for place in 0..<4 {
      result.append(place <= group.count ? alphabet[bits >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
    }
  }
  return "sha256-\(String(decoding: result, as: UTF8.self))"
}
