import MTACore
import Testing

@Suite("Blocks of addresses")
struct IPNetworkTests {
  @Test(
    "contain what they should",
    arguments: [
      ("127.0.0.0/8", "127.1.2.3", true), ("127.0.0.0/8", "128.0.0.1", false), ("192.0.2.128/25", "192.0.2.129", true),
      ("192.0.2.128/25", "192.0.2.127", false), ("192.0.2.1", "192.0.2.1", true), ("0.0.0.0/0", "9.9.9.9", true),
      ("[::1]/128", "::1", true), ("[2001:db8::]/32", "2001:db8:1::9", true), ("[2001:db8::]/32", "2001:db9::", false),
      ("[::ffff:0:0]/96", "::ffff:192.0.2.1", true), ("127.0.0.0/8", "::1", false), ("127.0.0.0/8", "nonsense", false),
    ])
  func contains(_ block: String, _ address: String, _ expected: Bool) throws {
    #expect(try #require(IPNetwork(block)).contains(address) == expected)
  }

  @Test(
    "what is none",
    arguments: [
      "", "127.0.0/8", "127.0.0.0/33", "127.0.0.256", "1.2.3.4/", "::1::", "1:2:3:4:5:6:7", "12345::", "1.2.3.4.5",
      "::/129", "+1::",
    ])
  func none(_ text: String) {
    #expect(IPNetwork(text) == nil)
  }
}
