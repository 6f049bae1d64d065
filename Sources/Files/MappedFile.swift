#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A file mapped into memory for reading: for snapshots of many hundred megabytes, of which the system keeps only
/// the pages in use.
///
/// The file is expected not to shrink meanwhile: touching a page that is gone ends the process (`SIGBUS`). Files that
/// this package writes never shrink, since they are replaced by renaming and the mapping keeps the old one alive.
@safe package struct MappedFile: ~Copyable {
  private let address: UnsafeMutableRawPointer?
  /// The file's length in bytes.
  package let count: Int

  /// Maps the regular file at `path`.
  package init(path: String) throws(FileError) {
    let descriptor = try Descriptor(opening: path, O_RDONLY | O_NONBLOCK, as: .open)
    let status = try descriptor.status()
    guard isRegular(status) else { throw FileError(.read, path, .notRegularFile) }
    let count = Int(status.st_size)
    // An empty file cannot be mapped.
    var mapping: UnsafeMutableRawPointer?
    if count > 0 {
      unsafe mapping = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor.number, 0)
      guard unsafe mapping != MAP_FAILED else { throw FileError(.read, path, errno: errno) }
      // Read from start to end: the system reads ahead and drops what is behind.
      _ = unsafe madvise(mapping, count, MADV_SEQUENTIAL)
    }
    self.count = count
    unsafe address = mapping
  }

  deinit {
    if let address = unsafe address { _ = unsafe munmap(address, count) }
  }

  /// Calls `body` with the file's bytes.
  package borrowing func withBytes<Value: ~Copyable, Failure: Error>(
    _ body: (borrowing Span<UInt8>) throws(Failure) -> Value
  ) throws(Failure) -> Value {
    let bytes = unsafe UnsafeRawBufferPointer(start: address, count: count)
    let elements = unsafe UnsafeBufferPointer<UInt8>(
      start: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), count: count)
    return try unsafe body(elements.span)
  }
}
