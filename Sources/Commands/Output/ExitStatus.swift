/// Exit codes, by which a CI job tells one ending from another. Part of the interface: they don't change.
enum ExitStatus: Int32 {
  /// Verdict pass; any other command that did its work.
  case success = 0
  /// Verdict fail; a failing policy test.
  case fail = 1
  /// Wrong usage; a file that can't be read or is invalid.
  case usage = 2
  /// Verdict inconclusive; something could not be collected.
  case inconclusive = 3
  /// Internal failure, or output that can't be written.
  case failure = 4
}
