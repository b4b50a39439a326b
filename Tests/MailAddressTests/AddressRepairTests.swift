import MailAddress
import Testing

struct AddressRepairTests {
  static let repairs: [(address: String, rule: AddressRule, repaired: String?)] = [
    (" a@b.net ", .whitespace, "a@b.net"), ("a@b.net\n", .bareLf, "a@b.net"), ("a@b.net\r\n", .crlfNoWsp, "a@b.net"),
    ("a\n@b.net", .bareLf, nil), ("a@b.net.", .domainDotTrailing, "a@b.net"),
    ("\"a\"@b.net", .quotedUnneeded, "a@b.net"),
    ("\"a\".b@c.net", .localObsWords, "a.b@c.net"), ("a(x)@b.net", .comment, "a@b.net"),
    ("a@192.0.2.1", .domainBareIpv4, "a@[192.0.2.1]"),
    ("a@[2001:db8::1]", .literalIpv6Untagged, "a@[IPv6:2001:db8::1]"),
    ("a@[::::]", .literalIpv6Untagged, nil), ("a@[IPv6:0:0:0:0:0:0:0:1]", .ipv6NotCanonical, "a@[IPv6:::1]"),
    ("a@Bücher.net", .idnaUppercase, "a@bücher.net"), ("a@１.net", .idnaDisallowed, "a@1.net"),
    ("a@☃.net", .idnaDisallowed, nil), ("a@bücher.net", .domainNonAscii, "a@xn--bcher-kva.net"),
    ("Ann <a@b.net>", .nameAddrForm, "a@b.net"), ("mailto:a@b.net", .localChar, "a@b.net"),
    ("Ann <a b@c.net>", .nameAddrForm, nil), ("mailto:a..b@c.net", .localChar, nil),
    ("a:b@c.net", .localChar, nil), ("a..b@c.net", .localDotConsecutive, nil),
  ]

  @Test("a repair is offered where one is certain, and only there", arguments: repairs)
  func offers(_ address: String, _ rule: AddressRule, _ repaired: String?) throws {
    let octets = Array(address.utf8)
    let report = AddressChecker.check(address)
    let finding = try #require(report.findings.first { $0.rule == rule })
    let repair = AddressRepair.suggestion(for: finding, in: octets, report)
    #expect(repair.map { String(decoding: $0, as: UTF8.self) } == repaired, "\(address)")
  }

  @Test("a repaired address no longer has the finding")
  func repairsForGood() throws {
    for (address, rule, repaired) in Self.repairs {
      guard let repaired else { continue }
      #expect(!AddressChecker.check(repaired).findings.contains { $0.rule == rule }, "\(address)")
    }
  }
}
