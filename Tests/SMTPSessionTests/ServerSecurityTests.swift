import SASL
import SMTPSession
import SMTPWire
import TestPeers
import Testing

@Suite("The server under TLS, AUTH, BDAT and smugglers")
struct ServerSecurityTests {
  @Test("what came behind STARTTLS in clear is thrown away, and the session starts over")
  func startTLS() {
    var server = ServerConversation()
    _ = server.say("EHLO c\r\nMAIL FROM:<a@b>\r\n")
    #expect(server.say("STARTTLS\r\nRSET\r\nMAIL FROM:<evil@b>\r\n") == "220 2.0.0 Ready to start TLS|")
    #expect(server.handshakes == 1)
    #expect(server.session.helloName == nil)
    #expect(server.say("RCPT TO:<bob>\r\n") == "503 5.5.1 Error: need MAIL command|")
    #expect(server.say("STARTTLS\r\n") == "554 5.5.1 Error: TLS already active|")
    #expect(!server.say("EHLO c\r\n").contains("STARTTLS"))
  }

  @Test("implicit TLS greets after the handshake only")
  func implicit() {
    let server = ServerConversation(implicitTLS: true)
    #expect(server.handshakes == 1)
    #expect(server.replies == "220 mail.example.com ESMTP Postfix\r\n")
  }

  @Test("a failed handshake ends the session without a word in clear")
  func failedHandshake() {
    var session = ServerSession(
      ServerConversation.configuration, client: ServerClient(name: "localhost", address: "::1"))
    _ = session.begin(implicitTLS: true)
    #expect(
      session.tlsFailed() == [
        .log("SSL_accept error from localhost[::1]: -1"),
        .log("lost connection after CONNECT from localhost[::1]"),
        .log("disconnect from localhost[::1] commands=0/0"), .close,
      ])
  }

  @Test("a server that insists on TLS answers nothing of weight in clear")
  func encrypt() {
    var configuration = ServerConversation.configuration
    configuration.tls = .encrypt
    var server = ServerConversation(configuration)
    #expect(!server.say("EHLO c\r\n").contains("AUTH"))
    #expect(
      server.say("MAIL FROM:<a@b>\r\nAUTH PLAIN\r\nNOOP\r\nBOGUS\r\n")
        == "530 5.7.0 Must issue a STARTTLS command first|530 5.7.0 Must issue a STARTTLS command first|"
        + "250 2.0.0 Ok|500 5.5.2 Error: command not recognized|")
    _ = server.say("STARTTLS\r\n")
    #expect(server.say("MAIL FROM:<a@b>\r\n") == "250 2.1.0 Ok|")
  }

  @Test("a missing certificate is announced and answered 454")
  func brokenTLS() {
    var configuration = ServerConfiguration()
    configuration.tls = .broken
    var server = ServerConversation(configuration)
    #expect(server.say("EHLO c\r\n").contains("STARTTLS"))
    #expect(server.say("STARTTLS\r\n") == "454 4.7.0 TLS not available due to local problem|")
  }

  @Test(
    "AUTH answers as Cyrus SASL does",
    arguments: [
      (["AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ="], "235 2.7.0 Authentication successful|"),
      (["auth plain", "AGFsaWNlAHdvbmRlcmxhbmQ="], "334 |235 2.7.0 Authentication successful|"),
      (
        ["AUTH LOGIN", "YWxpY2U=", "d29uZGVybGFuZA=="],
        "334 VXNlcm5hbWU6|334 UGFzc3dvcmQ6|235 2.7.0 Authentication successful|"
      ),
      (["AUTH LOGIN YWxpY2U=", "d29uZGVybGFuZA=="], "334 UGFzc3dvcmQ6|235 2.7.0 Authentication successful|"),
      (["AUTH PLAIN AGFsaWNlAHdyb25n"], "535 5.7.8 Error: authentication failed: authentication failure|"),
      (["AUTH LOGIN", "*"], "334 VXNlcm5hbWU6|501 5.7.0 Authentication aborted|"),
      (["AUTH PLAIN *"], "535 5.7.8 Error: authentication failed: another step is needed in authentication|"),
      (["AUTH PLAIN ="], "535 5.7.8 Error: authentication failed: another step is needed in authentication|"),
      (["AUTH PLAIN !!!notbase64"], "535 5.7.8 Error: authentication failed: bad protocol / cancel|"),
      (["AUTH PLAIN bm9udWxz"], "535 5.7.8 Error: authentication failed: bad protocol / cancel|"),
      (["AUTH PLAIN AG9ubHk="], "535 5.7.8 Error: authentication failed: bad protocol / cancel|"),
      (["AUTH PLAIN AAAA"], "535 5.7.8 Error: authentication failed: bad protocol / cancel|"),
      (["AUTH PLAIN", ""], "334 |535 5.7.8 Error: authentication failed: bad protocol / cancel|"),
      (
        ["AUTH LOGIN", "", ""],
        "334 VXNlcm5hbWU6|334 UGFzc3dvcmQ6|454 4.7.0 Temporary authentication failure: generic failure|"
      ),
      (["AUTH CRAM-MD5"], "535 5.7.8 Error: authentication failed: no mechanism available|"),
    ])
  func auth(_ lines: [String], _ expected: String) {
    var server = ServerConversation()
    #expect(lines.map { server.say($0 + "\r\n") }.joined() == expected)
    #expect(server.say("NOOP\r\n") == "250 2.0.0 Ok|")
  }

  @Test("who has logged in stays so over RSET and EHLO, not over STARTTLS")
  func login() {
    var server = ServerConversation()
    _ = server.say("AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ=\r\nRSET\r\nEHLO c\r\n")
    #expect(server.session.login == ServerLogin(method: "PLAIN", user: "alice"))
    #expect(server.say("AUTH PLAIN\r\n") == "503 5.5.1 Error: already authenticated|")
    _ = server.say("STARTTLS\r\n")
    #expect(server.session.login == nil)
  }

  @Test("AUTH may wait for TLS")
  func authUnderTLS() {
    var configuration = ServerConversation.configuration
    configuration.authOnlyUnderTLS = true
    var server = ServerConversation(configuration)
    #expect(!server.say("EHLO c\r\n").contains("AUTH"))
    #expect(server.say("AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ=\r\n") == "503 5.5.1 Error: authentication not enabled|")
    _ = server.say("STARTTLS\r\n")
    #expect(server.say("EHLO c\r\n").contains("250-AUTH PLAIN LOGIN|"))
  }

  @Test("no password reaches the log")
  func passwords() {
    var server = ServerConversation()
    _ = server.say("AUTH PLAIN AGFsaWNlAHdyb25n\r\nAUTH LOGIN\r\nYWxpY2U=\r\nd3Jvbmc=\r\n")
    #expect(server.log.count == 4)
    #expect(!server.log.contains { $0.contains("wrong") || $0.contains("d3Jvbmc") || $0.contains("AGFs") })
  }

  @Test("a mechanism with a proof of its own logs in", arguments: ["CRAM-MD5", "DIGEST-MD5", "SCRAM-SHA-256"])
  func proof(_ name: String) throws {
    var configuration = ServerConfiguration()
    configuration.mechanisms = [name]
    for (password, verdict) in [("wonderland", "235 2.7.0 "), ("looking-glass", "535 5.7.8 ")] {
      let credentials = Credentials(user: "alice", password: password)
      var client = try #require(SASLClientMechanisms.make(name, credentials, try .test()))
      var server = ServerConversation(configuration)
      var reply = server.say("AUTH \(name)\r\n")
      for _ in 0..<6 where reply.hasPrefix("334 ") {
        let challenge = try Base64.decode(Array(reply.dropFirst(4).dropLast().utf8))
        let response = challenge.isEmpty ? client.initialResponse() : client.respond(to: challenge)
        reply = server.say(response.map { Base64.encode($0) + [0x0D, 0x0A] } ?? Array("*\r\n".utf8))
      }
      #expect(reply.hasPrefix(verdict))
      #expect((server.session.login == nil) == (password != "wonderland"))
      #expect(server.say("NOOP\r\n") == "250 2.0.0 Ok|")
    }
  }

  @Test("what binds to TLS is offered under TLS only")
  func plus() {
    var configuration = ServerConfiguration()
    configuration.tls = .may
    configuration.mechanisms = ["SCRAM-SHA-256-PLUS", "SCRAM-SHA-256"]
    var server = ServerConversation(configuration)
    #expect(server.say("EHLO c\r\n").contains("250-AUTH SCRAM-SHA-256|"))
    #expect(server.say("AUTH SCRAM-SHA-256-PLUS\r\n").hasSuffix("no mechanism available|"))
    _ = server.say("STARTTLS\r\n")
    #expect(server.say("EHLO c\r\n").contains("250-AUTH SCRAM-SHA-256-PLUS SCRAM-SHA-256|"))
  }

  @Test("an answer to a challenge may be longer than a command; cut ones show nothing of it")
  func longResponse() {
    var server = ServerConversation()
    _ = server.say("AUTH PLAIN\r\n")
    let octets = Array("\0alice\0".utf8) + [UInt8](repeating: 0x78, count: 3000)
    #expect(server.say(Base64.encode(octets) + [0x0D, 0x0A]).hasSuffix("authentication failure|"))
    let secret = String(decoding: Base64.encode([UInt8](repeating: 0x78, count: 12_000)), as: UTF8.self)
    _ = server.say("AUTH PLAIN\r\n")
    #expect(server.say(secret + "\r\n").hasPrefix("535"))
    #expect(server.say("AUTH PLAIN \(secret)\r\n").hasPrefix("535"))
    #expect(server.log.filter { $0.contains("request longer than") }.count == 2)
    #expect(!server.log.contains { $0.contains(secret.prefix(8)) })
    #expect(server.say("NOOP\r\n") == "250 2.0.0 Ok|")
  }

  @Test("chunks are counted, refused ones are read all the same")
  func chunks() {
    var server = ServerConversation()
    #expect(server.say("BDAT 6\r\nNOOP\r\n") == "503 5.5.1 Error: need RCPT command|")
    #expect(server.say("MAIL FROM:<a@b>\r\n") == "503 5.5.1 Error: MAIL after BDAT|")
    #expect(server.say("BDAT 3\r\nabc") == "551 5.0.0 Discarded 3 bytes after earlier error|")
    #expect(server.say("RSET\r\nMAIL FROM:<a@b>\r\nRCPT TO:<bob>\r\n") == "250 2.0.0 Ok|250 2.1.0 Ok|250 2.1.5 Ok|")
    #expect(server.say("BDAT 3\r\nabc") == "250 2.0.0 Ok: 3 bytes|")
    #expect(server.say("DATA\r\n") == "503 5.5.1 Error: DATA after BDAT|")
    #expect(server.say("RCPT TO:<bob>\r\n") == "503 5.5.1 Error: RCPT after BDAT|")
    #expect(server.say("BDAT 2\r\nd\r") == "250 2.0.0 Ok: 2 bytes|")
    #expect(server.say("BDAT 4 last\r\n\n.\r\r") == "250 2.0.0 Ok: 11 bytes queued as 4AB|")
    #expect(server.messages == ["abcd\n.\r\r\n"])
    _ = server.say("MAIL FROM:<a@b>\r\nRCPT TO:<bob>\r\n")
    #expect(server.say("BDAT 0\r\n") == "551 5.7.1 Null BDAT request|")
    _ = server.say("RSET\r\nMAIL FROM:<a@b>\r\nRCPT TO:<nobody>\r\n")
    #expect(server.say("BDAT 1 LAST\r\nx") == "554 5.5.1 Error: no valid recipients|")
    _ = server.say("MAIL FROM:<a@b>\r\nRCPT TO:<bob>\r\n")
    #expect(server.say("BDAT 99999999\r\n") == "")
    #expect(server.say([UInt8](repeating: 0x78, count: 99_999_999)) == "552 5.3.4 Chunk exceeds message size limit|")
  }

  private static let smuggled = "text\n.\r\nMAIL FROM:<evil@b>\r\n.\r\n"

  @Test(
    "a bare LF is what the configuration makes of it",
    arguments: [
      (
        ServerBareLineFeed.accept,
        "250 2.0.0 Ok: queued as 4AB|250 2.1.0 Ok|221 2.7.0 Error: I can break rules, too. Goodbye.|"
      ),
      (.normalize, "250 2.0.0 Ok: queued as 4AB|"),
      (.reject, "550 5.5.2 mail.example.com Error: bare <LF> received|"),
      (.consistent, "250 2.0.0 Ok: queued as 4AB|"),
    ])
  func smuggling(_ choice: ServerBareLineFeed, _ expected: String) {
    var configuration = ServerConfiguration()
    configuration.bareLineFeed = choice
    var server = ServerConversation(configuration)
    _ = server.say("EHLO c\r\nMAIL FROM:<a@b>\r\nRCPT TO:<bob>\r\nDATA\r\n")
    #expect(server.say(Self.smuggled) == expected)
    if choice == .consistent { #expect(server.messages == ["text\nMAIL FROM:<evil@b>\n"]) }
  }

  @Test("a bare LF in a command ends the session of who wrote CRLF before, or of everybody")
  func bareCommand() {
    var configuration = ServerConfiguration()
    configuration.bareLineFeed = .consistent
    var server = ServerConversation(configuration)
    #expect(
      server.say("RSET\r\nNOOP\nNOOP\nNOOP\r\n") == "250 2.0.0 Ok|550 5.5.2 mail.example.com Error: bare <LF> received|"
    )
    #expect(server.isClosed)
    var byHand = ServerConversation(configuration)
    #expect(byHand.say("MAIL FROM:<a@b>\nRCPT TO:<bob>\nDATA\nhi\n.\nQUIT\n").hasSuffix("queued as 4AB|221 2.0.0 Bye|"))
  }
}
