#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Why a file could not be read or written: the operation, the path and the reason, in words for people.
package struct FileError: Error, Equatable, Sendable {
  /// What was being done with the file.
  package enum Operation: String, Sendable {
    case open, create, read, write, sync, replace, remove, inspect, lock, truncate
  }

  /// Why it failed.
  package enum Reason: Equatable, Sendable {
    /// Nothing is there, or a folder on the way is missing.
    case notFound
    /// The system refuses access.
    case permissionDenied
    /// The disk or the quota is full.
    case noSpace
    /// The reader of a pipe went away; for standard output this usually means that enough was read.
    case closedPipe
    /// The path names a folder, a device, a pipe or a symbolic link where a regular file is needed.
    case notRegularFile
    /// The file has more bytes than the limit.
    case tooLarge(limit: Int)
    /// Group or others have access to a file that has to be private.
    case accessibleByOthers
    /// Another process holds the lock.
    case locked
    /// Any other error of the system, by its `errno`.
    case system(code: Int32)
  }

  /// What was being done.
  package let operation: Operation
  /// The path as it was given, or a name such as "standard output".
  package let path: String
  /// Why it failed.
  package let reason: Reason

  package init(_ operation: Operation, _ path: String, _ reason: Reason) {
    self.operation = operation
    self.path = path
    self.reason = reason
  }

  /// An error of the system; `code` is `errno` right after the failed call.
  package init(_ operation: Operation, _ path: String, errno code: Int32) {
    let reason: Reason =
      switch code {
      case ENOENT, ENOTDIR: .notFound
      case EACCES, EPERM, EROFS: .permissionDenied
      case ENOSPC, EDQUOT: .noSpace
      case EPIPE: .closedPipe
      case ELOOP, EISDIR: .notRegularFile
      default: .system(code: code)
      }
    self.init(operation, path, reason)
  }
}

extension FileError: CustomStringConvertible {
  /// What happened and where, in one line: "cannot write report.json: No space left on device".
  package var message: String { "cannot \(operation.rawValue) \(path): \(explanation)" }

  package var description: String { message }

  private var explanation: String {
    switch reason {
    case .notFound: "No such file or folder"
    case .permissionDenied: "Permission denied"
    case .noSpace: "No space left on device"
    case .closedPipe: "The reader closed the pipe"
    case .notRegularFile: "It is not a regular file"
    case .tooLarge(let limit): "It is larger than \(limit) bytes"
    case .accessibleByOthers: "Other users have access to it"
    case .locked: "Another process is using it"
    case .system(let code): Self.text(of: code)
    }
  }

  /// What to do about it, in one line.
  package var advice: String {
    switch reason {
    case .notFound: "Check the path."
    case .permissionDenied: "Check who owns the file and its folder, or choose another place."
    case .noSpace: "Free some space or choose another place."
    case .closedPipe: "Let the reading program read to the end, or write to a file."
    case .notRegularFile: "Give the path of a regular file; for standard input or output give no path or `-`."
    case .tooLarge: "Check that this is the right file."
    case .accessibleByOthers: "Make it private: chmod 600 \(path)"
    case .locked: "Wait until the other process has ended, or choose another file."
    case .system: "Check the path and its disk, then try again."
    }
  }

  private static func text(of code: Int32) -> String {
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text)
  }
}
