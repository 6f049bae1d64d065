#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Makes the folder at `path` and those above it, as far as they are missing.
package func createFolders(_ path: String) throws(FileError) {
  guard !path.isEmpty, !isFolder(path) else { return }
  var trimmed = path[...]
  while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
  let parent = split(String(trimmed)).folder
  if parent != path { try createFolders(parent) }
  if unsafe mkdir(String(trimmed), 0o777) != 0 {
    let code = errno
    // Another process may have made it in the meantime.
    if code == EEXIST, isFolder(path) { return }
    throw FileError(.create, path, errno: code)
  }
}

/// Makes the folders above the file at `path`, as far as they are missing.
package func createFolders(above path: String) throws(FileError) {
  try createFolders(split(path).folder)
}

/// Whether anything is at `path`; a symbolic link counts by what it leads to.
package func fileExists(_ path: String) -> Bool {
  unsafe access(path, F_OK) == 0
}

/// Whether a folder is at `path`.
package func isFolder(_ path: String) -> Bool {
  var status = stat()
  return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}

/// Whether both paths name the same file, or would if there were one: spelled differently, or by way of links.
package func isSameFile(_ left: String, _ right: String) -> Bool {
  switch (identity(of: left), identity(of: right)) {
  case (let left?, let right?): return left == right
  case (nil, nil):
    // Nothing is there yet: what counts is the name, and the folder, which may be spelled differently too.
    let (left, right) = (split(left), split(right))
    guard left.name == right.name, let folder = identity(of: left.folder.isEmpty ? "." : left.folder) else {
      return false
    }
    return folder == identity(of: right.folder.isEmpty ? "." : right.folder)
  default: return false
  }
}

/// What the system knows a file by; nil when there is none.
private func identity(of path: String) -> [UInt64]? {
  var status = stat()
  return unsafe stat(path, &status) == 0 ? [UInt64(status.st_dev), UInt64(status.st_ino)] : nil
}

/// Whether the group or others may read the file at `path`.
package func isReadableByOthers(_ path: String) throws(FileError) -> Bool {
  var status = stat()
  guard unsafe stat(path, &status) == 0 else { throw FileError(.inspect, path, errno: errno) }
  return status.st_mode & 0o044 != 0
}

/// Removes the file at `path`; fine when there is none.
///
/// - Parameter durably: whether it has to stay away after a power failure, which takes some milliseconds.
package func removeFile(_ path: String, durably: Bool = true) throws(FileError) {
  guard unsafe unlink(path) == 0 else {
    if errno == ENOENT { return }
    throw FileError(.remove, path, errno: errno)
  }
  if durably { try syncFolder(of: path) }
}
