import MailAddress
import Testing

/// For each rule about one address: an address that it speaks of and a neighbour that it leaves alone.
struct AddressRuleTests {
  struct Case: Sendable {
    let rule: AddressRule
    let found: String
    let start: Int
    let spared: String

    init(_ rule: AddressRule, _ found: String, _ start: Int, spares spared: String) {
      self.rule = rule
      self.found = found
      self.start = start
      self.spared = spared
    }
  }

  static let long = String(repeating: "x", count: 70)

  static let cases: [Case] = structureCases + quotedCases + gapCases + domainCases + labelCases + literalCases

  static let structureCases: [Case] = [
    Case(.empty, "", 0, spares: "a@b"),
    Case(.noAt, "user.example.net", 16, spares: "user@example.net"),
    Case(.multipleAt, "one@two@three", 7, spares: "\"one@two\"@three"),
    Case(.localEmpty, "@host.net", 0, spares: "l@host.net"),
    Case(.domainEmpty, "left@", 5, spares: "left@d"),
    Case(.nameAddrForm, "Ann <ann@host.net>", 4, spares: "ann@host.net"),
    Case(.addressList, "a@b.net,c@d.net", 7, spares: "a@b.net,"),
    Case(.localDotLeading, ".a@b.net", 0, spares: "a@b.net"),
    Case(.localDotTrailing, "a.@b.net", 1, spares: "a.b@b.net"),
    Case(.localDotConsecutive, "a..b@c.net", 2, spares: "\"a..b\"@c.net"),
    Case(.localChar, "a,b@c.net", 1, spares: "a+b@c.net"),
    Case(.localSpace, "a b@c.net", 1, spares: "\"a b\"@c.net"),
    Case(.localControl, "a\u{7}b@c.net", 1, spares: "a_b@c.net"),
    Case(.localBackslash, "a\\b@c.net", 1, spares: "\"a\\b\"@c.net"),
    Case(.localQuoteInAtom, "a\"b\"@c.net", 1, spares: "\"ab\"@c.net"),
    Case(.localTextAfterQuoted, "\"a\"b@c.net", 3, spares: "\"a\".b@c.net"),
    Case(.localTextAfterComment, "a(x)b@c.net", 4, spares: "a(x)@c.net"),
    Case(.localNonAscii, "é@c.net", 0, spares: "e@c.net"),
    Case(.localObsWords, "\"a\".b@c.net", 3, spares: "\"a.b\"@c.net"),
    Case(.localTooLong, "\(long)@c.net", 64, spares: "\(long.prefix(64))@c.net"),
    Case(.notNfc, "e\u{301}@c.net", 0, spares: "\u{E9}@c.net"),
    Case(.unicodeUnsafe, "a\u{200B}@c.net", 1, spares: "a\u{E9}@c.net"),
  ]

  static let quotedCases: [Case] = [
    Case(.quotedUnclosed, "\"a@c.net", 0, spares: "\"a\"@c.net"),
    Case(.quotedNul, "\"a\0\"@c.net", 2, spares: "\"a\\\0\"@c.net"),
    Case(.quotedBareCr, "\"a\rb\"@c.net", 2, spares: "\"a\r\n b\"@c.net"),
    Case(.quotedBareLf, "\"a\nb\"@c.net", 2, spares: "\"a b\"@c.net"),
    Case(.quotedCrlf, "\"a\r\nb\"@c.net", 2, spares: "\"a\r\n\tb\"@c.net"),
    Case(.quotedControl, "\"a\u{1}\"@c.net", 2, spares: "\"a!\"@c.net"),
    Case(.quotedTab, "\"a\tb\"@c.net", 2, spares: "\"a b\"@c.net"),
    Case(.quotedFold, "\"a\r\n b\"@c.net", 2, spares: "\"a b\"@c.net"),
    Case(.quotedPairControl, "\"\\\u{1}\"@c.net", 2, spares: "\"\\\"\"@c.net"),
    Case(.quotedPairTab, "\"\\\t\"@c.net", 2, spares: "\"\\ \"@c.net"),
    Case(.quotedPairNonAscii, "\"\\é\"@c.net", 2, spares: "\"é \"@c.net"),
    Case(.quotedNonAscii, "\"é \"@c.net", 1, spares: "\"e \"@c.net"),
    Case(.quotedEmpty, "\"\"@c.net", 0, spares: "\" \"@c.net"),
    Case(.quotedString, "\"a b\"@c.net", 0, spares: "ab@c.net"),
    Case(.quotedUnneeded, "\"ab\"@c.net", 0, spares: "\"a b\"@c.net"),
    Case(.quotedPairUnneeded, "\"a\\ b\"@c.net", 2, spares: "\"a\\\\b\"@c.net"),
  ]

  static let gapCases: [Case] = [
    Case(.comment, "(x)a@c.net", 0, spares: "\"(x)\"@c.net"),
    Case(.commentUnclosed, "a@c.net(x", 7, spares: "a@c.net(x)"),
    Case(.commentUnopened, "a)b@c.net", 1, spares: "(x)a@c.net"),
    Case(.commentChar, "(a\0)a@c.net", 2, spares: "(a\\\0)a@c.net"),
    Case(.commentControl, "(\u{1})a@c.net", 1, spares: "(\t)a@c.net"),
    Case(.commentQpControl, "(\\\u{1})a@c.net", 2, spares: "(\\))a@c.net"),
    Case(.commentNonAscii, "(é)a@c.net", 1, spares: "(e)a@c.net"),
    Case(.whitespace, " a@c.net", 0, spares: "a@c.net"),
    Case(.fold, "\r\n a@c.net", 0, spares: " a@c.net"),
    Case(.fwsObs, "\r\n \r\n a@c.net", 3, spares: "\r\n  a@c.net"),
    Case(.cfwsNearAt, "a @c.net", 1, spares: " a@c.net"),
    Case(.cfwsNearDot, "a .b@c.net", 1, spares: "a.b @c.net"),
    Case(.bareCr, "a\r@c.net", 1, spares: "a\r\n @c.net"),
    Case(.bareLf, "a@c.net\n", 7, spares: "a@c.net "),
    Case(.crlfNoWsp, "a@c.net\r\n", 7, spares: "a@c.net\r\n "),
  ]

  static let domainCases: [Case] = [
    Case(.domainDotLeading, "a@.c.net", 2, spares: "a@c.net"),
    Case(.domainDotTrailing, "a@c.net.", 7, spares: "a@c.net"),
    Case(.domainDotConsecutive, "a@c..net", 4, spares: "a@c.net"),
    Case(.domainChar, "a@c;d.net", 3, spares: "a@c-d.net"),
    Case(.domainSpace, "a@c d.net", 3, spares: "a@c .net"),
    Case(.domainControl, "a@c\u{1}.net", 3, spares: "a@c.net"),
    Case(.domainTextAfterComment, "a@c(x)d.net", 6, spares: "a@c(x).net"),
    Case(.domainQuoted, "a@\"c\".net", 2, spares: "\"a\"@c.net"),
    Case(.domainUnderscore, "a@c_d.net", 3, spares: "a_b@c.net"),
    Case(.domainNotLdh, "a@c+d.net", 3, spares: "a+b@c.net"),
    Case(.domainHyphenStart, "a@-c.net", 2, spares: "a@c-d.net"),
    Case(.domainHyphenEnd, "a@c-.net", 3, spares: "a@c-d.net"),
    Case(.domainNonAscii, "a@é.net", 2, spares: "a@e.net"),
    Case(.domainSingleLabel, "a@net", 2, spares: "a@c.net"),
    Case(.tldNumeric, "a@c.12", 4, spares: "a@12.net"),
    Case(.domainBareIpv4, "a@192.0.2.1", 2, spares: "a@300.0.2.1"),
    Case(.tldNotAlphabetic, "a@c.n3t", 4, spares: "a@c3.net"),
    Case(.tldOneLetter, "a@c.n", 4, spares: "a@c.nt"),
    Case(.domainSpecialUse, "a@c.invalid", 2, spares: "a@invalid.net"),
    Case(.labelTooLong, "a@\(long).net", 65, spares: "a@\(long.prefix(63)).net"),
    Case(.domainTooLong, "a@" + String(repeating: "abcdefg.", count: 32) + "net", 255, spares: "a@abcdefg.net"),
    Case(
      .addressTooLong, "abcdefgh@" + String(repeating: "abcdefg.", count: 31) + "net", 254, spares: "a@abcdefg.net"),
  ]

  static let labelCases: [Case] = [
    Case(.utf8Malformed, "see the test of octets", 0, spares: "é@c.net"),
    Case(.idnaDisallowed, "a@☃.net", 2, spares: "a@ß.net"),
    Case(.idnaUppercase, "a@É.net", 2, spares: "a@é.net"),
    Case(.idnaContext, "a@a·b.net", 3, spares: "a@l·l.net"),
    Case(.idnaBidi, "a@aא.net", 2, spares: "a@אב.net"),
    Case(.idnaNotNfc, "a@e\u{301}.net", 2, spares: "a@\u{E9}.net"),
    Case(.idnaCombiningStart, "a@\u{301}x.net", 2, spares: "a@\u{E9}x.net"),
    Case(.idnaHyphen, "a@éa--b.net", 5, spares: "a@éa-b.net"),
    Case(
      .idnaLabelTooLong, "a@" + String(repeating: "éab", count: 20) + ".net", 2, spares: "a@éabc.net"),
    Case(.idnaFakeALabel, "a@xn--a.net", 2, spares: "a@xn--bcher-kva.net"),
    Case(.ldhReserved, "a@ab--c.net", 2, spares: "a@abc--d.net"),
  ]

  static let literalCases: [Case] = [
    Case(.literalUnclosed, "a@[192.0.2.1", 2, spares: "a@[192.0.2.1]"),
    Case(.literalTrailing, "a@[192.0.2.1]x", 13, spares: "a@[192.0.2.1](x)"),
    Case(.literalChar, "a@[a[b]", 4, spares: "a@[ab]"),
    Case(.literalBareCrlf, "a@[a\nb]", 4, spares: "a@[a\r\n b]"),
    Case(.literalMisplaced, "a@c[192.0.2.1]", 3, spares: "a@[192.0.2.1]"),
    Case(.literalNonAscii, "a@[é]", 3, spares: "a@[e]"),
    Case(.literalObs, "a@[\\a]", 3, spares: "a@[a]"),
    Case(.literalSpace, "a@[a b]", 4, spares: "a@[ab]"),
    Case(.literalEmpty, "a@[]", 3, spares: "a@[a]"),
    Case(.literalIpv4Count, "a@[192.0.2]", 3, spares: "a@[192.0.2.1]"),
    Case(.literalIpv4Range, "a@[192.0.256.1]", 9, spares: "a@[192.0.255.1]"),
    Case(.literalIpv4LeadingZero, "a@[192.0.02.1]", 3, spares: "a@[192.0.20.1]"),
    Case(.literalIpv6Untagged, "a@[2001:db8::1]", 3, spares: "a@[IPv6:2001:db8::1]"),
    Case(.literalIpv6Char, "a@[IPv6:2001:dg8::1]", 14, spares: "a@[IPv6:2001:df8::1]"),
    Case(.literalIpv6Colon, "a@[IPv6:2001:db8::1:]", 19, spares: "a@[IPv6:2001:db8::]"),
    Case(.literalIpv6MultiCompress, "a@[IPv6:1::2::3]", 12, spares: "a@[IPv6:1::2:3]"),
    Case(.literalIpv6GroupLong, "a@[IPv6:12345::1]", 12, spares: "a@[IPv6:1234::1]"),
    Case(.literalIpv6GroupCount, "a@[IPv6:1:2:3]", 8, spares: "a@[IPv6:1:2:3:4:5:6:7:8]"),
    Case(.literalIpv6CompressOne, "a@[IPv6:1:2:3::5:6:7:8]", 13, spares: "a@[IPv6:1:2:3::6:7:8]"),
    Case(.literalIpv6V4Tail, "a@[IPv6:::1.2.3]", 10, spares: "a@[IPv6:::1.2.3.4]"),
    Case(.literalIpv6Zone, "a@[IPv6:fe80::1%eth0]", 15, spares: "a@[IPv6:fe80::1]"),
    Case(.literalTagUnregistered, "a@[DECnet:1]", 3, spares: "a@[DECnet]"),
    Case(.literalNotAddress, "a@[host]", 3, spares: "a@[192.0.2.1]"),
    Case(.literalAddress, "a@[192.0.2.1]", 2, spares: "a@192.0.2.1"),
    Case(.ipv6NotCanonical, "a@[IPv6:2001:DB8::1]", 8, spares: "a@[IPv6:2001:db8::1]"),
  ]

  @Test("a rule speaks of its address, at its place, and spares the neighbour", arguments: cases)
  func finds(_ example: Case) {
    guard example.rule != .utf8Malformed else { return }
    let report = AddressChecker.check(example.found)
    let finding = report.findings.first { $0.rule == example.rule }
    #expect(finding?.start == example.start, "\(example.rule) in \(example.found)")
    #expect(!AddressChecker.check(example.spared).findings.contains { $0.rule == example.rule }, "\(example.rule)")
  }

  @Test("octets that are no UTF-8 are found by their place")
  func findsMalformed() {
    var checker = AddressChecker()
    for (octets, place) in [([0x61, 0xFF], 1), ([0xC1, 0xBF], 0), ([0xED, 0xA0, 0x80], 0), ([0x61, 0xE2, 0x82], 1)] {
      checker.check(octets.map { UInt8($0) } + Array("@c.net".utf8))
      #expect(checker.report.findings.map(\.rule) == [.utf8Malformed])
      #expect(checker.report.findings.first?.start == place)
    }
  }

  @Test(
    "a second fold in a row is named wherever white space may stand, two apart are not",
    arguments: [
      ("a \r\n \r\n @c.net", 5, "a \r\n @\r\n c.net"), ("(\r\n \r\n )a@c.net", 4, "(\r\n x\r\n )a@c.net"),
      ("\"\r\n \r\n \"@c.net", 4, "\"\r\n \"\r\n @c.net"), ("a@[\r\n \t\r\n ]", 7, "a@[\r\n x \r\n ]\r\n "),
    ])
  func findsSecondFold(_ address: String, _ start: Int, _ spared: String) {
    let finding = AddressChecker.check(address).findings.first { $0.rule == .fwsObs }
    #expect(finding?.start == start, "\(address.debugDescription)")
    #expect(AddressChecker.check(address).verdict(.header) == .warning)
    #expect(!AddressChecker.check(spared).findings.contains { $0.rule == .fwsObs }, "\(spared.debugDescription)")
  }

  @Test("a finding makes invalid exactly where its severity says so", arguments: cases)
  func severityDecides(_ example: Case) {
    let report = AddressChecker.check(example.found)
    for profile in AddressProfile.allCases {
      let isInvalid = report.findings.contains { $0.rule.severity(in: profile).isInvalid }
      #expect(report.isValid(profile) == !isInvalid)
      #expect((report.verdict(profile) == .invalid) == isInvalid)
    }
  }

  @Test("every rule about an address has its example")
  func coversEveryRule() {
    let rules = Set(AddressRule.allCases.filter { $0.id.hasPrefix("address.") })
    #expect(rules.subtracting(Self.cases.map(\.rule)).isEmpty)
    #expect(rules.count == Self.cases.count)
  }

  @Test("the catalogue has every rule at its place, with an id of its own, a sentence and a clause")
  func cataloguesEveryRule() {
    let entries = AddressRuleCatalogue.allRules
    #expect(entries.map(\.rule) == AddressRule.allCases)
    #expect(Set(entries.map { $0.id.description }).count == entries.count)
    for entry in entries {
      #expect(entry.title.description.hasSuffix("."))
      #expect(entry.clause.description.hasPrefix("RFC ") || entry.clause.description == "policy")
    }
  }

  @Test("a refusal has the enhanced status code of its part")
  func knowsEnhancedStatus() {
    func status(_ address: String) -> String? { AddressChecker.check(address).primary(.smtp)?.rule.enhancedStatus }
    #expect(status("a b@c.net") == "5.1.3")
    #expect(status("a@b_c.net") == "5.1.2")
    #expect(status("a@[192.0.2]") == "5.1.2")
    #expect(status("é@c.net") == "5.6.7")
    #expect(status("no") == "5.1.3")
  }
}
