/// Whether the whole text matches the pattern, in which `*` stands for any characters and `?` for one; every other
/// character stands for itself. Takes time proportional to the product of both lengths at most.
func matchesGlob(_ text: String, pattern: String) -> Bool {
  let (text, pattern) = (Array(text.unicodeScalars), Array(pattern.unicodeScalars))
  var (position, place) = (0, 0)
  var retry: (position: Int, place: Int)?
  while position < text.count {
    if place < pattern.count, pattern[place] == "*" {
      retry = (position, place)
      place += 1
    } else if place < pattern.count, pattern[place] == "?" || pattern[place] == text[position] {
      position += 1
      place += 1
    } else if let last = retry {
      retry = (last.position + 1, last.place)
      position = last.position + 1
      place = last.place + 1
    } else {
      return false
    }
  }
  return pattern[place...].allSatisfy { $0 == "*" }
}
