import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// An HTML report, read back by an XML parser: the page is both.
struct HTMLPage {
  private let root: XMLElement
  /// Every element, in the order of the page.
  private let elements: [XMLElement]
  private let source: String

  /// Throws the parser's error for a page that is not well-formed.
  init(_ bytes: [UInt8]) throws {
    let document = try XMLDocument(
      data: Data(bytes), options: [.nodeLoadExternalEntitiesNever, .nodePreserveWhitespace])
    guard let root = document.rootElement() else { throw CocoaError(.fileReadCorruptFile) }
    self.root = root
    elements = Self.elements(from: root)
    source = String(decoding: bytes, as: UTF8.self)
  }

  private static func elements(from element: XMLElement) -> [XMLElement] {
    [element] + (element.children ?? []).compactMap { $0 as? XMLElement }.flatMap(elements)
  }

  var lines: [String] { source.split(separator: "\n").map(String.init) }

  /// Names and attributes in their order, without what numbers decide: the charts.
  var structure: [String] {
    let drawn = ["rect", "text", "line", "svg"]
    return elements.filter { !drawn.contains($0.name ?? "") }.map { element in
      let attributes = (element.attributes ?? []).map { "\($0.name ?? "")=\($0.stringValue ?? "")" }.sorted()
      return ([element.name ?? ""] + attributes).joined(separator: " ")
    }
  }

  /// The rows of the findings' table, a text for each cell.
  var findings: [[String]] { rows(of: "findings") }

  /// The rows of the first table in a section, without its head.
  func rows(of section: String) -> [[String]] {
    guard let section = element(section),
      let body = Self.elements(from: section).first(where: { $0.name == "tbody" })
    else { return [] }
    return (body.children ?? []).compactMap { $0 as? XMLElement }.map { row in
      (row.children ?? []).compactMap { ($0 as? XMLElement)?.stringValue }
    }
  }

  /// What stands in a section.
  func text(of section: String) -> String { element(section)?.stringValue ?? "" }

  func count(_ name: String) -> Int { elements.count { $0.name == name } }

  /// The values of an attribute, wherever it stands.
  func values(of attribute: String) -> [String] {
    elements.compactMap { $0.attribute(forName: attribute)?.stringValue }
  }

  private func element(_ id: String) -> XMLElement? {
    elements.first { $0.attribute(forName: "id")?.stringValue == id }
  }
}
