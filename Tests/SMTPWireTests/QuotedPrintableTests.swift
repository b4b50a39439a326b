import SMTPWire
import Testing

@Suite struct QuotedPrintableTests {
  private func encode(_ text: String) -> String {
    String(decoding: QuotedPrintable.encode(Array(text.utf8)), as: UTF8.self)
  }

  /// What a reader makes of it (RFC 2045 §6.7).
  private func decode(_ text: String) -> [UInt8] {
    var octets: [UInt8] = []
    var rest = Array(text.replacing("=\n", with: "").utf8)[...]
    while let octet = rest.popFirst() {
      guard octet == UInt8(ascii: "=") else {
        octets.append(octet)
        continue
      }
      let digits = [rest.popFirst(), rest.popFirst()].compactMap { $0?.hexadecimalValue }
      octets.append(digits[0] << 4 | digits[1])
    }
    return octets
  }

  @Test(arguments: [
    ("", ""), ("plain\ntext\n", "plain\ntext\n"), ("é", "=C3=A9"), ("a=b", "a=3Db"), ("end \n\t\nx", "end=20\n=09\nx"),
    ("a b", "a b"), ("\u{0}\u{7F}", "=00=7F"),
  ])
  func `what is not printable ASCII is written in hexadecimal`(text: String, encoded: String) {
    #expect(encode(text) == encoded)
  }

  @Test func `lines of any length become lines of 76 characters at most, and nothing is lost`() {
    for count in [74, 75, 76, 77, 78, 150, 151, 152, 1_000, 5_000] {
      for text in [
        String(repeating: "x", count: count), String(repeating: "é", count: count),
        String(repeating: " ", count: count),
      ] {
        let encoded = encode(text)
        #expect(encoded.split(separator: "\n").allSatisfy { $0.utf8.count <= 76 })
        #expect(decode(encoded) == Array(text.utf8))
      }
    }
    #expect(encode(String(repeating: "x", count: 76)).utf8.count == 76)
  }
}
