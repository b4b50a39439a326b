import Testing

@testable import TLSEngine

@Suite("addresses in certificates") struct IPAddressBytesTests {
  @Test(
    "literals come out in their shortest form",
    arguments: [
      ("192.0.2.1", "192.0.2.1"), ("::1", "::1"), ("::", "::"), ("1::", "1::"), ("0:0:0:0:0:0:0:1", "::1"),
      ("2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"), ("1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"),
      ("1:2:3:4:5:6:0:0", "1:2:3:4:5:6::"),
    ])
  func forms(literal: String, text: String) {
    #expect(IPAddressBytes(literal)?.text == text)
  }

  @Test("what is no literal is none", arguments: ["", "1.2.3", "mail", "1.2.3.4\0", "[::1]", "1.2.3.400"])
  func none(literal: String) {
    #expect(IPAddressBytes(literal) == nil)
  }

  @Test("bytes of a wrong number are shown as they are")
  func odd() {
    #expect(IPAddressBytes(bytes: [1, 0xAB, 3]).text == "01ab03")
    #expect(IPAddressBytes(bytes: []).text.isEmpty)
  }
}
