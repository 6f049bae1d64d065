/// A finite number in decimal digits.
struct DecimalDigits: Equatable {
  var isNegative: Bool
  /// The significant digits, 0 to 9; none for zero.
  var digits: [UInt8]
  /// How many of the digits stand before the decimal point: 2 for 12.5, -1 for 0.012.
  var pointPosition: Int

  /// All digits of the number, which can be some hundreds: 0.1 is not quite a tenth.
  init(exactly number: Double) {
    isNegative = number.sign == .minus
    guard number != 0 else {
      (digits, pointPosition) = ([], 0)
      return
    }
    // The number is `integer` times two to the power of `exponent`.
    let exponent = Int(number.exponent) - number.significandWidth
    let integer = UInt64(
      number.significand.magnitude * Double(sign: .plus, exponent: number.significandWidth, significand: 1))
    var big = BigNumber(integer)
    if exponent >= 0 {
      for _ in 0..<exponent { big.multiply(by: 2) }
    } else {
      // Dividing by a power of two is multiplying by one of five and moving the point.
      for _ in 0..<(-exponent) { big.multiply(by: 5) }
    }
    digits = big.decimalDigits
    pointPosition = digits.count + min(exponent, 0)
    removeTrailingZeros()
  }

  /// The fewest digits that no other number is nearer to.
  init(shortest number: Double) {
    isNegative = number.sign == .minus
    // Swift's own text has the shortest digits: "12.5", "1e-05", "5e+22".
    let parts = "\(number.magnitude)".utf8.split(separator: UInt8(ascii: "e"))
    let mantissa = parts[0].split(separator: UInt8(ascii: "."))
    digits = mantissa.joined().map { $0 - UInt8(ascii: "0") }
    pointPosition = mantissa[0].count + (parts.count > 1 ? Int(Substring(parts[1])) ?? 0 : 0)
    let leadingZeros = digits.prefix { $0 == 0 }.count
    digits.removeFirst(leadingZeros)
    pointPosition = digits.isEmpty ? 0 : pointPosition - leadingZeros
    removeTrailingZeros()
  }

  /// Keeps so many digits, none when it is negative. What is exactly between two numbers goes to the even one.
  func rounded(toDigits count: Int) -> DecimalDigits {
    guard count < digits.count else { return self }
    var result = self
    guard count >= 0 else {
      (result.digits, result.pointPosition) = ([], 0)
      return result
    }
    result.digits = Array(digits.prefix(count))
    let isHalf = digits[count] == 5 && digits.count == count + 1
    let isOdd = count > 0 && digits[count - 1] % 2 == 1
    if digits[count] > 5 || digits[count] == 5 && (!isHalf || isOdd) {
      var index = count - 1
      while index >= 0, result.digits[index] == 9 {
        result.digits[index] = 0
        index -= 1
      }
      if index >= 0 {
        result.digits[index] += 1
      } else {
        result.digits.insert(1, at: 0)
        result.pointPosition += 1
      }
    }
    result.removeTrailingZeros()
    return result
  }

  /// The digit at a place, counted from the decimal point: 0 is the first after it, -1 the one before.
  func digit(at place: Int) -> UInt8 {
    let index = place + pointPosition
    return digits.indices.contains(index) ? digits[index] : 0
  }

  private mutating func removeTrailingZeros() {
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty { pointPosition = 0 }
  }
}

/// A whole number of any size.
private struct BigNumber {
  /// Nine decimal digits each, the lowest first.
  private var limbs: [UInt64]

  init(_ number: UInt64) {
    limbs = []
    var rest = number
    repeat {
      limbs.append(rest % 1_000_000_000)
      rest /= 1_000_000_000
    } while rest > 0
  }

  mutating func multiply(by factor: UInt64) {
    var carry: UInt64 = 0
    for index in limbs.indices {
      let product = limbs[index] * factor + carry
      limbs[index] = product % 1_000_000_000
      carry = product / 1_000_000_000
    }
    if carry > 0 { limbs.append(carry) }
  }

  /// Without leading zeros.
  var decimalDigits: [UInt8] {
    let text = limbs.reversed().enumerated().map { index, limb in
      let digits = String(limb)
      return index == 0 ? digits : String(repeating: "0", count: 9 - digits.utf8.count) + digits
    }
    return text.joined().utf8.map { $0 - UInt8(ascii: "0") }
  }
}
