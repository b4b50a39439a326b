import SMTPSession
import SMTPWire
import Testing

@Suite("The client's view of a session")
struct ClientSessionTests {
  private func greeted() -> ClientSession {
    var session = ClientSession()
    _ = session.received(reply("220 mail.example.com ESMTP"))
    session.sent(OutgoingLine("EHLO client.example"))
    _ = session.received(reply("250-mail.example.com", "250-PIPELINING", "250 AUTH PLAIN LOGIN"))
    return session
  }

  @Test("the greeting is awaited first, and then nothing")
  func greeting() {
    var session = ClientSession()
    #expect(session.awaiting == .greeting)
    let exchange = session.received(reply("220 mail.example.com ESMTP"))
    #expect(exchange?.stage == .greeting)
    #expect(session.awaiting == nil)
  }

  @Test("a reply that answers nothing is unsolicited")
  func unsolicited() {
    var session = greeted()
    #expect(session.received(reply("250 2.0.0 Ok")) == nil)
  }

  @Test("EHLO's reply is what the server offers; HELO's offers nothing")
  func capabilities() {
    var session = greeted()
    #expect(session.capabilities?.mechanisms == ["PLAIN", "LOGIN"])
    session.sent(OutgoingLine("HELO client.example"))
    _ = session.received(reply("250 mail.example.com"))
    #expect(session.capabilities == nil)
    #expect(session.isGreeted)
  }

  @Test("STARTTLS answered 220 asks for the handshake, after which the offers are forgotten")
  func startTLS() {
    var session = greeted()
    session.sent(OutgoingLine("starttls"))
    #expect(session.received(reply("220 2.0.0 Ready to start TLS"))?.consequence == .handshake)
    session.secured()
    #expect(session.capabilities == nil)
    #expect(session.plainCapabilities?.offers("PIPELINING") == true)
    #expect(!session.isGreeted)
    #expect(session.isSecured)
  }

  @Test("STARTTLS answered 454 leaves everything as it was")
  func startTLSRefused() {
    var session = greeted()
    session.sent(OutgoingLine("STARTTLS"))
    #expect(session.received(reply("454 4.7.0 TLS not available"))?.consequence == .nothing)
    #expect(!session.isSecured)
  }

  @Test("pipelined replies are matched to their commands in order")
  func pipelining() {
    var session = greeted()
    for line in ["MAIL FROM:<a@example.com>", "RCPT TO:<b@example.org>", "RCPT TO:<c@example.org>", "DATA"] {
      session.sent(OutgoingLine(line))
    }
    #expect(session.awaitedReplies == 4)
    #expect(session.received(reply("250 2.1.0 Ok"))?.stage == .command(.mail))
    #expect(session.received(reply("550 5.1.1 no"))?.stage == .command(.rcpt))
    #expect(session.received(reply("250 2.1.5 Ok"))?.stage == .command(.rcpt))
    #expect(session.received(reply("354 go on"))?.consequence == .message)
    #expect(session.reversePath == Array("<a@example.com>".utf8))
    #expect(session.recipients.map(\.reply) == [550, 250])
    #expect(session.acceptedRecipients == 1)
  }

  @Test("lines after 354 are the message up to the lone dot, whose reply ends the transaction")
  func message() {
    var session = greeted()
    for (line, answer) in [("MAIL FROM:<>", "250 ok"), ("RCPT TO:<b@example.org>", "250 ok"), ("DATA", "354 go on")] {
      session.sent(OutgoingLine(line))
      _ = session.received(reply(answer))
    }
    #expect(session.isInMessage)
    #expect(session.sent(OutgoingLine("QUIT")) == nil)
    #expect(session.sent(OutgoingLine("..")) == nil)
    #expect(session.sent(OutgoingLine(".")) == .endOfData)
    #expect(!session.isInMessage)
    _ = session.received(reply("250 2.0.0 Ok: queued"))
    #expect(session.recipients.isEmpty)
    #expect(session.reversePath == nil)
  }

  @Test("a BDAT chunk is not taken for commands")
  func chunks() {
    var session = greeted()
    #expect(session.sent(OutgoingLine("BDAT 6")) == .command(.bdat))
    #expect(session.sent(OutgoingLine("QUIT")) == nil)
    #expect(session.sent(OutgoingLine("BDAT 0 LAST")) == .endOfData)
  }

  @Test("an answer to 334 is awaited as AUTH's, and the challenge is handed over")
  func authentication() {
    var session = greeted()
    session.sent(session.marked(Array("AUTH LOGIN".utf8)))
    #expect(session.received(reply("334 VXNlcm5hbWU6"))?.consequence == .challenge(Array("VXNlcm5hbWU6".utf8)))
    #expect(session.awaitsResponse)
    let user = session.marked(Array("YWxpY2U=".utf8))
    #expect(user.masked == "‹secret 8 chars›")
    #expect(session.sent(user) == .authResponse)
    _ = session.received(reply("334 UGFzc3dvcmQ6"))
    let password = session.marked(Array("d29uZGVybGFuZA==".utf8))
    #expect(password.parts == [.secret(Secret(name: "auth.login.password", octets: Array("d29uZGVybGFuZA==".utf8)))])
    session.sent(password)
    _ = session.received(reply("235 2.7.0 Authentication successful"))
    #expect(session.isAuthenticated)
    #expect(session.identity == "alice")
  }

  @Test("a 235 to the * that gives a login up is no login, and the next AUTH may be one")
  func cancelled() {
    var session = greeted()
    session.sent(OutgoingLine("AUTH PLAIN"))
    _ = session.received(reply("334 "))
    session.sent(OutgoingLine("*"))
    _ = session.received(reply("235 2.7.0 ok"))
    #expect(!session.isAuthenticated && session.identity == nil)
    session.sent(session.marked(Array("AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ=".utf8)))
    _ = session.received(reply("235 2.7.0 ok"))
    #expect(session.isAuthenticated)
  }

  @Test("the user of a typed PLAIN is known once it is accepted, and forgotten by STARTTLS")
  func identity() {
    var session = greeted()
    session.sent(session.marked(Array("AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ=".utf8)))
    #expect(session.identity == nil)
    _ = session.received(reply("235 2.7.0 Authentication successful"))
    #expect(session.identity == "alice")
    session.secured()
    #expect(session.identity == nil)
    #expect(!session.isAuthenticated)
  }

  @Test(
    "the initial response of AUTH is secret whatever the line looks like",
    arguments: [
      "AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ=", "auth plain AGFsaWNlAHdvbmRlcmxhbmQ=",
      "  AUTH  PLAIN  AGFsaWNlAHdvbmRlcmxhbmQ=",
      "AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ=  ", "AUTH FOO AGFsaWNlAHdvbmRlcmxhbmQ= trailing",
    ])
  func secretInitialResponse(line: String) {
    let marked = ClientSession.markedCommand(Array(line.utf8))
    #expect(marked.hasSecret)
    #expect(!marked.masked.contains("AGFsaWNl"))
    #expect(!"\(marked)".contains("AGFsaWNl"))
  }

  @Test("marking a line changes no octet of it but trailing blanks")
  func markingKeepsOctets() {
    let line = Array("auth  PLAIN   AGFsaWNl".utf8)
    #expect(ClientSession.markedCommand(line).octets == line)
  }

  @Test(
    "nothing is secret in AUTH without a response, with `=`, or in other commands",
    arguments: [
      "AUTH PLAIN", "AUTH PLAIN =", "AUTH", "EHLO client.example", "MAIL FROM:<a@b> AUTH=<>", "",
    ])
  func plainLines(line: String) {
    #expect(!ClientSession.markedCommand(Array(line.utf8)).hasSecret)
  }

  @Test("the lone asterisk that cancels is no secret")
  func cancel() {
    var session = greeted()
    session.sent(session.marked(Array("AUTH PLAIN".utf8)))
    _ = session.received(reply("334 "))
    #expect(!session.marked(Array("*".utf8)).hasSecret)
  }

  @Test("221 and 421 say that the server closes")
  func closing() {
    var session = greeted()
    session.sent(OutgoingLine("NOOP"))
    #expect(session.received(reply("421 4.4.2 timeout"))?.consequence == .closing)
    session.sent(OutgoingLine("QUIT"))
    #expect(session.received(reply("221 2.0.0 Bye"))?.consequence == .closing)
  }

  @Test("LMTP answers the final dot once for each accepted recipient")
  func lmtp() {
    for (hello, count) in [("LHLO", 2), ("EHLO", 1)] {
      var session = ClientSession()
      _ = session.received(reply("220 hi"))
      let commands = [
        "\(hello) c.example", "MAIL FROM:<a@x>", "RCPT TO:<b@x>", "RCPT TO:<c@x>", "RCPT TO:<d@x>", "DATA",
      ]
      for (command, answer) in zip(commands, ["250 ok", "250 ok", "250 ok", "550 no", "250 ok", "354 go"]) {
        session.sent(OutgoingLine(command))
        _ = session.received(reply(answer))
      }
      session.sent(OutgoingLine("."))
      #expect(session.awaitedReplies == count, "\(hello)")
    }
  }
}
