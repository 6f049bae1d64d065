/// A buffered writer to a descriptor that is open already, such as standard output.
///
/// A reader that went away is the error ``FileError/Reason/closedPipe``; that needs `SIGPIPE` to be ignored by the
/// process, else the signal ends it first. Call ``flush()`` at the end: bytes that were not flushed are lost.
package struct DescriptorWriter: ~Copyable, ByteWriter {
  private let descriptor: Descriptor
  private var buffer = WriteBuffer()

  /// Writes to `number`, which stays open; `name` is what errors show ("standard output").
  package init(descriptor number: Int32, name: String) {
    descriptor = Descriptor(borrowing: number, name: name)
  }

  package mutating func write(_ bytes: borrowing Span<UInt8>) throws(FileError) {
    try buffer.write(bytes, to: descriptor)
  }

  /// Hands everything to the system.
  package mutating func flush() throws(FileError) {
    try buffer.flush(to: descriptor)
  }
}
