/// Where a value that has been scanned lies in the scanner's bytes.
package struct JSONExtent: Hashable, Sendable {
  package let range: Range<Int>
  /// Whether white space stands between the value's tokens.
  package let hasWhitespace: Bool
}

extension JSONScanner {
  /// Where the value lies that `read` consumes.
  package mutating func extent(
    _ read: (inout JSONScanner) throws(JSONError) -> Void
  ) throws(JSONError) -> JSONExtent {
    skipWhitespace()
    let (start, skipped) = (position, whitespaceCount)
    try read(&self)
    return JSONExtent(range: start..<position, hasWhitespace: whitespaceCount > skipped)
  }

  /// A digest of the bytes in a range that nobody outside of the process can foresee.
  package func unforeseeableDigest(of range: Range<Int>) -> UInt64 { unsafe bytes.span.bytes.digest(range) }

  /// Appends the value on one line, every token as it came.
  package func appendMinified(_ extent: JSONExtent, to output: inout [UInt8]) {
    if extent.hasWhitespace {
      appendMinified(extent.range, to: &output)
    } else {
      unsafe bytes.span.bytes.append(extent.range, to: &output)
    }
  }
}
