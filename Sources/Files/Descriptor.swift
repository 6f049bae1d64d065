#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// An open file descriptor that is closed with its owner. Calls interrupted by a signal are repeated.
struct Descriptor: ~Copyable {
  let number: Int32
  /// The path or name that errors show.
  let path: String
  private let closesAtEnd: Bool

  /// Opens a file; the descriptor is not inherited by child processes.
  init(opening path: String, _ flags: Int32, mode: mode_t = 0, as operation: FileError.Operation) throws(FileError) {
    var number: Int32
    repeat {
      number = unsafe open(path, flags | O_CLOEXEC, mode)
    } while number < 0 && errno == EINTR
    guard number >= 0 else { throw FileError(operation, path, errno: errno) }
    self.number = number
    self.path = path
    closesAtEnd = true
  }

  /// Uses a descriptor that someone else opened and closes.
  init(borrowing number: Int32, name: String) {
    self.number = number
    path = name
    closesAtEnd = false
  }

  deinit {
    if closesAtEnd { _ = close(number) }
  }

  func status() throws(FileError) -> stat {
    var status = stat()
    guard unsafe fstat(number, &status) == 0 else { throw FileError(.inspect, path, errno: errno) }
    return status
  }

  /// Writes all bytes, however many calls that takes.
  func writeAll(_ bytes: borrowing Span<UInt8>) throws(FileError) {
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes.withUnsafeBytes {
        unsafe write(number, $0.baseAddress.map { unsafe $0 + done }, $0.count - done)
      }
      if count < 0 {
        if errno == EINTR { continue }
        if errno == EAGAIN {
          waitUntilWritable()
          continue
        }
        throw FileError(.write, path, errno: errno)
      }
      done += count
    }
  }

  /// Standard output can be non-blocking when a terminal or a parent process made it so.
  private func waitUntilWritable() {
    var entry = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
    _ = unsafe poll(&entry, 1, -1)
  }

  /// Waits until the bytes are on the disk.
  func sync() throws(FileError) {
    while fsync(number) != 0 {
      if errno == EINTR { continue }
      // Some file systems and pipes cannot sync; there is nothing more to do for them.
      if errno == EINVAL || errno == ENOTSUP { return }
      throw FileError(.sync, path, errno: errno)
    }
  }
}

/// Whether a file's mode says that it is a regular file.
func isRegular(_ status: stat) -> Bool { status.st_mode & S_IFMT == S_IFREG }
