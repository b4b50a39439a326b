import MailAddress
import Testing

struct SMTPPathParserTests {
  static func rules(_ line: String) -> [AddressRule] {
    var parser = SMTPPathParser()
    return parser.parse(line: Array(line.utf8))?.path.findings.map(\.rule) ?? [.pathVerb]
  }

  /// For each rule a line that it speaks of, the place, and a line that it spares.
  static let cases: [(rule: AddressRule, found: String, start: Int, spared: String)] = [
    (.pathSpaceAfterColon, "MAIL FROM: <a@b.net>", 10, "MAIL FROM:<a@b.net>"),
    (.pathBracketMissing, "RCPT TO:a@b.net", 8, "RCPT TO:<a@b.net>"),
    (.pathUnclosed, "RCPT TO:<a@b.net", 8, "RCPT TO:<a@b.net>"),
    (.pathSourceRoute, "RCPT TO:<@r.net:a@b.net>", 9, "RCPT TO:<a@b.net>"),
    (.pathRouteMalformed, "RCPT TO:<@r..net:a@b.net>", 9, "RCPT TO:<@r.net,@s.net:a@b.net>"),
    (.pathNullRecipient, "RCPT TO:<>", 8, "MAIL FROM:<>"),
    (.pathNull, "MAIL FROM:<>", 10, "RCPT TO:<>"),
    (.pathPostmaster, "RCPT TO:<pOstmaster>", 9, "MAIL FROM:<postmaster>"),
    (.pathTooLong, "RCPT TO:<@\(long).net:a@\(long).net>", 264, "RCPT TO:<a@b.net>"),
    (.pathTextAfter, "RCPT TO:<a@b.net>x", 17, "RCPT TO:<a@b.net> x"),
    (.pathParameterKeyword, "MAIL FROM:<> -X=1", 13, "MAIL FROM:<> X-1=1"),
    (.pathParameterValue, "MAIL FROM:<> X=a=b", 16, "MAIL FROM:<> X=a-b"),
    (.pathParameterEmpty, "MAIL FROM:<> X=", 14, "MAIL FROM:<> X"),
    (.pathParameterRepeated, "MAIL FROM:<> X=1 x=2", 17, "MAIL FROM:<> X=1 Y=2"),
    (.pathParameterSpaces, "MAIL FROM:<>  X", 12, "MAIL FROM:<> X"),
  ]

  static let long = Array(repeating: "abcdefghijklmnopqrstuvwxyz", count: 5).joined(separator: ".")

  @Test("a rule speaks of its line, at its place, and spares the neighbour", arguments: cases)
  func finds(_ rule: AddressRule, _ found: String, _ start: Int, _ spared: String) {
    var parser = SMTPPathParser()
    let path = parser.parse(line: Array(found.utf8))?.path
    #expect(path?.findings.first { $0.rule == rule }?.start == start, "\(found)")
    #expect(!Self.rules(spared).contains(rule), "\(spared)")
  }

  @Test("every rule about paths has its example")
  func coversEveryRule() {
    let rules = Set(AddressRule.allCases.filter { $0.id.hasPrefix("path.") })
    #expect(rules.subtracting(Self.cases.map(\.rule)) == [.pathVerb])
  }

  @Test("what is no MAIL FROM: or RCPT TO: is nobody's path")
  func refusesOtherCommands() {
    var parser = SMTPPathParser()
    for line in ["EHLO x", "MAIL <a@b>", "RCPT TO", "MAIL FROM", ""] {
      #expect(parser.parse(line: Array(line.utf8)) == nil)
    }
  }

  @Test("path, mailbox, route and parameters are found")
  func findsParts() {
    let line = "mail from:<@r.net,@s.net:\"a>b\"@c.net> SIZE=100 SMTPUTF8"
    let octets = Array(line.utf8)
    func text(_ range: Range<Int>?) -> String { range.map { String(decoding: octets[$0], as: UTF8.self) } ?? "-" }
    var parser = SMTPPathParser()
    let result = parser.parse(line: octets)
    #expect(result?.command == .mail)
    #expect(result?.path.kind == .mailbox)
    #expect(text(result?.path.range) == "<@r.net,@s.net:\"a>b\"@c.net>")
    #expect(text(result?.path.mailbox) == "\"a>b\"@c.net")
    #expect(result?.path.route.map { text($0) } == ["r.net", "s.net"])
    #expect(result?.path.parameters.map { text($0.keyword) } == ["SIZE", "SMTPUTF8"])
    #expect(result?.path.parameters.map { text($0.value) } == ["100", "-"])
  }

  @Test("the mailbox's own findings have their place in the line")
  func movesFindings() {
    var parser = SMTPPathParser()
    let path = parser.parse(line: Array("RCPT TO:<a@b_c.net>".utf8))?.path
    #expect(path?.findings.first?.rule == .domainUnderscore)
    #expect(path?.findings.first?.start == 12)
    #expect(path?.verdict(.smtp) == .invalid)
    #expect(path?.kind == .malformed)
  }

  @Test("verdicts follow the profile")
  func judges() {
    var parser = SMTPPathParser()
    func verdict(_ line: String, _ profile: AddressProfile) -> AddressVerdict? {
      parser.parse(line: Array(line.utf8))?.path.verdict(profile)
    }
    #expect(verdict("RCPT TO:<é@b.net>", .smtp) == .invalid)
    #expect(verdict("RCPT TO:<é@b.net>", .eai) == .valid)
    #expect(verdict("MAIL FROM:<> BODY=8BITMIME", .smtp) == .valid)
    #expect(verdict("RCPT TO:<@r.net:a@b.net>", .smtp) == .warning)
  }

  @Test("cut anywhere, a line is read without a crash")
  func survivesCuts() {
    let octets = Array("RCPT TO:<@r.net:\"a\\>b\"@[IPv6:::1]>x NOTIFY=NEVER  ORCPT=rfc822;a+40b".utf8)
    var parser = SMTPPathParser()
    for length in 0...octets.count {
      let path = parser.parse(line: Array(octets[..<length]))?.path
      #expect(path?.findings.allSatisfy { $0.end <= length } ?? (length < 8))
    }
  }
}
