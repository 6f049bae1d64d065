/// Whether two strings have the same code points; Swift's `==` also takes strings for equal whose accents are composed
/// differently.
func haveSameCodePoints(_ left: String, _ right: String) -> Bool {
  left.utf8.count == right.utf8.count && left == right && left.utf8.elementsEqual(right.utf8)
}

/// Whether the left string comes first by its code points, whose order is that of the bytes of UTF-8.
func precedesByCodePoints(_ left: String, _ right: String) -> Bool { left.utf8.lexicographicallyPrecedes(right.utf8) }
