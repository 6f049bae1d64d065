import Files
import Foundation
import Testing

struct DescriptorWriterTests {
  @Test func closedPipeIsAnErrorOfItsOwn() throws {
    _ = signal(SIGPIPE, SIG_IGN)
    var ends: [Int32] = [0, 0]
    try #require(unsafe pipe(&ends) == 0)
    close(ends[0])
    var writer = DescriptorWriter(descriptor: ends[1], name: "standard output")
    try writer.write("text")
    var thrown: FileError?
    do throws(FileError) { try writer.flush() } catch { thrown = error }
    #expect(thrown?.reason == .closedPipe)
    #expect(thrown?.path == "standard output")
    close(ends[1])
  }

  @Test(arguments: [false, true]) func slowReaderGetsEverything(nonBlocking: Bool) async throws {
    var ends: [Int32] = [0, 0]
    try #require(unsafe pipe(&ends) == 0)
    if nonBlocking { #expect(fcntl(ends[1], F_SETFL, O_NONBLOCK) == 0) }
    let sent = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let source = ends[0]
    let reader = Task.detached { try readDescriptor(source, name: "pipe", limit: 10_000_000) }
    let sink = ends[1]
    try await Task.detached {
      var writer = DescriptorWriter(descriptor: sink, name: "pipe")
      for start in stride(from: 0, to: sent.count, by: 10_000) { try writer.write(Array(sent[start..<start + 10_000])) }
      try writer.write(sent)
      try writer.flush()
      close(sink)
    }.value
    #expect(try await reader.value == sent + sent)
    close(source)
  }

  @Test func fullDiskIsSaidInWords() throws {
    let descriptor = unsafe open("/dev/full", O_WRONLY)
    try #require(descriptor >= 0)
    var writer = DescriptorWriter(descriptor: descriptor, name: "report.xml")
    try writer.write("text")
    var thrown: FileError?
    do throws(FileError) { try writer.flush() } catch { thrown = error }
    #expect(thrown?.message == "cannot write report.xml: No space left on device")
    close(descriptor)
  }

  @Test func memoryWriterKeepsTheBytes() {
    var writer = MemoryWriter()
    func fill(_ writer: inout some ByteWriter & ~Copyable) throws { try writer.write("äb") }
    #expect(throws: Never.self) { try fill(&writer) }
    #expect(writer.bytes == Array("äb".utf8))
  }
}
