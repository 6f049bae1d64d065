import CEL
import Testing

struct CIDRTests {
  @Test(arguments: [
    ("192.168.0.1/24", "192.168.0.1", 24), ("0.0.0.0/0", "0.0.0.0", 0), ("10.0.0.1/32", "10.0.0.1", 32),
    ("2001:DB8::/32", "2001:db8::", 32), ("::/0", "::", 0), ("::1/128", "::1", 128),
  ])
  func parts(text: String, address: String, length: Int) throws {
    let range = try CIDR(parsing: text)
    #expect(range.address == (try IPAddress(parsing: address)))
    #expect(range.prefixLength == length)
    #expect(range.text == "\(address)/\(length)")
  }

  @Test(arguments: [
    "", "/", "/24", "192.168.0.0", "192.168.0.0/", "192.168.0.0/33", "192.168.0.0/-1", "192.168.0.0/+1",
    "192.168.0.0/024", "192.168.0.0/00", "192.168.0.0/ 8", "192.168.0.0/8/8", "192.168.0.0/x", "192.168.0/24",
    "192.168.0.0/255.255.255.0", "::/129", "::/0128", "::/1000", ":::/8", "192.168.0.0%en0/24", "192.168.0.0/٨",
  ])
  func refuses(text: String) {
    #expect(throws: NetworkAddressError.malformedRange(text)) { try CIDR(parsing: text) }
  }

  @Test func refusesZonesAndMappedAddresses() {
    #expect(throws: NetworkAddressError.rangeWithZone("fe80::1%en0/24")) { try CIDR(parsing: "fe80::1%en0/24") }
    for text in ["::ffff:192.168.0.1/24", "::ffff:c0a8:1/120"] {
      #expect(throws: NetworkAddressError.mappedAddress(text)) { try CIDR(parsing: text) }
    }
  }

  @Test(arguments: [
    ("192.168.0.1/24", "192.168.0.0/24"), ("192.168.255.255/20", "192.168.240.0/20"),
    ("255.255.255.255/0", "0.0.0.0/0"),
    ("1.2.3.4/32", "1.2.3.4/32"), ("2001:db8:ffff::1/33", "2001:db8:8000::/33"), ("ffff::1/0", "::/0"),
    ("::1/128", "::1/128"),
  ])
  func masked(text: String, masked: String) throws {
    let range = try CIDR(parsing: text)
    #expect(range.masked.text == masked)
    #expect(range.isMasked == (text == masked))
  }

  @Test(arguments: [
    ("192.168.0.0/24", "192.168.0.255", true), ("192.168.0.0/24", "192.168.1.0", false),
    ("192.168.0.77/24", "192.168.0.1", true), ("0.0.0.0/0", "255.1.2.3", true), ("1.2.3.4/32", "1.2.3.4", true),
    ("1.2.3.4/32", "1.2.3.5", false), ("2001:db8::/32", "2001:db8:ffff::1", true),
    ("2001:db8::/32", "2001:db9::", false),
    // Never one of the other family, however few bits are compared.
    ("::/0", "1.2.3.4", false), ("0.0.0.0/0", "::1", false), ("::/96", "0.0.0.1", false),
    ("192.168.0.0/24", "::ffff:c0a8:1", true),
  ])
  func containsAddress(range: String, address: String, result: Bool) throws {
    #expect(try CIDR(parsing: range).contains(IPAddress(parsing: address)) == result)
  }

  @Test(arguments: [
    ("192.168.0.0/24", "192.168.0.1/32", true), ("192.168.0.0/24", "192.168.0.0/23", false),
    ("192.168.0.0/24", "192.168.0.128/25", true), ("10.0.0.0/8", "10.0.0.0/8", true),
    ("10.1.0.0/8", "10.2.0.0/8", true),
    ("10.0.0.0/8", "11.0.0.0/16", false), ("0.0.0.0/0", "::/0", false), ("::/0", "2001:db8::/32", true),
  ])
  func containsRange(range: String, other: String, result: Bool) throws {
    #expect(try CIDR(parsing: range).contains(CIDR(parsing: other)) == result)
  }

  @Test func equalWithTheSameAddressAndLength() throws {
    #expect(try CIDR(parsing: "192.168.0.1/24") != CIDR(parsing: "192.168.0.0/24"))
    #expect(try CIDR(parsing: "192.168.0.0/24") != CIDR(parsing: "192.168.0.0/25"))
    #expect(try CIDR(parsing: "2001:DB8::/32") == CIDR(parsing: "2001:db8:0::/32"))
  }
}
