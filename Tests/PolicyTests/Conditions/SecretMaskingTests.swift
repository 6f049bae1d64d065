import Policy
import Testing

struct SecretMaskingTests {
  @Test(arguments: [
    ("plain", "plain"), ("ATATT3xFfGF0abc", "ATATT…"), ("use ATCTT3xFfGN0_-=x now", "use ATCTT… now"),
    ("ATBBabcdefgh1", "ATBB…"),
    ("ATATT", "ATATT"), ("ATATT token", "ATATT token"), ("ATATT1234567", "ATATT1234567"), ("ATATT12345678", "ATATT…"),
    ("xATATTabcdefghATCTTabcdefgh", "xATATT…"), ("a ATATTabcdefgh b ATCTTabcdefgh", "a ATATT… b ATCTT…"), ("", ""),
    ("atattabcdefgh", "atattabcdefgh"), ("é ATATTabcdefghé", "é ATATT…é"),
  ])
  func whatFollowsThePrefixIsLeftOut(_ text: String, _ masked: String) {
    #expect(maskingSecrets(text) == masked)
  }
}
