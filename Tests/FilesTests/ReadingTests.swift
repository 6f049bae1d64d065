import Files
import Foundation
import Testing

struct ReadingTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func write(_ bytes: [UInt8], to name: String, mode: Int = 0o600) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: folder.path(name)))
    try folder.setMode(name, mode)
    return folder.path(name)
  }

  @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 300_000]) func wholeFile(size: Int) throws {
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let path = try write(bytes, to: "a")
    #expect(try readFile(path, limit: size) == bytes)
    #expect(try MappedFile(path: path).withBytes { bytes in bytes.indices.map { bytes[$0] } } == bytes)
  }

  @Test func limitIsKeptForFilesAndForEndlessDevices() throws {
    let path = try write([1, 2, 3], to: "a")
    for path in [path, "/dev/zero"] {
      let error = #expect(throws: FileError.self) { try readFile(path, limit: 2) }
      #expect(error?.reason == .tooLarge(limit: 2))
    }
  }

  @Test func privateFileMustBePrivate() throws {
    let path = try write([1], to: "key", mode: 0o640)
    let error = #expect(throws: FileError.self) { try readFile(path, limit: 10, private: true) }
    #expect(error?.reason == .accessibleByOthers)
    #expect(error?.advice == "Make it private: chmod 600 \(path)")
    #expect(try isReadableByOthers(path))
    try folder.setMode("key", 0o600)
    #expect(try readFile(path, limit: 10, private: true) == [1])
    #expect(try !isReadableByOthers(path))
  }

  @Test func foldersAndMissingFilesAreErrors() {
    let reading = #expect(throws: FileError.self) { try readFile(folder.path, limit: 10) }
    #expect(reading?.reason == .notRegularFile)
    let mapping = #expect(throws: FileError.self) { _ = try MappedFile(path: folder.path) }
    #expect(mapping?.reason == .notRegularFile)
    let missing = #expect(throws: FileError.self) { try readFile(folder.path("none"), limit: 10) }
    #expect(missing?.reason == .notFound)
  }

  @Test func mappedFileOutlivesItsReplacement() throws {
    let path = try write([1, 2, 3], to: "a")
    let mapped = try MappedFile(path: path)
    let replacement = try AtomicFile(path: path)
    try replacement.commit()
    #expect(mapped.withBytes { $0[2] } == 3)
  }

  @Test func foldersAreMadeAsFarAsMissing() throws {
    try createFolders(above: folder.path("a/b/c.json"))
    #expect(isFolder(folder.path("a/b")))
    try createFolders(folder.path("a/b/"))
    #expect(!fileExists(folder.path("a/b/c.json")))
    _ = try write([], to: "file")
    let error = #expect(throws: FileError.self) { try createFolders(folder.path("file/x")) }
    #expect(error?.path.hasPrefix(folder.path("file")) == true)
  }

  @Test func removingTwiceIsFine() throws {
    let path = try write([], to: "a")
    try removeFile(path)
    try removeFile(path)
    #expect(!fileExists(path))
  }
}
