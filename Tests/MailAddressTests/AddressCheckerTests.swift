import Testing

@testable import MailAddress

struct AddressCheckerTests {
  /// Addresses with what each profile says: v valid, w warning, x invalid, in the order smtp, header, eai, eai-header.
  static let verdicts: [(address: String, verdicts: String)] = [
    ("jdoe@machine.example", "vvvv"),
    ("!#$%&'*+-/=?^_`{|}~@host.net", "vvvv"),
    ("\"Joe Blow\"@host.net", "wwww"),
    ("customer/department=shipping@host.net", "vvvv"),
    ("Abc\\@def@host.net", "xxxx"),
    ("\"Abc\\@def\"@host.net", "wwww"),
    ("Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>", "xxxx"),
    ("pete(his account)@silly.test(his host)", "xwxw"),
    ("jdoe@test   . example", "xwxw"),
    ("dörte@sörensen.example", "xxvv"),
    ("dörte@Sörensen.EXAMPLE", "xxxw"),
    ("dörte@SÖRENSEN.example", "xxxw"),
    ("θσερ@εχαμπλε.ψομ", "xxvv"),
    ("a@-b_.c", "xwxw"),
    ("u@[IPv6:2001:db8::1]", "wwww"),
    ("u@[2001:db8::1]", "xwxw"),
    ("\"a\".b@c.net", "xwxw"),
  ]

  @Test("each profile judges by its own RFC", arguments: verdicts)
  func judges(_ address: String, _ expected: String) {
    let report = AddressChecker.check(address)
    let letters = AddressProfile.allCases.map { report.verdict($0) == .valid ? "v" : report.isValid($0) ? "w" : "x" }
    #expect(letters.joined() == expected, "\(address)")
  }

  @Test("the short road and the long one find the same", arguments: AddressRuleTests.cases)
  func roadsAgree(_ example: AddressRuleTests.Case) {
    for address in [example.found, example.spared] {
      var (short, long) = (AddressChecker(), AddressChecker())
      short.check(Array(address.utf8))
      long.checkSlowly(Array(address.utf8))
      #expect(Array(short.report.findings) == Array(long.report.findings), "\(address)")
      #expect(short.report.parts == long.report.parts, "\(address)")
    }
  }

  @Test("one checker judges one address after the other as a new one would")
  func isReusable() {
    var checker = AddressChecker()
    for example in AddressRuleTests.cases {
      for address in [example.found, example.spared] {
        checker.check(Array(address.utf8))
        let fresh = AddressChecker.check(address)
        #expect(checker.report.findings == fresh.findings)
        #expect(checker.report.parts == fresh.parts)
        #expect(checker.report.primary(.smtp) == fresh.primary(.smtp))
      }
    }
  }

  @Test("the parts are where they are")
  func findsParts() {
    let parts = AddressChecker.check(" a.b (c) @ d.net ").parts
    #expect(parts.local == 1..<4)
    #expect(parts.separator == 9)
    #expect(parts.domain == 11..<16)
    #expect(parts.isComplete && !parts.isCompact && !parts.isLiteral)
    #expect(AddressChecker.check("a@[192.0.2.1]").parts.isLiteral)
    #expect(AddressChecker.check("\"a\"@b.net").parts.isQuoted)
    #expect(AddressChecker.check("a@").parts.domain == nil)
  }

  @Test("SMTPUTF8 is needed by addresses that only it makes valid")
  func knowsSMTPUTF8() {
    #expect(AddressChecker.check("é@c.net").needsSMTPUTF8)
    #expect(!AddressChecker.check("e@c.net").needsSMTPUTF8)
    #expect(!AddressChecker.check("é@@c.net").needsSMTPUTF8)
  }

  @Test("the primary finding is the first error, and the specific one of two at a place")
  func namesPrimary() {
    func primary(_ address: String, _ profile: AddressProfile = .smtp) -> AddressRule? {
      AddressChecker.check(address).primary(profile)?.rule
    }
    #expect(primary("a@b c.net") == .domainSpace)
    #expect(primary("x(y)@b c.net") == .comment)
    #expect(primary("x(y)@b c.net", .header) == .domainSpace)
    #expect(primary("no at all") == .noAt)
    #expect(primary("Ann <ann@b.net>") == .nameAddrForm)
    #expect(primary("a@b.net") == nil)
    #expect(primary("a @ b . net", .header) == .cfwsNearDot)
  }

  @Test("findings are bounded, whatever the input")
  func boundsFindings() {
    for text in ["\"" + String(repeating: "\\a", count: 5000) + "\"@b.net", String(repeating: "a .", count: 5000)] {
      let report = AddressChecker.check(text)
      #expect(report.findings.count <= AddressReport.repetitionLimit + AddressRule.allCases.count)
      #expect(report.findings.count >= AddressReport.repetitionLimit)
    }
  }

  @Test("comments nest without end and without recursion")
  func nestsComments() {
    let deep = String(repeating: "(", count: 100_000) + String(repeating: ")", count: 100_000)
    #expect(AddressChecker.check(deep + "a@b.net").isValid(.header))
    #expect(AddressChecker.check("(" + deep + "a@b.net").primary(.header)?.rule == .commentUnclosed)
  }

  @Test(
    "much of what is most laborious is judged",
    arguments: ["(", "\"", "\\", "@", ".", ":", "\u{301}", "a.", "[", "é.", "xn--a.", "٠", "・"])
  func judgesMuch(_ unit: String) {
    let octets = Array(unit.utf8)
    let text = (0..<100_000 / octets.count).flatMap { _ in octets }
    var checker = AddressChecker()
    for start in ["", "a@", "\"", "(", "a@[", "a@[IPv6:"] {
      checker.check(Array(start.utf8) + text)
      #expect(!checker.report.findings.isEmpty)
    }
  }

  @Test("any octets are judged without a crash")
  func judgesMalformed() {
    var checker = AddressChecker()
    for octet in UInt8.min...UInt8.max {
      for text in [[octet], [0x61, octet, 0x40, 0x62], [0x61, 0x40, octet], [0x22, octet, 0x22, 0x40, 0x62]] {
        checker.check(text)
        let end = checker.report.findings.map(\.end).max() ?? 0
        #expect(end <= text.count)
      }
    }
  }
}
