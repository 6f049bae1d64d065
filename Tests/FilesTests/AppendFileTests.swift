import Files
import Foundation
import Testing

struct AppendFileTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  @Test func growsAcrossOpeningsAndCanBeCut() throws {
    do {
      var file = try AppendFile(path: folder.path("a.partial"))
      try file.write("one two")
      #expect(file.length == 7)
      try file.sync()
      #expect(folder.text("a.partial") == "one two")
    }
    #expect(try folder.mode("a.partial") == 0o600)
    var file = try AppendFile(path: folder.path("a.partial"))
    #expect(file.length == 7)
    try file.truncate(to: 4)
    try file.write("three")
    try file.flush()
    #expect(folder.text("a.partial") == "one three")
    #expect(file.length == 9)
  }

  @Test func unsyncedBytesAreNotInTheFile() throws {
    do {
      var file = try AppendFile(path: folder.path("a"))
      try file.write("lost")
    }
    #expect(folder.text("a") == "")
  }

  @Test func secondWriterIsRefusedUntilTheFirstIsGone() throws {
    let path = folder.path("a")
    do {
      let first = try AppendFile(path: path)
      let error = #expect(throws: FileError.self) { _ = try AppendFile(path: path) }
      #expect(error?.reason == .locked)
      #expect(first.length == 0)
    }
    #expect(throws: Never.self) { _ = try AppendFile(path: path) }
  }

  @Test func cannotBeCutBeyondItsEnd() throws {
    var file = try AppendFile(path: folder.path("a"))
    try file.write("abc")
    var refused = false
    do { try file.truncate(to: 4) } catch { refused = true }
    #expect(refused)
  }

  @Test func linksAndPipesAreRefused() throws {
    try FileManager.default.createSymbolicLink(atPath: folder.path("link"), withDestinationPath: "target")
    try #require(unsafe mkfifo(folder.path("pipe"), 0o600) == 0)
    for name in ["link", "pipe"] {
      let error = #expect(throws: FileError.self) { _ = try AppendFile(path: folder.path(name)) }
      #expect(error?.reason == .notRegularFile)
    }
  }

  @Test func anyPartOfItCanBeRead() throws {
    var file = try AppendFile(path: folder.path("a"))
    try file.write("one two")
    try file.flush()
    try file.write(" three")
    #expect(String(decoding: try file.read(4..<7), as: UTF8.self) == "two")
    #expect(try file.read(3..<3) == [])
    var refused = false
    do { _ = try file.read(4..<8) } catch { refused = error.operation == .read }
    #expect(refused, "the rest is still in the buffer")
  }

  @Test func isCreatedOnlyWhenThatIsWanted() throws {
    let error = #expect(throws: FileError.self) { _ = try AppendFile(path: folder.path("a"), creating: false) }
    #expect(error?.reason == .notFound)
    #expect(folder.names == [])
  }
}
