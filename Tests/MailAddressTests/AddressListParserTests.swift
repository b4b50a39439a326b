import MailAddress
import Testing

struct AddressListParserTests {
  static func shown(_ entry: ListEntry) -> String {
    func text(_ octets: [UInt8]) -> String { String(decoding: octets, as: UTF8.self) }
    func mailbox(_ mailbox: ListMailbox) -> String {
      (mailbox.name.map { "{" + text($0) + "} " } ?? "") + text(mailbox.address)
    }
    switch entry {
    case .mailbox(let one): return mailbox(one)
    case .group(let name, let members): return text(name) + ":" + members.map(mailbox).joined(separator: ",") + ";"
    }
  }

  /// RFC 5322 appendix A and their kin: the list, what is read, and whether it is strict.
  static let lists: [(list: String, entries: [String], isStrict: Bool)] = [
    ("John Doe <jdoe@machine.example>", ["{John Doe} jdoe@machine.example"], true),
    ("\"Joe Q. Public\" <john.q.public@example.com>", ["{Joe Q. Public} john.q.public@example.com"], true),
    (
      "Mary Smith <mary@x.test>, jdoe@example.org, Who? <one@y.test>",
      ["{Mary Smith} mary@x.test", "jdoe@example.org", "{Who?} one@y.test"], true
    ),
    (
      "<boss@nil.test>, \"Giant; \\\"Big\\\" Box\" <sysservices@example.net>",
      ["boss@nil.test", "{Giant; \"Big\" Box} sysservices@example.net"], true
    ),
    (
      "A Group:Ed Jones <c@a.test>,joe@where.test,John <jdoe@one.test>;",
      ["A Group:{Ed Jones} c@a.test,joe@where.test,{John} jdoe@one.test;"], true
    ),
    ("Undisclosed recipients:;", ["Undisclosed recipients:;"], true),
    ("Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>", ["{Pete} pete@silly.test"], true),
    (
      "A Group(Some people)\r\n :Chris Jones <c@(Chris's host.)public.example>;",
      ["A Group:{Chris Jones} c@public.example;"], true
    ),
    ("(Empty list)(start)Hidden recipients  :(nobody(that I know))  ;", ["Hidden recipients:;"], true),
    ("Joe Q. Public <john.q.public@example.com>", ["{Joe Q. Public} john.q.public@example.com"], false),
    (
      "Mary Smith <@node.test:mary@example.net>, , jdoe@test  . example",
      ["{Mary Smith} mary@example.net", "jdoe@test.example"], false
    ),
    ("a@b.net,", ["a@b.net"], false),
    ("g:a@b.net,;", ["g:a@b.net;"], false),
    ("\"a\".b@c.net", ["\"a\".b@c.net"], false),
    ("\"\u{1}\" <a@b.net>", ["{\u{1}} a@b.net"], false),
    ("Mary\r\n \r\n Smith <a@b.net>", ["{Mary Smith} a@b.net"], true),
    ("a@b.net\r\n \r\n ", ["a@b.net"], false),
    // What closes a quoted string, a comment or a literal parts the fold before it from the one behind it.
    ("\"Mary\r\n \"\r\n <a@b.net>", ["{Mary } a@b.net"], true),
    ("(x(y\r\n )\r\n )\r\n a@b.net", ["a@b.net"], true),
    ("a@[x\r\n ]\r\n ", ["a@[x\r\n ]"], true),
    ("a@[x\r\n \r\n ]", ["a@[x\r\n \r\n ]"], false),
  ]

  @Test("lists are read with their names and groups", arguments: lists)
  func reads(_ list: String, _ entries: [String], _ isStrict: Bool) {
    let parsed = AddressListParser.parse(list)
    #expect(parsed.verdict(.header) != .invalid, "\(list)")
    #expect(parsed.entries.map(Self.shown) == entries)
    #expect(parsed.isStrict() == isStrict, "\(list)")
  }

  static let errors: [(list: String, rule: AddressRule, start: Int)] = [
    ("Ann", .listExpectedAt, 3), ("a@b.net c@d.net", .listExpectedComma, 8), ("Ann <>", .listExpectedWord, 5),
    ("a@", .listExpectedDomain, 2), ("<a@b.net", .listExpectedRangle, 8), ("<@r:@s:a@b>", .listExpectedWord, 4),
    ("<@r@s:a@b>", .listBadRoute, 3), ("g: a@b.net", .listGroupUnclosed, 10), (" (x) ", .listEmpty, 5),
    ("a@b.net )", .listChar, 8), ("(x", .listCommentUnclosed, 0), ("\"x", .listQuotedUnclosed, 0),
    ("\"\0\" <a@b>", .listQuotedChar, 1), ("(\0) a@b", .listCommentChar, 1), ("a@[x", .listLiteralUnclosed, 2),
    ("a@[x[]", .listLiteralChar, 4), ("a@b\r", .listBareCr, 3), ("a@b\nc", .listBareLf, 3),
    ("g: h: a@b;;", .listExpectedAt, 4),
  ]

  @Test("what no grammar allows has a rule and a place", arguments: errors)
  func refuses(_ list: String, _ rule: AddressRule, _ start: Int) {
    let parsed = AddressListParser.parse(list)
    let error = parsed.findings.first { $0.rule.severity(in: .eaiHeader).isInvalid }
    #expect(error?.rule == rule, "\(list)")
    #expect(error?.start == start, "\(list)")
    #expect(!parsed.isStrict() && !parsed.isMailboxList() && !parsed.isSingleMailbox())
  }

  static let remarks: [(list: String, rule: AddressRule)] = [
    ("é <a@b.net>", .listNonAscii), ("A. B <a@b.net>", .listObsPhrase), ("<@r:a@b.net>", .listObsRoute),
    (",a@b.net", .listObsElement), ("a . b@c.net", .listObsWords), ("(\u{1}) a@b.net", .listObsText),
    ("a@b.net,\r\n \r\n c@d.net", .listObsFws),
  ]

  @Test("obsolete and internationalized forms are named", arguments: remarks)
  func names(_ list: String, _ rule: AddressRule) {
    #expect(AddressListParser.parse(list).findings.map(\.rule) == [rule])
    #expect(AddressListParser.parse("Ann <a@b.net>").findings.isEmpty)
  }

  @Test("octets that are no UTF-8 end the reading")
  func refusesMalformed() {
    let parsed = AddressListParser.parse([0x61, 0xFF])
    #expect(parsed.findings.map(\.rule) == [.listUtf8Malformed])
    #expect(parsed.findings.first?.start == 1)
  }

  @Test("UTF-8 is valid in internationalized headers only")
  func knowsUTF8() {
    let parsed = AddressListParser.parse("Jörg <jörg@example.net>")
    #expect(parsed.verdict(.header) == .invalid && parsed.verdict(.eaiHeader) == .valid)
    #expect(parsed.isSingleMailbox(.eaiHeader) && !parsed.isSingleMailbox(.header))
  }

  @Test("mailbox lists have no groups, single mailboxes no commas")
  func knowsKinds() {
    #expect(AddressListParser.parse("a@b, c@d").isMailboxList())
    #expect(!AddressListParser.parse("a@b, c@d").isSingleMailbox())
    #expect(!AddressListParser.parse("g:a@b;").isMailboxList())
    #expect(!AddressListParser.parse("a@b,").isSingleMailbox())
    #expect(AddressListParser.parse("Ann <a@b>").isSingleMailbox())
  }

  @Test("the range of an address is its place in the list")
  func knowsPlaces() {
    let list = "Ann <ann@b.net>, g: c . d@e.net ;"
    let mailboxes = AddressListParser.parse(list).mailboxes
    let octets = Array(list.utf8)
    #expect(mailboxes.map { String(decoding: octets[$0.range], as: UTF8.self) } == ["ann@b.net", "c . d@e.net"])
  }

  @Test("cut anywhere, a list is read without a crash")
  func survivesCuts() {
    for (list, _, _) in Self.lists {
      let octets = Array(list.utf8)
      for length in 0...octets.count {
        let parsed = AddressListParser.parse(Array(octets[..<length]))
        #expect(parsed.findings.allSatisfy { $0.end <= length })
        _ = AddressListRecovery.recover(Array(octets[..<length]))
      }
    }
  }
}
