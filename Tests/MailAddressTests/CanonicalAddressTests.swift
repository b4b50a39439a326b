import MailAddress
import Testing

struct CanonicalAddressTests {
  /// An address and its forms for the wire, for comparing and for people.
  static let forms: [(address: String, wire: String, comparison: String, shown: String)] = [
    ("Ann@Host.NET", "Ann@Host.NET", "Ann@host.net", "Ann@Host.NET"),
    ("\"ann\"@host.net", "ann@host.net", "ann@host.net", "ann@host.net"),
    ("\"a\\ b\"@host.net", "\"a b\"@host.net", "\"a b\"@host.net", "\"a b\"@host.net"),
    ("\"a\\\"b\"@host.net", "\"a\\\"b\"@host.net", "\"a\\\"b\"@host.net", "\"a\\\"b\"@host.net"),
    ("\"a\".b@host.net", "a.b@host.net", "a.b@host.net", "a.b@host.net"),
    ("\"\"@host.net", "\"\"@host.net", "\"\"@host.net", "\"\"@host.net"),
    (" a (x) . b @ host (y) . net ", "a.b@host.net", "a.b@host.net", "a.b@host.net"),
    ("a@bücher.net", "a@xn--bcher-kva.net", "a@xn--bcher-kva.net", "a@bücher.net"),
    ("a@XN--bcher-KVA.net", "a@XN--bcher-KVA.net", "a@xn--bcher-kva.net", "a@bücher.net"),
    ("a@[IPv6:2001:DB8:0:0:0:0:0:1]", "a@[IPv6:2001:db8::1]", "a@[IPv6:2001:db8::1]", "a@[IPv6:2001:db8::1]"),
    ("a@[192.0.2.1]", "a@[192.0.2.1]", "a@[192.0.2.1]", "a@[192.0.2.1]"),
  ]

  @Test("an address has one form for each use", arguments: forms)
  func hasForms(_ address: String, _ wire: String, _ comparison: String, _ shown: String) {
    let canonical = CanonicalAddress(Array(address.utf8))
    #expect(canonical.map { String(decoding: $0.wire, as: UTF8.self) } == wire)
    #expect(canonical.map { String(decoding: $0.comparison, as: UTF8.self) } == comparison)
    #expect(canonical.map { String(decoding: $0.shown, as: UTF8.self) } == shown)
  }

  @Test("what is no address has no forms")
  func refuses() {
    for text in ["", "a", "a@", "a@b..c", "a b@c.net"] { #expect(CanonicalAddress(Array(text.utf8)) == nil) }
  }
}
