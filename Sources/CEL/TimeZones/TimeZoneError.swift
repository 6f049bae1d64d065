/// Why an expression's time zone can't be used.
enum TimeZoneError: Error, Equatable {
  /// Neither an offset nor a name as the database has them.
  case invalid(String)
  /// The database has no zone of that name.
  case unknown(String)
  /// None of these folders holds a time zone database.
  case noDatabase(String, folders: [String])
  /// The zone's file can't be read or is damaged.
  case unreadable(String, reason: String)
}

extension TimeZoneError: CustomStringConvertible {
  /// What is wrong and what to do, in one line.
  var description: String {
    switch self {
    case .invalid(let name):
      "'\(name)' is not a time zone: give UTC, an offset such as '+05:30', or a name such as 'Europe/Paris'"
    case .unknown(let name): "the time zone database knows no '\(name)'"
    case .noDatabase(let name, let folders):
      "time zone '\(name)' can't be looked up: there is no time zone database in \(folders.joined(separator: " or ")); "
        + "install the package tzdata, or give an offset such as '+05:30'"
    case .unreadable(let name, let reason): "time zone '\(name)' can't be used: \(reason)"
    }
  }
}
