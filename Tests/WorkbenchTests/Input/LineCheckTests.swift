import SMTPSession
import SMTPWire
import Testing

@testable import Workbench

struct LineCheckTests {
  private func check(_ line: String, _ fixture: Fixture = .session) -> LineCheck {
    LineCheck.check(Array(line.utf8), session: fixture.model.live.log.session)
  }

  private var greeted: Fixture {
    var fixture = Fixture()
    fixture.begin()
    fixture.event("connected")
    fixture.received("220 x")
    return fixture
  }

  @Test(
    "lines in their place are good",
    arguments: ["", "RCPT TO:<carol@example.org>", "rcpt to:<a@b> NOTIFY=NEVER", "RSET", "NOOP x", "QUIT"])
  func good(_ line: String) {
    #expect(check(line).verdict == .good)
  }

  @Test(
    "what can still become right is unfinished",
    arguments: [
      "R", "RC", "MAI", "RCPT", "RCPT TO", "RCPT TO:", "RCPT TO:<a", "RCPT TO:<a@b> NOT", "RCPT TO:<a@b> NOTIFY=",
      "VRFY", "BDAT",
    ])
  func unfinished(_ line: String) {
    #expect(check(line).verdict == .unfinished)
  }

  @Test(
    "syntax that every server refuses is wrong, and where",
    arguments: [
      ("FOO bar", 0), ("RCPT FROM:<a>", 5), ("RCPT TO: <a>", 8), ("RCPT TO:a@b", 8), ("RCPT TO:<>", 8), ("DATA now", 5),
    ])
  func wrong(_ pair: (line: String, offset: Int)) {
    let check = check(pair.line)
    #expect(check.verdict == .wrong)
    #expect(check.offset == pair.offset)
  }

  @Test(
    "commands out of order are doubtful",
    arguments: [
      "MAIL FROM:<a@b>", "DATA", "STARTTLS", "AUTH PLAIN", "RCPT TO:<a@b> SIZE=3", "RCPT TO:<a@b> FOO=3", "ETRN x",
    ])
  func doubtful(_ line: String) {
    #expect(check(line).verdict == .doubtful)
  }

  @Test("a parameter whose extension is not offered is named")
  func notOffered() {
    var fixture = greeted
    fixture.sent("EHLO x")
    fixture.received("250-x", "250 SIZE 10")
    #expect(check("MAIL FROM:<a@b> BODY=8BITMIME", fixture).reason == "the server does not offer 8BITMIME")
    #expect(check("MAIL FROM:<a@b> SIZE=5", fixture).verdict == .good)
  }

  @Test("BINARYMIME is asked for where its value is used, and the verb of an unspoken extension is named")
  func owners() {
    var fixture = greeted
    fixture.sent("EHLO x")
    fixture.received("250-x", "250 8BITMIME")
    #expect(check("MAIL FROM:<a@b> BODY=BINARYMIME", fixture).reason == "the server does not offer BINARYMIME")
    #expect(check("ATRN example.org", fixture).reason.hasPrefix("ATRN belongs to ATRN: the client may ask"))
    let burl = check("BURL imap://mail.example/x LAST", fixture)
    #expect(burl.verdict == .doubtful && burl.reason.contains("fetch the message"))
    #expect(check("VRFY a", fixture).verdict == .good)
  }

  @Test("a password in clear is a warning")
  func clear() {
    var fixture = greeted
    fixture.sent("EHLO x")
    fixture.received("250-x", "250 AUTH PLAIN")
    #expect(check("AUTH PLAIN AGEAYg==", fixture).reason == "TLS is off: the password goes in clear")
  }

  @Test("an answer to a challenge must be base64 or *")
  func challenge() {
    var fixture = greeted
    fixture.sent("EHLO x")
    fixture.received("250-x", "250 AUTH LOGIN")
    fixture.sent("AUTH LOGIN")
    fixture.received("334 VXNlcm5hbWU6")
    #expect(check("YWxpY2U=", fixture).verdict == .good)
    #expect(check("*", fixture).verdict == .good)
    #expect(check("alice!", fixture).offset == 5)
    #expect(check("abc", fixture).verdict == .wrong)
  }

  @Test("octets that end lines, and lines too long, are noted")
  func octets() {
    #expect(check("NOOP a\nb").reason == "a bare LF within the line")
    #expect(check("NOOP a\u{0}b").offset == 6)
    #expect(check("NOOP " + String(repeating: "x", count: 505)).verdict == .good)
    #expect(check("NOOP " + String(repeating: "x", count: 506)).verdict == .doubtful)
  }

  @Test("no line makes the check fail, whatever its octets and whatever the session")
  func anything() {
    let words: [[UInt8]] =
      ["MAIL", "RCPT", "FROM:", "TO:", "<", ">", " ", "BDAT", "AUTH", "=", "NOTIFY="].map { Array($0.utf8) } + [
        [0xFF], [0],
      ]
    for fixture in [Fixture(), .session, .composing] {
      for _ in 0..<300 {
        let line = (0..<Int.random(in: 0...6)).flatMap { _ in words.randomElement() ?? [] }
        let check = LineCheck.check(line, session: fixture.model.live.log.session)
        #expect((0...line.count).contains(check.offset ?? 0))
      }
    }
  }
}
