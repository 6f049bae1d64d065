#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

import Files
import Policy
import Reporting

/// Where people read: standard error for messages, and what is known of the terminal.
struct Console: Sendable {
  enum Color: String, CaseIterable, Sendable { case auto, always, never }

  let isQuiet: Bool
  let isVerbose: Bool
  private let color: Color

  init(quiet: Bool, verbose: Bool, color: Color) {
    isQuiet = quiet
    isVerbose = verbose
    self.color = color
  }

  /// What a command was asked for, to standard output. A reader that went away or a full disk is an error. Text from
  /// a file that the user was given can't act on a terminal: only line feeds and tabs stay as they are.
  func output(_ text: String) throws(CommandFailure) { try outputVisible(Self.withoutControls(text)) }

  /// As `output`, for text in which whatever comes from data has been made visible already, and which may be colored.
  func outputVisible(_ text: String) throws(CommandFailure) {
    do throws(FileError) {
      var writer = DescriptorWriter(descriptor: STDOUT_FILENO, name: "standard output")
      try writer.write(text)
      try writer.flush()
    } catch {
      throw .output(error)
    }
  }

  /// A message for people; every line of it goes out in one write, so that lines of several tasks don't mix. What it
  /// quotes can't act on a terminal, and is no API key that was given where a path belongs.
  func message(_ text: String) { raw(maskingSecrets(Self.withoutControls(text)) + "\n") }

  /// Makes controls visible, except for line feeds and tabs.
  private static func withoutControls(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map { visible(String($0)) }.joined(separator: "\t")
    }.joined(separator: "\n")
  }

  /// Text to standard error as it is. A failure is ignored: there is nobody left to tell.
  func raw(_ text: some StringProtocol) {
    var writer = DescriptorWriter(descriptor: STDERR_FILENO, name: "standard error")
    try? writer.write(String(text))
    try? writer.flush()
  }

  /// A message that `--quiet` leaves out.
  func note(_ text: String) { if !isQuiet { message("tokenreeve: \(text)") } }

  /// A warning; `--quiet` leaves it in, since somebody should see it.
  func warning(_ text: String) { message("tokenreeve: warning: \(text)") }

  /// Whether text on this descriptor is colored: `--color`, else a terminal without `NO_COLOR` (no-color.org).
  func usesColor(on descriptor: Int32) -> Bool {
    switch color {
    case .always: true
    case .never: false
    case .auto: isatty(descriptor) == 1 && (environment("NO_COLOR") ?? "").isEmpty && environment("TERM") != "dumb"
    }
  }

  static var standardErrorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Columns of the terminal; 100 where there is none.
  static func width(of descriptor: Int32) -> Int {
    var size = winsize()
    if unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
    return environment("COLUMNS").flatMap { Int($0) }.map { max(40, $0) } ?? 100
  }
}
