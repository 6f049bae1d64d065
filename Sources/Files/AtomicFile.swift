#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A file that is there completely or not at all.
///
/// Bytes go to a temporary file beside the destination; ``commit()`` puts it in place. A kill at any moment leaves the
/// old file or the new one. Dropped without a commit, the temporary is removed.
package struct AtomicFile: ~Copyable, ByteWriter {
  private let path: String
  private let temporaryPath: String
  private let descriptor: Descriptor
  private var buffer = WriteBuffer()
  private var isCommitted = false

  /// Starts a new file for `path`. Its folder has to exist. What is at `path` has to be a regular file, if anything:
  /// a rename would otherwise replace a device or a link instead of what it stands for.
  /// `mode` is narrowed by the process's umask.
  package init(path: String, mode: UInt16 = 0o600) throws(FileError) {
    try Self.checkIsFile(path)
    let temporaryPath = Self.temporaryPath(beside: path)
    do throws(FileError) {
      descriptor = try Descriptor(
        opening: temporaryPath, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: mode_t(mode), as: .create)
    } catch {
      throw FileError(.create, path, error.reason)
    }
    self.path = path
    self.temporaryPath = temporaryPath
  }

  /// Throws what would keep a file from being put at `path`, as far as it can be told without trying: for work whose
  /// result is written at its end.
  package static func checkIsReplaceable(_ path: String) throws(FileError) {
    try checkIsFile(path)
    let folder = split(path).folder.isEmpty ? "." : split(path).folder
    guard unsafe access(folder, W_OK | X_OK) == 0 else { throw FileError(.create, path, errno: errno) }
    // In a folder such as /tmp, files are replaced by their owner, the folder's, and the superuser.
    var (folderStatus, status) = (stat(), stat())
    guard unsafe stat(folder, &folderStatus) == 0, folderStatus.st_mode & S_ISVTX != 0, unsafe lstat(path, &status) == 0
    else { return }
    guard [status.st_uid, folderStatus.st_uid].contains(geteuid()) || geteuid() == 0 else {
      throw FileError(.replace, path, .permissionDenied)
    }
  }

  private static func checkIsFile(_ path: String) throws(FileError) {
    var status = stat()
    if unsafe lstat(path, &status) == 0, !isRegular(status) { throw FileError(.replace, path, .notRegularFile) }
  }

  private static func temporaryPath(beside path: String) -> String {
    let (folder, name) = split(path)
    let unique = String(UInt64.random(in: .min ... .max), radix: 36)
    // File names have at most 255 bytes; a long one is cut so that the temporary's fits.
    return folder + "." + String(decoding: name.utf8.prefix(200), as: UTF8.self) + "." + unique + ".tmp"
  }

  deinit {
    if !isCommitted { _ = unsafe unlink(temporaryPath) }
  }

  package mutating func write(_ bytes: borrowing Span<UInt8>) throws(FileError) {
    do throws(FileError) {
      try buffer.write(bytes, to: descriptor)
    } catch {
      throw FileError(.write, path, error.reason)
    }
  }

  /// Writes what is pending, syncs, and puts the file in place of what was at its path.
  package consuming func commit() throws(FileError) {
    do throws(FileError) {
      try buffer.flush(to: descriptor)
      try descriptor.sync()
    } catch {
      throw FileError(error.operation, path, error.reason)
    }
    guard unsafe rename(temporaryPath, path) == 0 else { throw FileError(.replace, path, errno: errno) }
    isCommitted = true
    try syncFolder(of: path)
  }
}

/// Makes renames and removals in the folder of `path` survive a power failure.
func syncFolder(of path: String) throws(FileError) {
  let folder = split(path).folder
  try Descriptor(opening: folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY, as: .open).sync()
}

/// The folder of a path, with its slash (empty for the working folder), and the name in it.
func split(_ path: String) -> (folder: String, name: String) {
  guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return ("", path) }
  let afterSlash = path.utf8.index(after: slash)
  return (String(path[..<afterSlash]), String(path[afterSlash...]))
}
