internal import CXMLWriter

/// Writes one XML 1.0 document in UTF-8 to `sink`, piece by piece, as `body` says.
///
/// The document is well-formed when this returns; otherwise it throws. Characters that XML forbids are replaced by
/// U+FFFD. Memory does not grow with the document.
/// - Parameters:
///   - sink: takes the bytes in order, some kilobytes at a time.
///   - body: writes the root element and everything in it, and has to end every element that it starts.
/// - Throws: the sink's own error when it failed; ``XMLWritingError``; and what `body` throws.
package func writeXML(
  to sink: (borrowing Span<UInt8>) throws -> Void, _ body: (inout XMLWriter) throws -> Void
) throws {
  try withoutActuallyEscaping(sink) { sink in
    do {
      var writer = try XMLWriter(Sink(sink))
      try body(&writer)
      try writer.finish()
    } catch XMLWritingError.sink(let error) {
      throw error
    }
  }
}

/// The document that ``writeXML(to:_:)`` is writing.
@safe package struct XMLWriter: ~Copyable {
  private let writer: OpaquePointer
  private let sink: Sink
  private var openElements = 0
  private var hasRoot = false
  /// Whether the last thing written was an element's start or one of its attributes.
  private var isStartOpen = false
  /// The names of the attributes of the element that was started last.
  private var attributes: [StaticString] = []

  fileprivate init(_ sink: Sink) throws(XMLWritingError) {
    if let reason = unsafe tokenreeve_xml_missing_library() {
      throw .missingLibrary(unsafe String(cString: reason))
    }
    let context = unsafe Unmanaged.passUnretained(sink).toOpaque()
    guard let writer = unsafe tokenreeve_xml_writer_create(receiveBytes, context) else { throw .outOfMemory }
    unsafe self.writer = writer
    self.sink = sink
  }

  deinit { unsafe tokenreeve_xml_writer_free(writer) }

  /// Starts an element; its attributes follow.
  package mutating func startElement(_ name: StaticString) throws(XMLWritingError) {
    try XMLName.check(name)
    guard openElements > 0 || !hasRoot else { throw .secondRoot(name.description) }
    try check(unsafe tokenreeve_xml_writer_start_element(writer, XMLName.cString(name)))
    openElements += 1
    hasRoot = true
    isStartOpen = true
    attributes.removeAll(keepingCapacity: true)
  }

  /// Adds an attribute to the element that was just started. Tabs and line breaks survive reading.
  package mutating func attribute(_ name: StaticString, _ value: String) throws(XMLWritingError) {
    try XMLName.check(name)
    guard isStartOpen else { throw .misplacedAttribute(name.description) }
    guard !attributes.contains(where: { XMLName.isSame($0, name) }) else { throw .duplicateAttribute(name.description) }
    let result = unsafe XMLCharacters.replacingForbidden(in: value).withCString { value in
      unsafe tokenreeve_xml_writer_attribute(writer, XMLName.cString(name), value)
    }
    try check(result)
    attributes.append(name)
  }

  /// Adds text to the open element.
  package mutating func text(_ text: String) throws(XMLWritingError) {
    guard openElements > 0 else { throw .textOutsideRoot }
    isStartOpen = false
    let result = unsafe XMLCharacters.replacingForbidden(in: text).withCString { text in
      unsafe tokenreeve_xml_writer_text(writer, text)
    }
    try check(result)
  }

  /// Ends the element that was started last and is still open.
  package mutating func endElement() throws(XMLWritingError) {
    guard openElements > 0 else { throw .nothingToEnd }
    isStartOpen = false
    try check(unsafe tokenreeve_xml_writer_end_element(writer))
    openElements -= 1
  }

  fileprivate mutating func finish() throws(XMLWritingError) {
    // A failure comes first: a body that swallowed it may have left elements open for that reason.
    if let error = sink.error { throw .sink(error) }
    guard openElements == 0, hasRoot else { throw .incomplete(openElements: openElements) }
    try check(unsafe tokenreeve_xml_writer_finish(writer))
  }

  private func check(_ result: Int32) throws(XMLWritingError) {
    guard result != 0 else { return }
    throw sink.error.map { .sink($0) } ?? .outOfMemory
  }
}

/// Where the bytes go, for C to call. After an error it takes nothing more.
private final class Sink {
  private let write: (borrowing Span<UInt8>) throws -> Void
  private(set) var error: (any Error)?

  init(_ write: @escaping (borrowing Span<UInt8>) throws -> Void) { self.write = write }

  func receive(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard error == nil else { return false }
    do {
      try unsafe write(bytes.span)
      return true
    } catch {
      self.error = error
      return false
    }
  }
}

private let receiveBytes: tokenreeve_xml_sink = { context, bytes, count in
  let sink = unsafe Unmanaged<Sink>.fromOpaque(context).takeUnretainedValue()
  let start = unsafe UnsafeRawPointer(bytes).assumingMemoryBound(to: UInt8.self)
  return unsafe sink.receive(UnsafeBufferPointer(start: start, count: count)) ? 0 : -1
}
