import SMTPSession
import SMTPWire
import Testing

@testable import Diagnosis

@Suite struct ReplyExplainerTests {
  private func explain(_ lines: String, at stage: SessionStage, _ change: (inout SessionSituation) -> Void = { _ in })
    -> Explanation
  {
    var situation = SessionSituation(stage: stage)
    change(&situation)
    return ReplyExplainer.explain(reply(lines), in: situation)
  }

  @Test func `greylisting is explained in three layers and by its text`() {
    let told = explain("451 4.7.1 Greylisted, try again in 300 seconds", at: .command(.rcpt))
    #expect(told.title == "451 4.7.1: greylisting")
    #expect(told.cause.hasPrefix("The server greylists"))
    #expect(told.layers.map { $0.prefix(5) } == ["4yz: ", "451: ", "4.7.1"])
    #expect(
      told.next.first
        == "send the same again after 300 seconds, from the same address with the same sender and recipient")
    #expect(told.clause == "RFC 6647 §2")
  }

  @Test func `an unknown text is explained by its enhanced code`() {
    let told = explain("550 5.7.20 qwertz", at: .endOfData)
    #expect(told.title == "550 5.7.20: no DKIM signature that passes")
    #expect(told.clause == "RFC 7372 §3.1")
    #expect(told.next.first == "the server has read the whole message and did not keep it; no recipient has it")
  }

  @Test func `an enhanced code without detail leaves the word to the code`() {
    #expect(explain("550 5.0.0 qwertz", at: .command(.rcpt)).title == "550 5.0.0: mailbox unavailable")
  }

  @Test func `each known extension of an offer is explained`() {
    let situation = SessionSituation(stage: .command(.ehlo))
    let told = ReplyExplainer.explain(reply("250-a", "250-XCLIENT NAME", "250-X-OWN", "250 8BITMIME"), in: situation)
    #expect(
      told.layers.suffix(2) == [
        "XCLIENT: a trusted client may say whom it stands for (Postfix)",
        "8BITMIME: a message may hold octets beyond ASCII (RFC 6152)",
      ])
  }

  @Test func `an unknown code is explained by its class`() {
    let told = explain("577 qwertz", at: .command(.mail))
    #expect(told.title == "577")
    #expect(told.cause == "The server refused MAIL, and will refuse the same again.")
    #expect(!told.next.isEmpty)
  }

  @Test func `relaying denied says how to log in from here`() throws {
    let text = "554 5.7.1 <bob@example.org>: Relay access denied"
    let plain = explain(text, at: .command(.rcpt)) {
      $0.capabilities = Capabilities(reply("250-a", "250 AUTH LOGIN PLAIN"))
    }
    #expect(plain.next.contains { $0.contains("--auth PLAIN") })
    #expect(plain.next.contains("parley auth plain builds the string for AUTH PLAIN"))
    let tls = explain(text, at: .command(.rcpt)) { $0.capabilities = Capabilities(reply("250-a", "250 STARTTLS")) }
    #expect(tls.next.contains { $0.contains("use STARTTLS first") })
    let none = explain(text, at: .command(.rcpt)) {
      $0.capabilities = Capabilities(reply("250-a", "250 SIZE"))
      $0.target = Target(host: "mx.example", port: 25)
    }
    #expect(none.next.contains { $0.contains("smtp://mx.example:587") })
    let inside = explain(text, at: .command(.rcpt)) {
      $0.isAuthenticated = true
      $0.identity = "alice"
    }
    #expect(inside.next.contains { $0.hasPrefix("you are logged in as alice") })
  }

  @Test func `530 names the STARTTLS that is offered`() {
    let told = explain("530 no", at: .command(.mail)) {
      $0.capabilities = Capabilities(reply("250-a", "250-AUTH PLAIN", "250 STARTTLS"))
    }
    #expect(told.next.first == "STARTTLS is offered and not used: parley send --tls …")
    #expect(told.next.count > 1)
  }

  @Test(arguments: [
    ("220 mx.example ESMTP", SessionStage.greeting, "The server is ready"),
    ("554 no", .greeting, "The server takes no mail from this client, and"),
    ("421 no", .greeting, "The server takes no mail from this client for now"),
    ("502 no", .command(.ehlo), "The server does not know EHLO"),
    ("354 go", .command(.data), "The server waits for the message"),
    ("250 2.0.0 Ok: queued as 4F3B", .endOfData, "The server has the message"),
    ("220 2.0.0 Ready", .command(.starttls), "The server is ready for TLS"),
    ("252 2.0.0 bob", .command(.vrfy), "The server does not say whether"),
    ("235 2.7.0 ok", .authResponse, "The credentials were accepted"),
  ])
  func `the stage decides`(line: String, stage: SessionStage, cause: String) {
    #expect(explain(line, at: stage).cause.hasPrefix(cause))
  }

  @Test func `numbers at the beginning of a greeting are no enhanced code`() {
    let told = explain("220 2.0.1 mailer", at: .greeting)
    #expect(told.title == "220: ready")
    #expect(explain("554 5.7.1 qwertz", at: .greeting).title == "554 5.7.1: not permitted")
    #expect(explain("334 2.0.0 x", at: .command(.auth)).title == "334: go on")
  }

  @Test func `whatever a server says, the explanation is safe and complete`() {
    var generator = SplitMix(state: 7)
    let words = [
      "relay access denied", "blocked using", "<", ">", "\u{1B}]0;x\u{7}", "300 seconds", "\u{202E}", "5.7.1 ",
      "greylist", " ", "\\",
    ]
    for _ in 0..<2_000 {
      var text: [UInt8] = []
      for _ in 0..<Int.random(in: 0...6, using: &generator) {
        text += Array((words.randomElement(using: &generator) ?? "").utf8)
        text.append(UInt8.random(in: 0...255, using: &generator))
      }
      let code = ReplyCode(rawValue: Int.random(in: 0...999, using: &generator)) ?? 550
      let line = WireLine(Array("\(code) ".utf8) + text.filter { $0 != 10 })
      let stage =
        [SessionStage.greeting, .command(.rcpt), .authResponse, .endOfData].randomElement(using: &generator)
        ?? .greeting
      let told = ReplyExplainer.explain(Reply(code: code, lines: [line]), in: SessionSituation(stage: stage))
      #expect(!told.cause.isEmpty && !told.clause.isEmpty && !told.title.isEmpty)
      #expect((told.next + told.layers + [told.cause, told.title]).allSatisfy(isSafe))
    }
  }
}

/// Whether a text can be shown on a terminal as it is.
func isSafe(_ text: String) -> Bool {
  OctetText.readable(text.utf8.filter { $0 != UInt8(ascii: "\\") }) == text.replacing("\\", with: "")
}

/// A generator whose numbers are the same in every run.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
