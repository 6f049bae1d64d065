#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Reads a file line by line, a block at a time, so that a file of any size needs little memory.
package struct LineReader: ~Copyable {
  private let descriptor: Descriptor
  /// The bytes that `next()` speaks of; they change with each call.
  package private(set) var block: [UInt8]
  /// False once `next()` has handed out a last line that has no line feed.
  package private(set) var isTerminated = true
  /// The part of `block` that has been read from the file and not yet handed out.
  private var pending = 0..<0
  private var isAtEnd = false
  private let limit: Int

  /// Opens the file at `path`. A line longer than `limit` bytes is ``FileError/Reason/tooLarge(limit:)``.
  package init(path: String, limit: Int = 64 << 20) throws(FileError) {
    let descriptor = try Descriptor(opening: path, O_RDONLY, as: .open)
    if try descriptor.status().st_mode & S_IFMT == S_IFDIR { throw FileError(.read, path, .notRegularFile) }
    self.descriptor = descriptor
    block = [UInt8](repeating: 0, count: 1 << 20)
    self.limit = limit
  }

  /// Where in `block` the next line is, without its line feed; nil at the end of the file.
  package mutating func next() throws(FileError) -> Range<Int>? {
    var searched = pending.lowerBound
    while true {
      if let end = block[searched..<pending.upperBound].firstIndex(of: 0x0A) {
        let line = pending.lowerBound..<end
        pending = (end + 1)..<pending.upperBound
        return line
      }
      if isAtEnd {
        guard !pending.isEmpty else { return nil }
        let line = pending
        pending = line.upperBound..<line.upperBound
        isTerminated = false
        return line
      }
      let unterminated = pending.count
      try fill()
      searched = pending.lowerBound + unterminated
    }
  }

  /// Moves what is left to the front of the block and reads more behind it.
  private mutating func fill() throws(FileError) {
    if pending.lowerBound > 0 {
      block.replaceSubrange(0..<pending.count, with: Array(block[pending]))
      pending = 0..<pending.count
    }
    if pending.upperBound == block.count {
      guard block.count < limit else { throw FileError(.read, descriptor.path, .tooLarge(limit: limit)) }
      block.append(contentsOf: repeatElement(0, count: block.count))
    }
    let start = pending.upperBound
    var received: Int
    repeat {
      received = unsafe block.withUnsafeMutableBytes {
        unsafe read(descriptor.number, $0.baseAddress.map { unsafe $0 + start }, $0.count - start)
      }
    } while received < 0 && errno == EINTR
    guard received >= 0 else { throw FileError(.read, descriptor.path, errno: errno) }
    if received == 0 { isAtEnd = true }
    pending = pending.lowerBound..<(start + received)
  }
}
