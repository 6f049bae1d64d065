#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A file that grows at its end and survives its process: what an interrupted collection leaves to be resumed.
///
/// It is private (mode 0600) and locked as long as it is open, so that two processes never write the same file. Bytes
/// are safe after ``sync()``; what was written after that is lost when the value is dropped or the process dies.
package struct AppendFile: ~Copyable, ByteWriter {
  private let descriptor: Descriptor
  private var buffer = WriteBuffer()
  /// The file's length in bytes, with what is still in the buffer.
  package private(set) var length: Int

  /// Opens the file, or creates it when there is none, and locks it.
  /// Throws ``FileError/Reason/locked`` when another process has it, and ``FileError/Reason/notRegularFile`` for
  /// anything else than a regular file, symbolic links included.
  package init(path: String) throws(FileError) {
    // O_NONBLOCK: opening a named pipe must not wait for its other end.
    let descriptor = try Descriptor(
      opening: path, O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW | O_NONBLOCK, mode: 0o600, as: .open)
    let status = try descriptor.status()
    guard isRegular(status) else { throw FileError(.open, path, .notRegularFile) }
    while flock(descriptor.number, LOCK_EX | LOCK_NB) != 0 {
      if errno == EINTR { continue }
      if errno == EWOULDBLOCK { throw FileError(.lock, path, .locked) }
      throw FileError(.lock, path, errno: errno)
    }
    // Asked again: another process may have written until it let go of the lock.
    length = Int(try descriptor.status().st_size)
    self.descriptor = descriptor
  }

  package mutating func write(_ bytes: borrowing Span<UInt8>) throws(FileError) {
    try buffer.write(bytes, to: descriptor)
    length += bytes.count
  }

  /// Hands what is in the buffer to the system: it survives the end of the process, not a power failure.
  package mutating func flush() throws(FileError) {
    try buffer.flush(to: descriptor)
  }

  /// Waits until everything written is on the disk.
  package mutating func sync() throws(FileError) {
    try buffer.flush(to: descriptor)
    try descriptor.sync()
  }

  /// Cuts the file at `offset` bytes, which is at most its length: what follows the last complete page goes away.
  package mutating func truncate(to offset: Int) throws(FileError) {
    try buffer.flush(to: descriptor)
    guard offset <= length, ftruncate(descriptor.number, off_t(offset)) == 0 else {
      throw FileError(.truncate, descriptor.path, errno: offset <= length ? errno : EINVAL)
    }
    length = offset
  }
}
