import Files
import Foundation
import Testing

struct AtomicFileTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  @Test func committedFileHoldsWhatWasWrittenAndIsPrivate() throws {
    var file = try AtomicFile(path: folder.path("report.json"))
    try file.write("größe ")
    try file.write([0x41, 0x42])
    #expect(folder.text("report.json") == nil)
    try file.commit()
    #expect(folder.text("report.json") == "größe AB")
    #expect(try folder.mode("report.json") == 0o600)
    #expect(folder.names == ["report.json"])
  }

  @Test func droppedFileLeavesTheOldOneAndNoTemporary() throws {
    try "old".write(toFile: folder.path("a"), atomically: false, encoding: .utf8)
    do {
      var file = try AtomicFile(path: folder.path("a"))
      try file.write(String(repeating: "x", count: 500_000))
      #expect(folder.names.count == 2)
    }
    #expect(folder.text("a") == "old")
    #expect(folder.names == ["a"])
  }

  @Test func replacesAFileWithAWiderMode() throws {
    try "old".write(toFile: folder.path("a"), atomically: false, encoding: .utf8)
    try folder.setMode("a", 0o644)
    var file = try AtomicFile(path: folder.path("a"))
    try file.write("new")
    try file.commit()
    #expect(folder.text("a") == "new")
    #expect(try folder.mode("a") == 0o600)
  }

  @Test func manySmallAndLargeWritesArriveInOrder() throws {
    var expected: [UInt8] = []
    var file = try AtomicFile(path: folder.path("a"))
    for number in 0..<3000 {
      let piece = [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: number % 7 == 0 ? 150_000 : number % 300)
      if number % 7 == 0 && number > 70 { continue }
      expected += piece
      try file.write(piece)
    }
    try file.commit()
    #expect(try readFile(folder.path("a"), limit: .max - 1) == expected)
  }

  @Test func refusesLinksFoldersAndDevices() throws {
    try FileManager.default.createSymbolicLink(atPath: folder.path("link"), withDestinationPath: "target")
    for path in [folder.path("link"), folder.path, "/dev/null"] {
      let error = #expect(throws: FileError.self) { _ = try AtomicFile(path: path) }
      #expect(error?.reason == .notRegularFile)
    }
  }

  @Test func whatCannotBeReplacedIsKnownBeforehand() throws {
    try FileManager.default.createSymbolicLink(atPath: folder.path("link"), withDestinationPath: "target")
    try "old".write(toFile: folder.path("a"), atomically: false, encoding: .utf8)
    for path in [folder.path("link"), folder.path, "/dev/null"] {
      let error = #expect(throws: FileError.self) { try AtomicFile.checkIsReplaceable(path) }
      #expect(error?.reason == .notRegularFile)
    }
    let missing = #expect(throws: FileError.self) { try AtomicFile.checkIsReplaceable(folder.path("x/y")) }
    #expect(missing?.reason == .notFound)
    for name in ["a", "new"] {
      #expect(throws: Never.self) { try AtomicFile.checkIsReplaceable(folder.path(name)) }
    }
    #expect(folder.names == ["a", "link"])
  }

  @Test func missingFolderIsNamedInTheError() throws {
    let path = folder.path("none/report.json")
    let error = #expect(throws: FileError.self) { _ = try AtomicFile(path: path) }
    #expect(error?.message == "cannot create \(path): No such file or folder")
    #expect(error?.advice.isEmpty == false)
  }

  @Test func longNamesWork() throws {
    let name = String(repeating: "n", count: 255)
    let file = try AtomicFile(path: folder.path(name))
    try file.commit()
    #expect(folder.names == [name])
  }
}
