extension JSONScanner {
  /// Appends the bytes of a value that has been scanned, without the white space between its tokens: the value on one
  /// line, every token as it came.
  package func appendMinified(_ range: Range<Int>, to output: inout [UInt8]) {
    var insideString = false
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = bytes[index]
      if insideString {
        output.append(byte)
        if byte == UInt8(ascii: "\\") {
          index += 1
          output.append(bytes[index])
        } else if byte == UInt8(ascii: "\"") {
          insideString = false
        }
      } else {
        switch byte {
        case 0x20, 0x0A, 0x0D, 0x09: break
        default:
          output.append(byte)
          insideString = byte == UInt8(ascii: "\"")
        }
      }
      index += 1
    }
  }
}
