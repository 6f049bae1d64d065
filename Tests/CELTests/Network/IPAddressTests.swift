import CEL
import Testing

struct IPAddressTests {
  @Test(arguments: [
    ("192.168.0.1", "192.168.0.1"), ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"),
    ("::", "::"), ("::1", "::1"), ("1::", "1::"), ("2001:DB8::68", "2001:db8::68"),
    ("2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::1"), ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"),
    // The longest run of zeros, the first of equal ones, none of a single zero.
    ("1:0:0:2:0:0:0:3", "1:0:0:2::3"), ("1:0:0:2:3:0:0:4", "1::2:3:0:0:4"), ("1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"),
    ("0:0:1::", "0:0:1::"), ("::1:0:0:0:0", "0:0:0:1::"), ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
    ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"),
    ("1::8", "1::8"), ("::1.2.3.4", "::102:304"), ("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"),
    ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"),
    // Mapped addresses are those of IPv4.
    ("::ffff:c0a8:1", "192.168.0.1"), ("0:0:0:0:0:FFFF:0:0", "0.0.0.0"),
  ])
  func canonicalText(text: String, canonical: String) throws {
    #expect(try IPAddress(parsing: text).text == canonical)
    #expect(try IPAddress(parsing: canonical) == IPAddress(parsing: text))
  }

  @Test(arguments: [
    "", ".", "1", "1.2.3", "1.2.3.4.5", "192.168.0.1.0", "256.0.0.1", "1.2.3.04", "01.2.3.4", "00.0.0.0", "1.2.3.-4",
    "+1.2.3.4", "1.2.3.4 ", " 1.2.3.4", "1..2.3", "1.2.3.", ".1.2.3", "0x1.2.3.4", "1.2.3.4444", "１.2.3.4", "1.2.3.4/8",
    ":", ":::", "2001:db8:::68", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::",
    "::1:2:3:4:5:6:7:8",
    "1:2:3:4::5:6:7:8", ":1:2:3:4:5:6:7", "1:2:3:4:5:6:7:", ":1", "1:", "12345::", "g::", "+1::", "-1::", "::1.2.3",
    "::1.2.3.256", "::01.2.3.4", "1.2.3.4::", "::1.2.3.4:5", "1:2:3:4:5:6:7:1.2.3.4", "::1 ", "[::1]", "1.2.3.4%eth0",
    "::\0", "localhost",
  ])
  func refuses(text: String) {
    #expect(throws: NetworkAddressError.malformedAddress(text)) { try IPAddress(parsing: text) }
  }

  @Test func refusesZonesAndMappedDecimals() {
    #expect(throws: NetworkAddressError.addressWithZone("fe80::1%en0")) { try IPAddress(parsing: "fe80::1%en0") }
    for text in ["::ffff:192.168.0.1", "0:0:0:0:0:ffff:1.2.3.4"] {
      #expect(throws: NetworkAddressError.mappedAddress(text)) { try IPAddress(parsing: text) }
    }
  }

  @Test(arguments: [
    ("0.0.0.0", "unspecified"), ("::", "unspecified"), ("127.0.0.1", "loopback"), ("127.255.255.255", "loopback"),
    ("128.0.0.0", "global"), ("126.255.255.255", "global"), ("::1", "loopback"), ("::2", "global"),
    ("::7f00:1", "global"), ("169.254.169.254", "link local"), ("169.253.255.255", "global"), ("169.255.0.0", "global"),
    ("fe80::1", "link local"), ("febf::1", "link local"), ("fec0::1", "global"), ("fe7f::1", "global"),
    ("fd80::1", "global"), ("224.0.0.255", "link local multicast"), ("224.0.1.0", "multicast"),
    ("239.255.255.255", "multicast"), ("240.0.0.0", "global"), ("223.255.255.255", "global"),
    ("255.255.255.255", "broadcast"), ("ff02::1", "link local multicast"), ("ff12::1", "link local multicast"),
    ("ff01::1", "multicast"), ("ff00::1", "multicast"), ("ff05::1", "multicast"), ("feff::1", "global"),
    ("192.168.0.1", "global"), ("10.0.0.1", "global"), ("8.8.8.8", "global"), ("2001:db8::1", "global"),
    ("fd00::1", "global"),
  ])
  func purpose(text: String, purpose: String) throws {
    let address = try IPAddress(parsing: text)
    #expect(address.isUnspecified == (purpose == "unspecified"))
    #expect(address.isLoopback == (purpose == "loopback"))
    #expect(address.isLinkLocalUnicast == (purpose == "link local"))
    #expect(address.isLinkLocalMulticast == (purpose == "link local multicast"))
    #expect(address.isMulticast == purpose.hasSuffix("multicast"))
    #expect(address.isGlobalUnicast == (purpose == "global"))
  }

  @Test func familiesDiffer() throws {
    let (four, six) = (try IPAddress(parsing: "0.0.0.1"), try IPAddress(parsing: "::1"))
    #expect(four.family.rawValue == 4)
    #expect(six.family.rawValue == 6)
    #expect(four != six)
    #expect(try IPAddress(parsing: "::ffff:c0a8:1").family == .v4)
  }
}
