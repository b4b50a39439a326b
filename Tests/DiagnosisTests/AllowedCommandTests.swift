import SMTPSession
import SMTPWire
import Testing

@testable import Diagnosis

@Suite struct AllowedCommandTests {
  private func state(_ verb: Command.Verb, _ session: ClientSession) -> AllowedCommand? {
    AllowedCommands.now(session).first { $0.verbs.contains(verb) }
  }

  private let hello = ["S: 220 a", "C: EHLO b", "S: 250-a", "S: 250-STARTTLS", "S: 250-AUTH PLAIN", "S: 250 CHUNKING"]

  private func after(_ lines: [String]) -> ClientSession {
    var session = ClientSession()
    var parser = ReplyParser()
    for line in lines {
      if line == "tls" { session.secured() }
      if line.hasPrefix("C: ") { session.sent(OutgoingLine(String(line.dropFirst(3)))) }
      if line.hasPrefix("S: "), case .reply(let reply) = parser.receive(WireLine(String(line.dropFirst(3)))) {
        _ = session.received(reply)
      }
    }
    return session
  }

  @Test func `before the greeting nothing is allowed`() {
    #expect(AllowedCommands.now(ClientSession()).allSatisfy { !$0.isAllowed })
  }

  @Test func `before EHLO only EHLO and what is always allowed`() {
    let session = after(["S: 220 a"])
    #expect(state(.ehlo, session)?.isAllowed == true)
    #expect(state(.quit, session)?.isAllowed == true)
    for verb in [Command.Verb.mail, .rcpt, .data, .bdat, .auth, .starttls] {
      #expect(state(verb, session)?.isAllowed == false)
    }
    #expect(state(.mail, session)?.reason == "EHLO comes first (503)")
  }

  @Test func `after EHLO a message, TLS and a login are allowed`() {
    let session = after(hello)
    for verb in [Command.Verb.mail, .auth, .starttls] { #expect(state(verb, session)?.isAllowed == true) }
    #expect(state(.mail, session)?.reason.contains("in clear") == true)
    #expect(state(.rcpt, session)?.reason == "needs MAIL (503)")
  }

  @Test func `STARTTLS and AUTH are done once`() {
    let session = after(
      hello + [
        "C: STARTTLS", "S: 220 go", "tls", "C: EHLO b", "S: 250-a", "S: 250 AUTH PLAIN", "C: AUTH PLAIN eA==",
        "S: 235 ok",
      ])
    #expect(state(.starttls, session)?.reason == "TLS is on already (503 or 554)")
    #expect(state(.auth, session)?.reason == "logged in already (503)")
    #expect(state(.bdat, session)?.reason == "CHUNKING is not offered (RFC 3030)")
  }

  @Test func `DATA needs an accepted recipient`() {
    let refused = after(hello + ["C: MAIL FROM:<>", "S: 250 ok", "C: RCPT TO:<b@c>", "S: 451 later"])
    #expect(state(.data, refused)?.isAllowed == false)
    #expect(state(.rcpt, refused)?.isAllowed == true)
    #expect(state(.mail, refused)?.isAllowed == false)
    let accepted = after(hello + ["C: MAIL FROM:<>", "S: 250 ok", "C: RCPT TO:<b@c>", "S: 250 ok"])
    #expect(state(.data, accepted)?.isAllowed == true)
    #expect(state(.bdat, accepted)?.isAllowed == true)
    #expect(state(.ehlo, accepted)?.reason.contains("drops") == true)
  }

  @Test func `within a message a command is text`() {
    let session = after(
      hello + ["C: MAIL FROM:<>", "S: 250 ok", "C: RCPT TO:<b@c>", "S: 250 ok", "C: DATA", "S: 354 go"])
    #expect(state(.quit, session)?.isAllowed == false)
    #expect(AllowedCommands.now(session).contains { $0.form == "." && $0.isAllowed })
  }

  @Test func `after a 334 only an answer or a star`() {
    let session = after(hello + ["C: AUTH LOGIN", "S: 334 VXNlcm5hbWU6"])
    #expect(AllowedCommands.now(session).filter(\.isAllowed).map(\.form) == ["base64", "*"])
  }

  @Test func `within a chunk its octets are counted`() {
    let session = after(hello + ["C: BDAT 100"])
    #expect(AllowedCommands.now(session).first?.form == "100 octets of the chunk")
  }
}
