import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// What Foundation's parser reads back from a document: a second opinion on it.
struct ParsedXML: Equatable {
  struct Element: Equatable {
    let name: String
    let attributes: [String: String]
    var text = ""
  }

  /// In the order of their starts; `text` is what stands directly in the element.
  var elements: [Element] = []

  /// Throws the parser's error for a document that is not well-formed.
  init(_ bytes: [UInt8]) throws {
    let reader = Reader()
    let parser = XMLParser(data: Data(bytes))
    parser.delegate = reader
    guard parser.parse() else { throw parser.parserError ?? CocoaError(.fileReadCorruptFile) }
    elements = reader.elements
  }

  private final class Reader: NSObject, XMLParserDelegate {
    var elements: [Element] = []
    private var open: [Int] = []

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
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
