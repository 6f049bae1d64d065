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

  /// Opens the file and locks it. When there is none it is created, unless `creating` is false.
  /// Throws ``FileError/Reason/locked`` when another process has it, and ``FileError/Reason/notRegularFile`` for
  /// anything else than a regular file, symbolic links included.
  package init(path: String, creating: Bool = true) throws(FileError) {
    // O_NONBLOCK: opening a named pipe must not wait for its other end.
    let flags = O_RDWR | O_APPEND | O_NOFOLLOW | O_NONBLOCK
    let descriptor = try Descriptor(opening: path, creating ? flags | O_CREAT : flags, mode: 0o600, as: .open)
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

  /// The file's bytes in `range`; what is still in the buffer cannot be read.
  package borrowing func read(_ range: Range<Int>) throws(FileError) -> [UInt8] {
    var failure: Int32?
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
      while count < range.count {
        let received = unsafe pread(
          descriptor.number, buffer.baseAddress.map { unsafe $0 + count }, range.count - count,
          off_t(range.lowerBound + count))
        if received < 0, errno == EINTR { continue }
        // Only another program can have cut the file.
        if received <= 0 { failure = received < 0 ? errno : EIO }
        guard received > 0 else { return }
        count += received
      }
    }
    if let failure { throw FileError(.read, descriptor.path, errno: failure) }
    return bytes
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
