import SMTPSession
import SMTPWire
import Testing

@Suite("The server's session")
struct ServerSessionTests {
  @Test("greets, and tells the log who came")
  func greeting() {
    let server = ServerConversation()
    #expect(server.replies == "220 mail.example.com ESMTP Postfix\r\n")
    #expect(server.log == ["connect from localhost[127.0.0.1]"])
  }

  @Test(
    "answers each command as the table of replies says",
    arguments: [
      ("HELO", "501 Syntax: HELO hostname|"),
      ("HELO two words", "250 mail.example.com|"),
      ("EHLO", "501 Syntax: EHLO hostname|"),
      ("MAIL", "501 5.5.4 Syntax: MAIL FROM:<address>|"),
      ("MAIL FROM", "501 5.5.4 Syntax: MAIL FROM:<address>|"),
      ("MAIL FROM:", "501 5.5.4 Syntax: MAIL FROM:<address>|"),
      ("MAIL FROM :<a@b>", "501 5.5.4 Syntax: MAIL FROM:<address>|"),
      ("MAIL FROM <a@b>", "501 5.5.4 Syntax: MAIL FROM:<address>|"),
      ("MAIL  FROM:  <a@example.org>", "250 2.1.0 Ok|"),
      ("MAIL FROM:<a@", "501 5.1.7 Bad sender address syntax|"),
      ("MAIL FROM:<a@>", "501 5.1.7 Bad sender address syntax|"),
      ("MAIL FROM:<>", "250 2.1.0 Ok|"),
      ("MAIL FROM:<a@b> SIZE=x", "501 5.5.4 Bad message size syntax|"),
      ("MAIL FROM:<a@b> SIZE=", "501 5.5.4 Bad message size syntax|"),
      ("MAIL FROM:<a@b> SIZE=-1", "501 5.5.4 Bad message size syntax|"),
      ("MAIL FROM:<a@b> SIZE=99999999999999999999", "552 5.3.4 Message size exceeds file system imposed limit|"),
      ("MAIL FROM:<a@b> SIZE=10240001", "552 5.3.4 Message size exceeds fixed limit|"),
      ("MAIL FROM:<a@b> size=10240000 body=8bitmime Auth=<>", "250 2.1.0 Ok|"),
      ("MAIL FROM:<a@b> RET=x", "501 5.5.4 Bad RET parameter syntax|"),
      ("MAIL FROM:<a@b> RET=FULL RET=FULL", "501 5.5.4 Bad RET parameter syntax|"),
      ("MAIL FROM:<a@b> ENVID=", "501 5.5.4 Bad ENVID parameter syntax|"),
      ("MAIL FROM:<a@b> ENVID=a+4", "501 5.5.4 Bad ENVID parameter syntax|"),
      ("MAIL FROM:<a@b> ENVID=a=b+4a", "250 2.1.0 Ok|"),
      ("MAIL FROM:<a@b> BODY=BINARYMIME", "555 5.5.4 Unsupported option: BODY=BINARYMIME|"),
      ("MAIL FROM:<a@b> <c@d>", "555 5.5.4 Unsupported option: <c@d>|"),
      ("MAIL FROM:<a@b> SMTPUTF8", "250 2.1.0 Ok|"),
      ("RCPT TO:<bob@example.com>", "503 5.5.1 Error: need MAIL command|"),
      ("DATA", "503 5.5.1 Error: need RCPT command|"),
      ("RSET", "250 2.0.0 Ok|"),
      ("RSET now", "501 5.5.4 Syntax: RSET|"),
      ("noop whatever", "250 2.0.0 Ok|"),
      ("VRFY", "501 5.5.4 Syntax: VRFY address [SMTPUTF8]|"),
      ("VRFY bob", "252 2.0.0 bob|"),
      ("VRFY Bob <bob@example.com>", "252 2.0.0 Bob <bob@example.com>|"),
      ("VRFY bob two words", "501 5.1.3 Bad recipient address syntax|"),
      ("VRFY nobody", "550 5.1.1 <nobody@example.com>: Recipient address rejected: User unknown|"),
      ("ETRN", "500 Syntax: ETRN domain|"),
      ("ETRN a b", "500 Syntax: ETRN domain|"),
      ("ETRN #", "501 Error: invalid parameter syntax|"),
      ("ETRN @x.org", "459 <x.org>: service unavailable|"),
      ("ETRN example.com", "250 Queuing started|"),
      ("QUIT now", "221 2.0.0 Bye|"),
      ("", "500 5.5.2 Error: bad syntax|"),
      ("   ", "500 5.5.2 Error: bad syntax|"),
      ("HELP", "500 5.5.2 Error: command not recognized|"),
      ("EXPN staff", "500 5.5.2 Error: command not recognized|"),
      ("UNKNOWN", "500 5.5.2 Error: command not recognized|"),
      ("GET / HTTP/1.1", "221 2.7.0 Error: I can break rules, too. Goodbye.|"),
      ("Subject: hello", "221 2.7.0 Error: I can break rules, too. Goodbye.|"),
      (".", "221 2.7.0 Error: I can break rules, too. Goodbye.|"),
      ("XCLIENT", "501 5.5.4 Syntax: XCLIENT attribute=value...|"),
      ("XFORWARD NAME=x", "550 5.7.0 Error: insufficient authorization|"),
      ("STARTTLS now", "501 5.5.4 Syntax: STARTTLS|"),
      ("STARTTLS", "220 2.0.0 Ready to start TLS|"),
      ("BDAT", "521 5.5.4 Syntax: BDAT count [LAST]|"),
      ("BDAT 1x", "521 5.5.4 Syntax: BDAT count [LAST]|"),
      ("BDAT 0", "503 5.5.1 Error: need RCPT command|"),
      ("AUTH", "501 5.5.4 Syntax: AUTH mechanism|"),
      ("AUTH PLAIN a b", "501 5.5.4 Syntax: AUTH mechanism|"),
    ])
  func table(_ line: String, _ reply: String) {
    var server = ServerConversation()
    #expect(server.say(line + "\r\n") == reply)
  }

  @Test(
    "answers each command within a transaction",
    arguments: [
      ("MAIL FROM:<c@d>", "503 5.5.1 Error: nested MAIL command|"),
      ("RCPT", "501 5.5.4 Syntax: RCPT TO:<address>|"),
      ("RCPT FROM:<bob@example.com>", "501 5.5.4 Syntax: RCPT TO:<address>|"),
      ("RCPT TO:<>", "501 5.1.3 Bad recipient address syntax|"),
      ("RCPT TO:<bob@example.com", "501 5.1.3 Bad recipient address syntax|"),
      ("RCPT TO:bob@example.com>", "250 2.1.5 Ok|"),
      ("RCPT TO:Bob <bob@example.com>", "555 5.5.4 Unsupported option: <bob@example.com>|"),
      ("RCPT TO:<bob@example.com> NOTIFY=SUCCESS,", "250 2.1.5 Ok|"),
      ("RCPT TO:<bob@example.com> NOTIFY=NEVER,DELAY", "501 5.5.4 Error: Bad NOTIFY parameter syntax|"),
      ("RCPT TO:<bob@example.com> ORCPT=rfc822;b+40c", "250 2.1.5 Ok|"),
      ("RCPT TO:<bob@example.com> ORCPT=;a", "501 5.5.4 Error: Bad ORCPT parameter syntax|"),
      ("RCPT TO:<bob@> FOO", "501 5.1.3 Bad recipient address syntax|"),
      ("RCPT TO:<bob@example.com> FOO", "555 5.5.4 Unsupported option: FOO|"),
      ("DATA", "554 5.5.1 Error: no valid recipients|"),
      ("ETRN x", "503 Error: MAIL transaction in progress|"),
      ("AUTH PLAIN", "503 5.5.1 Error: MAIL transaction in progress|"),
      ("XCLIENT NAME=x", "503 5.5.1 Error: MAIL transaction in progress|"),
      ("STARTTLS", "220 2.0.0 Ready to start TLS|"),
    ])
  func inTransaction(_ line: String, _ reply: String) {
    var server = ServerConversation()
    #expect(server.say("EHLO c\r\nMAIL FROM:<a@example.org>\r\n").hasSuffix("250 2.1.0 Ok|"))
    #expect(server.say(line + "\r\n") == reply)
  }

  @Test("offers the keywords in Postfix's order")
  func keywords() {
    var server = ServerConversation()
    #expect(
      server.say("EHLO c\r\n")
        == "250-mail.example.com|250-PIPELINING|250-SIZE 10240000|250-VRFY|250-ETRN|250-STARTTLS|250-AUTH PLAIN LOGIN|"
        + "250-ENHANCEDSTATUSCODES|250-8BITMIME|250-DSN|250-SMTPUTF8|250 CHUNKING|")
  }

  @Test("leaves keywords out that are off")
  func keywordsOff() {
    var configuration = ServerConfiguration()
    configuration.sizeLimit = 0
    configuration.verifyDisabled = true
    configuration.smtputf8 = false
    configuration.discardedKeywords = ["CHUNKING", "DSN"]
    var server = ServerConversation(configuration)
    #expect(
      server.say("EHLO c\r\n")
        == "250-mail.example.com|250-PIPELINING|250-SIZE|250-ETRN|250-ENHANCEDSTATUSCODES|250 8BITMIME|")
    #expect(server.say("VRFY bob\r\n") == "502 5.5.1 VRFY command is disabled|")
    #expect(server.say("STARTTLS\r\n") == "502 5.5.1 Error: command not implemented|")
    #expect(server.say("AUTH PLAIN\r\n") == "503 5.5.1 Error: authentication not enabled|")
    #expect(server.say("MAIL FROM:<a@b> RET=FULL\r\n") == "501 5.7.1 DSN support is disabled|")
  }

  @Test("an extension that is added is announced, and its parameter judged by the table's grammar")
  func addedExtension() {
    var configuration = ServerConversation.configuration
    configuration.extensions.append("RRVS")
    var server = ServerConversation(configuration)
    #expect(server.say("EHLO c\r\n").hasSuffix("250-CHUNKING|250 RRVS|"))
    _ = server.say("MAIL FROM:<a@example.org>\r\n")
    let rcpt = "RCPT TO:<bob@example.com> RRVS"
    #expect(server.say(rcpt + "=2014-02-30T00:00:00Z\r\n") == "501 5.5.4 Bad RRVS parameter syntax|")
    #expect(server.say(rcpt + "\r\n") == "555 5.5.4 Unsupported option: RRVS|")
    #expect(server.say(rcpt + "=2014-02-28T00:00:00Z\r\n") == "250 2.1.5 Ok|")
  }

  @Test("REQUIRETLS is announced under TLS alone, and has no value")
  func requireTLS() {
    var configuration = ServerConversation.configuration
    configuration.extensions.append("REQUIRETLS")
    var server = ServerConversation(configuration)
    #expect(!server.say("EHLO c\r\n").contains("REQUIRETLS"))
    _ = server.say("STARTTLS\r\n")
    #expect(server.say("EHLO c\r\n").hasSuffix("250 REQUIRETLS|"))
    #expect(server.say("MAIL FROM:<a@example.org> REQUIRETLS=1\r\n").hasPrefix("555 5.5.4"))
    #expect(server.say("MAIL FROM:<a@example.org> REQUIRETLS\r\n") == "250 2.1.0 Ok|")
  }

  @Test("takes a message, tells its size and starts afresh")
  func message() {
    var server = ServerConversation()
    _ = server.say("EHLO c\r\nMAIL FROM:<a@example.org>\r\nRCPT TO:<bob@example.com>\r\n")
    #expect(server.say("DATA\r\n") == "354 End data with <CR><LF>.<CR><LF>|")
    #expect(server.say("Subject: x\r\n\r\n..dot\r\n.\r\n") == "250 2.0.0 Ok: queued as 4AB|")
    #expect(server.messages == ["Subject: x\n\n.dot\n"])
    #expect(server.say("DATA\r\n") == "503 5.5.1 Error: need RCPT command|")
    #expect(server.say("QUIT\r\n") == "221 2.0.0 Bye|")
    #expect(server.isClosed)
    #expect(
      server.log.last
        == "disconnect from localhost[127.0.0.1] ehlo=1 mail=1 rcpt=1 data=1/2 quit=1 commands=5/6")
  }

  /// A conversation with everything in it, in one go.
  private static let long =
    "EHLO client\r\nNOOP\nMAIL FROM:<a@example.org> SIZE=10\r\nRCPT TO:<bob@example.com>\r\nRCPT TO:<nobody@example.com>\r\n"
    + "DATA\r\nSubject: x\r\n\r\n..a\nb\r\n.\r\nVRFY bob\r\nAUTH LOGIN\r\nYWxpY2U=\r\nd29uZGVybGFuZA==\r\nRSET\r\n"
    + "MAIL FROM:<>\r\nRCPT TO:<bob@example.com>\r\nBDAT 12\r\nSubject: y\r\nBDAT 6 LAST\r\n\r\nhi\r\n"
    + "BOGUS\r\nQUIT\r\n"

  @Test("gives the same replies however the input is cut")
  func cuts() {
    let octets = Array(Self.long.utf8)
    var whole = ServerConversation()
    let expected = whole.say(octets)
    #expect(whole.messages == ["Subject: x\n\n.a\nb\n", "Subject: y\n\nhi\n"])
    #expect(expected.hasSuffix("18 bytes queued as 4AB|500 5.5.2 Error: command not recognized|221 2.0.0 Bye|"))
    var byOctet = ServerConversation()
    #expect(octets.map { byOctet.say([$0]) }.joined() == expected)
    #expect(byOctet.messages == whole.messages)
    for cut in octets.indices {
      var server = ServerConversation()
      #expect(server.say(Array(octets[..<cut])) + server.say(Array(octets[cut...])) == expected)
      #expect(server.messages == whole.messages)
    }
  }

  @Test("a line that is too long is cut and done, and its rest is no command")
  func longLine() {
    var server = ServerConversation()
    let line = "NOOP " + String(repeating: "x", count: 70_000)
    #expect(server.say(line) == "")
    #expect(server.say("\r\nRSET\r\n") == "250 2.0.0 Ok|250 2.0.0 Ok|")
    let note = "warning: localhost[127.0.0.1]: request longer than 2048: NOOP \(String(repeating: "x", count: 25))..."
    #expect(server.log.contains(note))
  }

  @Test("what is sent too early is noted once, but nothing that may be a password")
  func pipelining() {
    var server = ServerConversation()
    _ = server.say("EHLO c\r\nMAIL FROM:<a@b>\r\nNOOP\r\nRSET\r\n")
    let notes = server.log.filter { $0.hasPrefix("improper") }
    #expect(
      notes == [
        #"improper command pipelining after EHLO from localhost[127.0.0.1]: MAIL FROM:<a@b>\r\nNOOP\r\nRSET\r\n"#
      ])
    var secret = ServerConversation()
    _ = secret.say("EHLO c\r\nAUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ=\r\n")
    #expect(secret.log.contains("improper command pipelining after EHLO from localhost[127.0.0.1]: ..."))
  }

  @Test("octets that are not UTF-8 are refused, and a NUL ends the line")
  func badOctets() {
    var server = ServerConversation()
    #expect(server.say([0xFF, 0xFE, 0x0D, 0x0A]) == "500 5.5.2 Error: bad UTF-8 syntax|")
    #expect(server.say("NO\0OP\r\n") == "500 5.5.2 Error: command not recognized|")
    #expect(server.say("\0NOOP\r\n") == "500 5.5.2 Error: bad syntax|")
  }

  @Test("no control character is echoed")
  func echo() {
    var server = ServerConversation()
    let replies = server.say("EHLO \u{1B}]0;x\u{7}\r\nVRFY \u{1B}[2J\u{9B}\r\nMAIL FROM:<a@b> \u{1B}[2J\r\n")
    #expect(!replies.unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) })
    #expect(server.session.helloName == "?]0?x?")
  }
}
