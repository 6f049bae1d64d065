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

/// Whether the group or others may read the file at `path`.
package func isReadableByOthers(_ path: String) throws(FileError) -> Bool {
  var status = stat()
  guard unsafe stat(path, &status) == 0 else { throw FileError(.inspect, path, errno: errno) }
  return status.st_mode & 0o044 != 0
}

/// Removes the file at `path`; fine when there is none.
package func removeFile(_ path: String) throws(FileError) {
  guard unsafe unlink(path) == 0 else {
    if errno == ENOENT { return }
    throw FileError(.remove, path, errno: errno)
  }
  try syncFolder(of: path)
}
