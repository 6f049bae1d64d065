/// Something that takes bytes in order: a file that appears when it is complete, a pipe, or memory.
///
/// Writers are buffered, so many small writes are cheap. A function that writes takes
/// `inout some ByteWriter & ~Copyable` and leaves committing or flushing to its caller.
package protocol ByteWriter: ~Copyable {
  /// Takes all of the bytes, or throws.
  mutating func write(_ bytes: borrowing Span<UInt8>) throws(FileError)
}

extension ByteWriter where Self: ~Copyable {
  /// Writes the text as UTF-8.
  @inlinable
  package mutating func write(_ text: String) throws(FileError) {
    var text = text
    let outcome = text.withUTF8 { bytes in
      Result<Void, FileError> { () throws(FileError) in unsafe try write(bytes.span) }
    }
    try outcome.get()
  }

  /// Writes the bytes.
  @inlinable
  package mutating func write(_ bytes: [UInt8]) throws(FileError) {
    try write(bytes.span)
  }
}

/// A writer that keeps everything in memory.
package struct MemoryWriter: ByteWriter {
  /// Everything written so far.
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package mutating func write(_ bytes: borrowing Span<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer { unsafe self.bytes.append(contentsOf: $0) }
  }
}

/// Bytes on their way to a descriptor: small writes are gathered, large ones go straight through.
struct WriteBuffer: ~Copyable {
  static let capacity = 128 * 1024
  private var pending: [UInt8] = []

  mutating func write(_ bytes: borrowing Span<UInt8>, to descriptor: borrowing Descriptor) throws(FileError) {
    if pending.count + bytes.count > Self.capacity { try flush(to: descriptor) }
    if bytes.count >= Self.capacity { return try descriptor.writeAll(bytes) }
    if pending.capacity == 0 { pending.reserveCapacity(Self.capacity) }
    unsafe bytes.withUnsafeBufferPointer { unsafe pending.append(contentsOf: $0) }
  }

  mutating func flush(to descriptor: borrowing Descriptor) throws(FileError) {
    guard !pending.isEmpty else { return }
    try descriptor.writeAll(pending.span)
    pending.removeAll(keepingCapacity: true)
  }

  mutating func discard() { pending.removeAll(keepingCapacity: true) }
}
