import SMTPWire
import Testing

@Suite("Putting reply lines together")
struct ReplyParserTests {
  private func outcomes(_ lines: [WireLine], maximumLines: Int = 100, maximumOctets: Int = 10_000) -> [ReplyParser
    .Outcome]
  {
    var parser = ReplyParser(maximumLines: maximumLines, maximumOctets: maximumOctets)
    return lines.map { parser.receive($0) }
  }

  private func outcomes(_ texts: String...) -> [ReplyParser.Outcome] { outcomes(texts.map { WireLine($0) }) }

  @Test("a reply ends with the line that has no hyphen")
  func multiline() {
    let lines = ["250-a", "250-SIZE 10", "250 DSN"].map { WireLine($0) }
    let found = outcomes(lines)
    #expect(found == [.incomplete, .incomplete, .reply(Reply(code: 250, lines: lines))])
  }

  @Test("a code without text is a reply")
  func codeOnly() throws {
    guard case .reply(let reply) = outcomes("250")[0] else {
      Issue.record("no reply")
      return
    }
    #expect(reply.code == 250 && reply.text.isEmpty && reply.enhancedStatusCode == nil)
    #expect(outcomes("250 ") == [.reply(Reply(250, ""))])
  }

  @Test("lines of one reply with different codes are broken")
  func mixed() {
    #expect(
      outcomes("250-a", "550 b")[1]
        == .broken(.mixedCodes(first: 250, then: 550), lines: [WireLine("250-a"), WireLine("550 b")]))
  }

  @Test(
    "a line without a code is broken",
    arguments: ["", "25", "abc", "2500 a", "250_a", "050 a", "650 a", " 250 a", "25\u{0660} a"])
  func badCode(text: String) {
    #expect(outcomes("220 a", text)[1] == .broken(.badCode(line: bytes(text)), lines: [WireLine(text)]))
  }

  @Test(
    "a first line that is no reply is known by what it looks like",
    arguments: [
      ("SSH-2.0-OpenSSH_9.2", "SSH"), ("* OK IMAP4rev1", "IMAP"), ("+OK ready", "POP3"), ("HTTP/1.1 400 Bad", "HTTP"),
      ("\u{15}\u{3}\u{1}", "TLS"), ("hello", nil), ("", nil),
    ] as [(String, String?)])
  func notSMTP(text: String, name: String?) {
    #expect(outcomes(text) == [.broken(.notSMTP(looksLike: name), lines: [WireLine(text)])])
  }

  @Test("a piece of a line is no reply")
  func piece() {
    let piece = WireLine(bytes("250 a"), ending: .none)
    #expect(outcomes([piece]) == [.broken(.lineTooLong(limit: 5), lines: [piece])])
  }

  @Test("a reply has a greatest number of lines and octets")
  func bounds() {
    let line = WireLine("250-a")
    let tooMany = outcomes(Array(repeating: line, count: 3), maximumLines: 3)
    #expect(tooMany.last == .broken(.replyTooLong(lines: 3, octets: 21), lines: [line, line, line]))
    #expect(outcomes([line, line, WireLine("250 a")], maximumLines: 3).last != tooMany.last)
    let tooLong = outcomes(Array(repeating: line, count: 3), maximumOctets: 21)
    #expect(tooLong.last == .broken(.replyTooLong(lines: 3, octets: 21), lines: [line, line, line]))
  }

  @Test("what can still be understood is noted once for the reply")
  func deviations() throws {
    let long = WireLine(bytes("250 " + String(repeating: "x", count: 507)))
    let lines = [
      WireLine(bytes("250-a"), ending: .bareLF), WireLine(bytes("250-b"), ending: .bareLF),
      WireLine(bytes("250-\rc\0")), long,
    ]
    guard case .reply(let reply)? = outcomes(lines).last else {
      Issue.record("no reply")
      return
    }
    #expect(reply.deviations == [.bareLF, .strayCR, .nul, .longReplyLine(octets: 513)])
    #expect(reply.lines == lines)
    #expect(reply.wireOctets == lines.flatMap(\.wireOctets))
    #expect(outcomes([WireLine(bytes("250 " + String(repeating: "x", count: 506)))]).last.map(\.deviations) == [])
  }

  @Test("an enhanced status code of another class is noted, but for 3yz")
  func mismatch() {
    #expect(outcomes("550 2.1.0 x")[0].deviations == [.enhancedMismatch(550, EnhancedStatusCode(2, 1, 0))])
    #expect(outcomes("250 2.1.0 x")[0].deviations == [])
    #expect(outcomes("354 5.7.0 x")[0].deviations == [])
  }

  @Test("a challenge in words is noted")
  func challenge() {
    #expect(outcomes("334 Username:")[0].deviations == [.challengeNotBase64])
    #expect(outcomes("334 VXNlcm5hbWU6", "334 ", "334", "354 Username:").allSatisfy { $0.deviations == [] })
  }

  @Test("a code that the standard does not have is noted", arguments: [("199 a", 199), ("260 a", 260), ("599 a", 599)])
  func oddCode(text: String, code: Int) throws {
    #expect(outcomes(text)[0].deviations == [.oddCode(try #require(ReplyCode(rawValue: code)))])
  }

  @Test("each reply begins anew, after a broken one too")
  func sequence() {
    #expect(outcomes("220 a", "x", "250-b", "250 c").last.map(\.isReply) == true)
    var parser = ReplyParser()
    _ = parser.receive(WireLine("250-a"))
    #expect(parser.pendingLines == [WireLine("250-a")])
    _ = parser.receive(WireLine("250 b"))
    #expect(parser.pendingLines.isEmpty)
  }

  @Test("noise never gives a reply with lines it did not have")
  func noise() {
    for seed in 1...300 {
      var numbers = SeededNumbers(seed: UInt64(seed))
      var parser = ReplyParser(maximumLines: 5, maximumOctets: 60)
      var given: [WireLine] = []
      var taken: [WireLine] = []
      for _ in 0..<40 {
        let line = WireLine(
          numbers.octets(upTo: 8, of: "2550-- x"), ending: Bool.random(using: &numbers) ? .crlf : .bareLF)
        given.append(line)
        switch parser.receive(line) {
        case .incomplete: #expect(parser.pendingLines.count < 5, "seed \(seed)")
        case .reply(let reply): taken += reply.lines
        case .broken(_, let lines): taken += lines
        }
      }
      #expect(taken + parser.pendingLines == given, "seed \(seed)")
    }
  }
}

@Suite("The beginning of a greeting")
struct GreetingBeginningTests {
  @Test(
    "that no reply can have is known without a line end",
    arguments: [
      ("SSH-2.0-x", "SSH"), ("+OK", "POP3"), ("\u{15}\u{3}\u{1}\0\u{2}", "TLS"), ("hello", nil), ("22a", nil),
      ("\0", nil),
    ] as [(String, String?)])
  func foreign(beginning: String, name: String?) {
    #expect(ReplyParser().judge(beginning: beginning.utf8) == .notSMTP(looksLike: name))
  }

  @Test("that a reply can have, or that comes later, is not judged", arguments: ["", "2", "220", "220 hello", "220-x"])
  func possible(beginning: String) {
    #expect(ReplyParser().judge(beginning: beginning.utf8) == nil)
    var parser = ReplyParser()
    _ = parser.receive(WireLine("220 hi"))
    #expect(parser.judge(beginning: "hello".utf8) == nil)
  }
}

extension ReplyParser.Outcome {
  fileprivate var deviations: [Deviation]? {
    if case .reply(let reply) = self { reply.deviations } else { nil }
  }

  fileprivate var isReply: Bool {
    if case .reply = self { true } else { false }
  }
}
