#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Standard input, output and error, which a parent process may have closed.
enum StandardDescriptors {
  /// Opens those that are closed, so that no file or connection gets their numbers: what is meant for people would
  /// otherwise go there. Using them stays an error. To be called before anything else is opened.
  static func occupyClosed() {
    for (number, unusable) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY)]
    where fcntl(number, F_GETFD) < 0 {
      // The lowest number that is free is the one that is closed.
      _ = unsafe open("/dev/null", unusable)
    }
  }
}
