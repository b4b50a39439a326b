import SMTPWire
import Testing

@Suite("Base64")
struct Base64Tests {
  @Test(
    "the test vectors of RFC 4648 §10",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
      ("foobar", "Zm9vYmFy"),
    ])
  func vectors(plain: String, encoded: String) throws {
    #expect(Base64.encode(bytes(plain)) == bytes(encoded))
    #expect(try Base64.decode(bytes(encoded)) == bytes(plain))
  }

  @Test("any octets come back")
  func roundTrip() throws {
    let all = Array(UInt8.min...UInt8.max)
    for count in 0...all.count { #expect(try Base64.decode(Base64.encode(all[..<count])) == Array(all[..<count])) }
  }

  @Test(
    "what is no base64 says where",
    arguments: [
      ("Zg=", .badLength(3)), ("Zg", .badLength(2)), ("Z", .badLength(1)), ("=", .badLength(1)),
      ("Zm9v\n", .badOctet(0x0A, at: 4)), ("Zm 9", .badOctet(0x20, at: 2)), ("Zm9-", .badOctet(0x2D, at: 3)),
      ("====", .badPadding(at: 0)), ("Z===", .badPadding(at: 1)), ("Zg=a", .badPadding(at: 2)),
      ("Zg==Zg==", .badPadding(at: 2)),
      ("Zh==", .badPadding(at: 1)), ("Zm9=", .badPadding(at: 2)),
    ] as [(String, Base64.Failure)])
  func failures(text: String, failure: Base64.Failure) {
    #expect(throws: failure) { try Base64.decode(bytes(text)) }
  }
}
