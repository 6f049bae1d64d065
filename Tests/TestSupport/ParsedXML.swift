import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// What Foundation's parser reads back from a document: a second opinion on it.
package struct ParsedXML: Equatable {
  package struct Element: Equatable {
    package let name: String
    package let attributes: [String: String]
    package var text = ""
    /// Places of the element's children in `elements`.
    package var children: [Int] = []
  }

  /// In the order of their starts; `text` is what stands directly in the element.
  package var elements: [Element] = []

  /// Throws the parser's error for a document that is not well-formed.
  package init(_ bytes: [UInt8]) throws {
    let reader = Reader()
    let parser = XMLParser(data: Data(bytes))
    parser.delegate = reader
    guard parser.parse() else { throw parser.parserError ?? CocoaError(.fileReadCorruptFile) }
    elements = reader.elements
  }

  /// The children of an element.
  package func children(of element: Element) -> [Element] { element.children.map { elements[$0] } }

  private final class Reader: NSObject, XMLParserDelegate {
    var elements: [Element] = []
    private var open: [Int] = []

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      if let parent = open.last { elements[parent].children.append(elements.count) }
      open.append(elements.count)
      elements.append(Element(name: name, attributes: attributes))
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
      open.removeLast()
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
      if let last = open.last { elements[last].text += text }
    }
  }
}
