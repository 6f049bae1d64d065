import Testing

@testable import Files

struct LineBlockReaderTests {
  /// Blocks are whole lines, and together the file, however small they are meant to be.
  @Test(arguments: [
    "", "\n", "a", "a\n", "a\nb", "\n\n\n", "one\ntwo\n\nfour, which is longer\n5\n", "no end, and long",
  ])
  func blocksAreWholeLines(_ text: String) throws {
    let folder = try TemporaryFolder()
    let path = folder.path("lines")
    var file = try AtomicFile(path: path)
    try file.write(text)
    try file.commit()
    for size in [1, 2, 7, 1 << 20] {
      var reader = try LineBlockReader(path: path, size: size)
      var read = ""
      while let block = try reader.next() {
        #expect(!read.hasSuffix("\n") ? read.isEmpty : true, "only the last block may end inside a line")
        #expect(block.bytes.count >= block.end + LineBlock.padding)
        read += String(decoding: block.bytes[..<block.end], as: UTF8.self)
      }
      #expect(read == text)
    }
  }

  @Test func aLineThatIsTooLongIsAnError() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("lines")
    var file = try AtomicFile(path: path)
    try file.write("short\n" + String(repeating: "x", count: 5000))
    try file.commit()
    var reader = try LineBlockReader(path: path, size: 16, limit: 1000)
    #expect(throws: FileError(.read, path, .tooLarge(limit: 1000))) {
      while try reader.next() != nil {}
    }
  }
}
