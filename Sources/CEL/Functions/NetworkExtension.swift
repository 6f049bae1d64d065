extension IPAddress: OpaqueValue {
  /// `net.IP`
  public var typeName: String { "net.IP" }

  /// Whether the other value is the same address.
  public func isEqual(to other: any OpaqueValue) -> Bool { other as? IPAddress == self }
}

extension CIDR: OpaqueValue {
  /// `net.CIDR`
  public var typeName: String { "net.CIDR" }

  /// Whether the other value is the same range, written with the same address.
  public func isEqual(to other: any OpaqueValue) -> Bool { other as? CIDR == self }
}

/// The network extension: IP addresses and ranges.
extension FunctionTable {
  private static let address = CELType.opaque("net.IP", [])
  private static let range = CELType.opaque("net.CIDR", [])

  mutating func addNetworkFunctions() {
    addParsing()
    addAddressFunctions()
    addRangeFunctions()
  }

  private mutating func addParsing() {
    text("ip", Self.address) { text throws(EvaluationError) in .opaque(try Self.parseAddress(text)) }
    text("cidr", Self.range) { text throws(EvaluationError) in .opaque(try Self.parseRange(text)) }
    text("isIP", .bool) { text throws(EvaluationError) in .bool((try? IPAddress(parsing: text)) != nil) }
    text("isCIDR", .bool) { text throws(EvaluationError) in .bool((try? CIDR(parsing: text)) != nil) }
    text("ip.isCanonical", .bool) { text throws(EvaluationError) in .bool(try Self.parseAddress(text).text == text) }
  }

  private mutating func text(
    _ name: String, _ result: CELType, _ function: @escaping @Sendable (String) throws(EvaluationError) -> Value
  ) {
    global(name, .string, result) { (value, frame) throws(EvaluationError) in
      guard case .string(let text) = value else { throw value.failure ?? .noOverload(name, [value]) }
      try frame.budget.spend(bytes: text.utf8.count)
      return try function(text)
    }
  }

  private static func parseAddress(_ text: String) throws(EvaluationError) -> IPAddress {
    do throws(NetworkAddressError) {
      return try IPAddress(parsing: text)
    } catch {
      throw EvaluationError("\(error)")
    }
  }

  private static func parseRange(_ text: String) throws(EvaluationError) -> CIDR {
    do throws(NetworkAddressError) {
      return try CIDR(parsing: text)
    } catch {
      throw EvaluationError("\(error)")
    }
  }

  private mutating func addAddressFunctions() {
    let functions: [(String, CELType, @Sendable (IPAddress) -> Value)] = [
      ("family", .int, { .int(Int64($0.family.rawValue)) }),
      ("isUnspecified", .bool, { .bool($0.isUnspecified) }),
      ("isLoopback", .bool, { .bool($0.isLoopback) }),
      ("isGlobalUnicast", .bool, { .bool($0.isGlobalUnicast) }),
      ("isLinkLocalMulticast", .bool, { .bool($0.isLinkLocalMulticast) }),
      ("isLinkLocalUnicast", .bool, { .bool($0.isLinkLocalUnicast) }),
    ]
    for (name, result, function) in functions {
      receiver(name, Self.address, result) { (value, _) throws(EvaluationError) in
        function(try Self.address(value, name))
      }
    }
    global("string", Self.address, .string) { (value, _) throws(EvaluationError) in
      .string(try Self.address(value, "string").text)
    }
  }

  private mutating func addRangeFunctions() {
    let functions: [(String, CELType, @Sendable (CIDR) -> Value)] = [
      ("ip", Self.address, { .opaque($0.address) }),
      ("masked", Self.range, { .opaque($0.masked) }),
      ("isMask", .bool, { .bool($0.isMasked) }),
      ("prefixLength", .int, { .int(Int64($0.prefixLength)) }),
    ]
    for (name, result, function) in functions {
      receiver(name, Self.range, result) { (value, _) throws(EvaluationError) in
        function(try Self.range(value, name))
      }
    }
    global("string", Self.range, .string) { (value, _) throws(EvaluationError) in
      .string(try Self.range(value, "string").text)
    }
    for type in [Self.address, .string] {
      receiver("containsIP", Self.range, type, .bool) { (range, address, _) throws(EvaluationError) in
        let range = try Self.range(range, "containsIP")
        if case .string(let text) = address { return .bool(range.contains(try Self.parseAddress(text))) }
        return .bool(range.contains(try Self.address(address, "containsIP")))
      }
    }
    for type in [Self.range, .string] {
      receiver("containsCIDR", Self.range, type, .bool) { (range, other, _) throws(EvaluationError) in
        let range = try Self.range(range, "containsCIDR")
        if case .string(let text) = other { return .bool(range.contains(try Self.parseRange(text))) }
        return .bool(range.contains(try Self.range(other, "containsCIDR")))
      }
    }
  }

  private static func address(_ value: Value, _ function: String) throws(EvaluationError) -> IPAddress {
    guard case .opaque(let opaque) = value, let address = opaque as? IPAddress else {
      throw value.failure ?? .noOverload(function, [value])
    }
    return address
  }

  private static func range(_ value: Value, _ function: String) throws(EvaluationError) -> CIDR {
    guard case .opaque(let opaque) = value, let range = opaque as? CIDR else {
      throw value.failure ?? .noOverload(function, [value])
    }
    return range
  }
}
