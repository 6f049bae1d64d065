#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// All bytes of a file, or of a pipe such as `/dev/fd/63`.
///
/// Up to 64 KiB are read into one buffer without intermediate copies, so a caller can wipe a key that it read.
/// - Parameters:
///   - limit: the most bytes to accept; more is ``FileError/Reason/tooLarge(limit:)``.
///   - isPrivate: refuse a file that its group or others have any access to, as ssh does with keys
///     (``FileError/Reason/accessibleByOthers``).
package func readFile(_ path: String, limit: Int, private isPrivate: Bool = false) throws(FileError) -> [UInt8] {
  let descriptor = try Descriptor(opening: path, O_RDONLY, as: .open)
  let status = try descriptor.status()
  if status.st_mode & S_IFMT == S_IFDIR { throw FileError(.read, path, .notRegularFile) }
  if isPrivate, status.st_mode & 0o077 != 0 { throw FileError(.read, path, .accessibleByOthers) }
  if isRegular(status), status.st_size > limit { throw FileError(.read, path, .tooLarge(limit: limit)) }
  return try readAll(descriptor, expected: Int(status.st_size), limit: limit)
}

/// All bytes up to the end of a descriptor that is open already, such as standard input; it stays open.
/// `name` is what errors show ("standard input").
package func readDescriptor(_ number: Int32, name: String, limit: Int) throws(FileError) -> [UInt8] {
  try readAll(Descriptor(borrowing: number, name: name), expected: 0, limit: limit)
}

private func readAll(
  _ descriptor: borrowing Descriptor, expected: Int, limit: Int
) throws(FileError) -> [UInt8] {
  // One byte more than expected, so that a single further call sees the end.
  var bytes = [UInt8](repeating: 0, count: max(expected + 1, 64 * 1024))
  var count = 0
  while true {
    if count == bytes.count { bytes.append(contentsOf: repeatElement(0, count: bytes.count)) }
    let received = unsafe bytes.withUnsafeMutableBytes {
      unsafe read(descriptor.number, $0.baseAddress.map { unsafe $0 + count }, $0.count - count)
    }
    if received < 0 {
      if errno == EINTR { continue }
      throw FileError(.read, descriptor.path, errno: errno)
    }
    if received == 0 { break }
    count += received
    if count > limit { throw FileError(.read, descriptor.path, .tooLarge(limit: limit)) }
  }
  bytes.removeLast(bytes.count - count)
  return bytes
}
