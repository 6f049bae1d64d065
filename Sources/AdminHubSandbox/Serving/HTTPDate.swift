import Inventory

extension Instant {
  /// The instant to the second as HTTP writes it (RFC 9110, 5.6.7): `Sat, 21 Nov 2026 02:46:00 GMT`.
  var httpDate: String {
    let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let parts = dateText.split(separator: "-")
    // 1970-01-01 was a Thursday; nothing earlier is ever sent.
    let day = days[Int(max(0, milliseconds) / 86_400_000 % 7)]
    let month = Int(parts[1]).map { months[$0 - 1] } ?? ""
    return "\(day), \(parts[2]) \(month) \(parts[0]) \(clockText) GMT"
  }
}
