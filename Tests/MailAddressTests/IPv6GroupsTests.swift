import Testing

@testable import MailAddress

struct IPv6GroupsTests {
  /// Examples of RFC 5952 §4 and §5 and their neighbours.
  static let forms: [(text: String, canonical: String)] = [
    ("2001:db8::1", "2001:db8::1"),
    ("2001:0db8:0:0:0:0:0:1", "2001:db8::1"),
    ("2001:DB8::0:1", "2001:db8::1"),
    ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
    ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"),
    ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
    ("0:0:0:0:0:0:0:0", "::"),
    ("1:0:0:0:0:0:0:0", "1::"),
    ("::ffff:192.0.2.1", "::ffff:192.0.2.1"),
    ("0:0:0:0:0:ffff:192.0.2.1", "::ffff:192.0.2.1"),
    ("64:ff9b::192.0.2.33", "64:ff9b::192.0.2.33"),
    ("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:1.2.3.4"),
  ]

  @Test("an address has one canonical form", arguments: forms)
  func isCanonical(_ text: String, _ canonical: String) {
    let octets = Array(text.utf8)
    let groups = IPv6Groups(octets.span, 0..<octets.count)
    #expect(String(decoding: groups.canonicalText, as: UTF8.self) == canonical)
    #expect(groups.isCanonical == (text == canonical))
  }
}
