#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Whole lines of a file.
package struct LineBlock: Sendable {
  /// The lines, and some bytes of no meaning behind them, so that a reader may look ahead.
  package let bytes: [UInt8]
  /// Where the lines end; each but a last one that is cut ends in a line feed.
  package let end: Int

  /// How many bytes of no meaning there are at least.
  package static let padding = 32
}

/// Reads a file in blocks of whole lines, for lines that are worked on by several tasks.
package struct LineBlockReader: ~Copyable {
  private let descriptor: Descriptor
  private let size: Int
  private let limit: Int
  /// The beginning of a line whose end has not been read.
  private var rest: [UInt8] = []
  private var isAtEnd = false

  /// Opens the file at `path`.
  /// - Parameters:
  ///   - size: how many bytes a block has, as far as lines are shorter.
  ///   - limit: a line longer than this is ``FileError/Reason/tooLarge(limit:)``.
  package init(path: String, size: Int = 1 << 20, limit: Int = 64 << 20) throws(FileError) {
    let descriptor = try Descriptor(opening: path, O_RDONLY, as: .open)
    if try descriptor.status().st_mode & S_IFMT == S_IFDIR { throw FileError(.read, path, .notRegularFile) }
    self.descriptor = descriptor
    self.size = size
    self.limit = limit
  }

  /// The next lines; nil at the end of the file.
  package mutating func next() throws(FileError) -> LineBlock? {
    var count = rest.count
    var bytes = rest
    while !isAtEnd {
      guard count <= limit else { throw FileError(.read, descriptor.path, .tooLarge(limit: limit)) }
      let start = count
      (bytes, count) = try filled(bytes, count)
      guard let last = bytes[start..<count].lastIndex(of: 0x0A) else { continue }
      rest = Array(bytes[(last + 1)..<count])
      return LineBlock(bytes: bytes, end: last + 1)
    }
    rest = []
    guard count > 0 else { return nil }
    // What was left of the block before has no padding.
    bytes += Array(repeating: 0, count: max(0, count + LineBlock.padding - bytes.count))
    return LineBlock(bytes: bytes, end: count)
  }

  /// The first `count` of the bytes with more of the file behind them, how many that makes, and padding.
  private mutating func filled(_ bytes: [UInt8], _ count: Int) throws(FileError) -> ([UInt8], Int) {
    let capacity = max(size, count + max(1, size / 2))
    var total = count
    var failure: Int32?
    let filled = unsafe [UInt8](unsafeUninitializedCapacity: capacity + LineBlock.padding) { buffer, initialized in
      for index in 0..<count { unsafe buffer[index] = bytes[index] }
      while total < capacity {
        let received = unsafe read(descriptor.number, buffer.baseAddress.map { unsafe $0 + total }, capacity - total)
        if received < 0 {
          if errno == EINTR { continue }
          failure = errno
          break
        }
        if received == 0 {
          isAtEnd = true
          break
        }
        total += received
      }
      initialized = total + LineBlock.padding
      for index in total..<initialized { unsafe buffer[index] = 0 }
    }
    if let failure { throw FileError(.read, descriptor.path, errno: failure) }
    return (filled, total)
  }
}
