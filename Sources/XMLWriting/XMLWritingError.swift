/// Why a document could not be written. All but ``sink(_:)``, ``outOfMemory`` and ``missingLibrary(_:)`` are mistakes of
/// the calling code.
package enum XMLWritingError: Error {
  /// Not a name of ASCII letters, digits, `-`, `_` and `.`, beginning with a letter or `_`.
  case invalidName(String)
  /// The element has an attribute of that name already.
  case duplicateAttribute(String)
  /// An attribute anywhere but right after its element's start.
  case misplacedAttribute(String)
  /// Text outside of the root element.
  case textOutsideRoot
  /// A second root element.
  case secondRoot(String)
  /// An end without a start.
  case nothingToEnd
  /// The document ends with open elements, or without any.
  case incomplete(openElements: Int)
  /// The sink threw this error.
  case sink(any Error)
  /// libxml2 failed, which happens when memory is short.
  case outOfMemory
  /// libxml2 can't be loaded, for this reason.
  case missingLibrary(String)
}

extension XMLWritingError: CustomStringConvertible {
  /// What happened, in one line.
  package var message: String {
    switch self {
    case .invalidName(let name): "\"\(name)\" is not an XML name"
    case .duplicateAttribute(let name): "the attribute \(name) was given twice"
    case .misplacedAttribute(let name): "the attribute \(name) does not follow its element's start"
    case .textOutsideRoot: "there is text outside of the root element"
    case .secondRoot(let name): "the element \(name) would be a second root"
    case .nothingToEnd: "an element is ended that was not started"
    case .incomplete(0): "the document has no root element"
    case .incomplete(let count): "the document ends with \(count) elements open"
    case .sink(let error): "\(error)"
    case .outOfMemory: "memory is short"
    case .missingLibrary(let reason): "XML needs libxml2: \(reason); install the package libxml2"
    }
  }

  package var description: String { message }
}
