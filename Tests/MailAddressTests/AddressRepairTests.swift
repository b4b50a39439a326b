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
    ("\"a@b.net\" <a@b.net>", .nameAddrForm, "a@b.net"), ("Lee, Ann <a@b.net>", .nameAddrForm, "a@b.net"),
    ("Ann <a@b.net>, Bob <c@d.net>", .nameAddrForm, nil),
    ("Ann <a b@c.net>", .nameAddrForm, nil), ("mailto:a..b@c.net", .localChar, nil),
    ("a@BÜCHER.ÄPFEL.net", .idnaUppercase, "a@bücher.äpfel.net"), ("a@BÜCHER.☃.net", .idnaUppercase, nil),
    ("a@BÜCHER.a・b.net", .idnaUppercase, nil),
    ("a@BÜCHER(x).net", .idnaUppercase, "a@bücher(x).net"), ("a＠b.net", .noAt, "a@b.net"), ("a＠b＠c.net", .noAt, nil),
    ("a＠Bücher.net", .noAt, "a@bücher.net"), ("Ann <a@BÜCHER.net>", .nameAddrForm, "a@bücher.net"),
    ("mailto:a@☃.net", .localChar, "a@☃.net"), ("a＠", .noAt, nil), ("ab.net", .noAt, nil),
    ("a:b@c.net", .localChar, nil), ("\u{200B}a@b.net", .unicodeUnsafe, "a@b.net"),
    ("a\u{A0}@b.net", .unicodeUnsafe, "a@b.net"), ("\u{FEFF}a@b.net", .unicodeUnsafe, "a@b.net"),
    ("a@b.net\u{202C}", .unicodeUnsafe, "a@b.net"), ("a\u{200B}b..c@d.net", .unicodeUnsafe, nil),
    ("a..b@c.net", .localDotConsecutive, nil),
  ]

  @Test("a repair is offered where one is certain, and only there", arguments: repairs)
  func offers(_ address: String, _ rule: AddressRule, _ repaired: String?) throws {
    let octets = Array(address.utf8)
    let report = AddressChecker.check(address)
    let finding = try #require(report.findings.first { $0.rule == rule })
    let repair = AddressRepair.suggestion(for: finding, in: octets, report)
    #expect(repair.map { String(decoding: $0, as: UTF8.self) } == repaired, "\(address)")
  }

  /// Knows what e and an acute accent make, and what an ideographic full stop is for.
  private struct Mapping: IDNAConverter {
    let rules = IDNA2008()
    func judge(_ label: Span<UInt8>) -> IDNAJudgement { rules.judge(label) }
    func aLabel(of label: [UInt8]) -> [UInt8]? { rules.aLabel(of: label) }
    func uLabel(of label: [UInt8]) -> [UInt8]? { rules.uLabel(of: label) }
    func mapped(_ label: [UInt8]) -> [UInt8]? {
      switch label {
      case Array("e\u{301}".utf8): Array("\u{E9}".utf8)
      case Array("例え。テスト".utf8): Array("例え.テスト".utf8)
      default: nil
      }
    }
  }

  @Test(
    "a converter that maps more repairs more",
    arguments: [
      ("a@e\u{301}.net", AddressRule.idnaNotNfc, "a@\u{E9}.net"), ("a@例え。テスト", .idnaDisallowed, "a@例え.テスト"),
      ("a@e\u{301}.例え。テスト", .idnaNotNfc, "a@\u{E9}.例え.テスト"),
    ])
  func asksConverter(_ address: String, _ rule: AddressRule, _ repaired: String) throws {
    let octets = Array(address.utf8)
    let report = AddressChecker.check(address)
    let finding = try #require(report.findings.first { $0.rule == rule })
    #expect(AddressRepair.suggestion(for: finding, in: octets, report) == nil)
    #expect(AddressRepair.suggestion(for: finding, in: octets, report, idna: Mapping()) == Array(repaired.utf8))
  }

  @Test("a repaired address no longer has the finding")
  func repairsForGood() throws {
    for (address, rule, repaired) in Self.repairs {
      guard let repaired else { continue }
      #expect(!AddressChecker.check(repaired).findings.contains { $0.rule == rule }, "\(address)")
    }
  }
}
