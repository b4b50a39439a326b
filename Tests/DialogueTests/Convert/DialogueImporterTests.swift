import Dialogue
import SMTPWire
import Testing

@Suite("DialogueImporter")
struct DialogueImporterTests {
  private func read(_ text: String, _ format: ImportFormat, session: Int? = nil) -> DialogueImport {
    DialogueImporter.read(bytes(text), as: format, session: session)
  }

  @Test("octets without any sense are no format, and reading them gives a note")
  func noise() {
    var numbers = SeededNumbers(seed: 4)
    for _ in 0..<60 {
      let octets = Noise.octets(upTo: 3000, &numbers)
      for format in ImportFormat.allCases {
        let session = DialogueImporter.read(octets, as: format)
        #expect(!session.isEmpty || !session.notes.isEmpty || !session.events.isEmpty)
      }
    }
    #expect(DialogueImporter.detect(bytes("Dear all,\nplease find enclosed\n")) == nil)
    #expect(DialogueImporter.detect([]) == nil)
  }

  @Test("a dialogue file is one, and an example of an RFC with indentation is read as one")
  func dialogues() {
    #expect(DialogueImporter.isDialogue(bytes("# parley 1\n* target smtp://a\n")))
    #expect(DialogueImporter.isDialogue(bytes("  S: 220 a\n  C: EHLO b\n")))
    #expect(!DialogueImporter.isDialogue(bytes("Dear all\n")))
    #expect(!DialogueImporter.isDialogue([]))
  }

  @Test("a session that is not there is told")
  func missingSession() {
    let log =
      "=== Trying a.example:25...\n<-  220 a\n -> QUIT\n<-  221 b\n=== Trying b.example:25...\n<-  220 c\n -> NOOP\n"
    #expect(read(log, .swaks, session: 2).commands == ["NOOP"])
    #expect(read(log, .swaks).notes == ["the source holds 2 sessions; this is number 1"])
    #expect(read(log, .swaks, session: 3).notes == ["there is no session 3: the source holds 2"])
  }

  @Test("swaks: pasted text without its outer blanks, and what it says of a failure")
  func swaksPasted() throws {
    let session = read(
      "=== Connected to x.\n<- 220 a\n-> HELO b\n<** 550 no\n*** Remote host closed connection unexpectedly.\n", .swaks)
    #expect(session.spoken == ["S: 220 a", "C: HELO b", "S: 550 no"])
    #expect(session.happened.last == "closed by peer")
    #expect(try Sample.session("swaks-refused.txt").happened.last == "connect-failed 127.0.0.1:1 Connection refused")
  }

  @Test("swaks: a line of the message without CR, where others have it, ended in LF")
  func swaksBareLineFeed() {
    let session = read(" -> DATA\n<-  354 go\n -> a\r\n -> b\n -> c\r\n -> .\n<-  250 ok\n", .swaks)
    #expect(session.commands == ["DATA", "a", "b\\n", "c", "."])
  }

  @Test("swaks: TLS as the versions of 2020 and 2024 tell it")
  func swaksTLS() throws {
    let old = try Sample.session("swaks-tls-auth.txt").happened
    #expect(old.contains("tls TLSv1.3 TLS_AES_256_GCM_SHA384 unverified"))
    #expect(old.contains("certificate subject=/CN=mail.example.com"))
    let new = read(
      """
      === TLS started with cipher TLSv1.3:TLS_AES_256_GCM_SHA384:256
      === TLS client certificate not requested and not sent
      === TLS peer[0]   subject=[/CN=mail.example.com]
      ===               commonName=[mail.example.com], subjectAltName=[DNS:mail.example.com] notAfter=[2026-12-24]
      === TLS peer certificate passed CA verification, passed host verification (using host mail.example.com to verify)
      <~  220 mail.example.com
      """, .swaks)
    #expect(
      new.happened == ["tls TLSv1.3 TLS_AES_256_GCM_SHA384 verified", "certificate subject=/CN=mail.example.com"])
  }

  @Test("swaks: times between a line and its reply")
  func swaksTimes() throws {
    let session = read("=== response in 0.250s\n<-  220 a\n -> EHLO b\n=== response in 1.5s\n<-  250 c\n", .swaks)
    #expect(session.hasTimes)
    #expect(session.events.map(\.time) == [.milliseconds(250), .milliseconds(250), .milliseconds(1750)])
  }

  @Test("openssl: the letters R and Q are its own commands, and never reached the server")
  func opensslLetters() throws {
    let session = try Sample.session("openssl-tty-r.txt")
    #expect(
      session.commands == ["EHLO openssl.client.net", "STARTTLS", "EHLO client.example", "mail from:<ann@example.org>"])
    #expect(
      session.notes.contains("openssl took a line that began with R for its own command: the server never saw it"))
    #expect(try Sample.session("openssl-tty.txt").commands.last == ".")
  }

  @Test("openssl: what it said before TLS is known by codes only, and TLS is told")
  func opensslHead() throws {
    let session = try Sample.session("openssl-tty.txt")
    #expect(session.spoken.prefix(5) == ["S: 220", "C: EHLO openssl.client.net", "S: 250", "C: STARTTLS", "S: 220"])
    #expect(session.happened.contains("tls TLSv1.3 TLS_AES_256_GCM_SHA384 X25519 unverified"))
    #expect(
      session.happened.contains(
        "certificate subject=CN = mail.example.com issuer=O = Parley tests, CN = Postfix test CA"))
    #expect(try Sample.session("openssl-quiet.txt").spoken.first == "S: 220 mail.example.com ESMTP Postfix")
  }

  @Test("telnet: what was erased while typing was not sent")
  func telnetErased() {
    let session = read(
      "Trying 192.0.2.1...\nConnected to x.\nEscape character is '^]'.\n220 a\nEHLX\u{8} \u{8}O b\n250 c\n", .telnet)
    #expect(session.commands == ["EHLO b"])
    #expect(session.target == "smtp://192.0.2.1")
    #expect(read("$ telnet x.example 587\nTrying ::1...\n220 a\n", .telnet).target == "smtp://[::1]:587")
  }

  @Test("telnet: a log from a pipe has the server's lines only, and says so")
  func telnetPiped() throws {
    let session = try Sample.session("telnet-piped.txt")
    #expect(session.commands.isEmpty)
    #expect(session.notes == ["the client's lines are not in the source"])
  }

  @Test("Postfix: times in both forms, and the session of one process among others")
  func postfixTimes() {
    func line(_ stamp: String, _ process: Int, _ text: String) -> String {
      "\(stamp) mx postfix/smtpd[\(process)]: \(text)\n"
    }
    let old =
      line("Nov 24 23:59:59", 7, "> c[192.0.2.9]: 220 a") + line("Nov 24 23:59:59", 8, "> d[192.0.2.8]: 220 b")
      + line("Nov 25 00:00:01", 7, "< c[192.0.2.9]: QUIT") + line("Nov 25 00:00:02", 8, "< d[192.0.2.8]: NOOP")
    #expect(read(old, .postfixLog).events.map(\.time) == [.zero, .seconds(2)])
    #expect(read(old, .postfixLog, session: 2).commands == ["NOOP"])
    let new =
      line("2026-11-24T03:57:26.250000+00:00", 7, "> c[192.0.2.9]: 220 a")
      + line("2026-11-24T03:57:27.500000+00:00", 7, "< c[192.0.2.9]: QUIT")
    let session = read(new, .postfixLog)
    #expect(session.clock == "2026-11-24T03:57:26.250000+00:00")
    #expect(session.events.map(\.time) == [.zero, .milliseconds(1250)])
    #expect(DialogueImporter.detect(bytes(new)) == .postfixLog)
  }

  @Test("Postfix: its client says commands, with the port in the name of the peer")
  func postfixClient() {
    let head = "Nov 24 01:00:00 mx postfix/smtp[3]: "
    let log = "\(head)< b.example[192.0.2.1]:25: 220 b\n\(head)> b.example[192.0.2.1]:25: EHLO a\n"
    #expect(read(log, .postfixLog).spoken == ["S: 220 b", "C: EHLO a"])
  }

  @Test("Postfix: a long line of a transcript goes on in the next")
  func transcriptFolding() throws {
    let address = "<nobody-with-a-rather-long-local-part-that-goes-on@example.com>"
    let session = try Sample.session("transcript-2.txt")
    #expect(
      session.spoken.contains(
        "S: 550 5.1.1 \(address): Recipient address rejected: User unknown in local recipient table"))
    #expect(
      read("Transcript of session follows.\n\n In:  220 a\n Out: EHLO b\n", .postfixTranscript).spoken == [
        "S: 220 a", "C: EHLO b",
      ])
  }

  @Test("an example goes on without marks, and RFC 821 names the sides otherwise")
  func examples() {
    let session = read(
      "   S: 250-a\n      250 SIZE\n   C: AUTH PLAIN AGFs\n      aWNl\n   S: 235 ok\n\nKlensin  [Page 7]\n", .rfc)
    #expect(session.spoken == ["S: 250-a", "S: 250 SIZE", "C: AUTH PLAIN ${auth.plain}", "S: 235 ok"])
    let old = read("R: 220 a\nS: HELO b\nR: 250 c\nS: DATA\nR: 354 d\nS: x\nS: <CRLF>.<CRLF>\nR: 250 e\n", .rfc)
    #expect(old.commands == ["HELO b", "DATA", "x", "."])
    #expect(
      read(">>> RCPT TO:<a@example.com>\n<<< 550 no\n", .rfc).spoken == ["C: RCPT TO:<a@example.com>", "S: 550 no"])
  }

  @Test("curl: the failure to connect, and the reason for its time")
  func curlFailure() throws {
    let session = read("*   Trying 127.0.0.1:1...\n* connect to 127.0.0.1 port 1 failed: Connection refused\n", .curl)
    #expect(session.happened == ["connect-failed 127.0.0.1:1 Connection refused"])
    let timed = try Sample.session("curl-trace-ascii.txt")
    #expect(timed.events.last?.time == .microseconds(24_845))
    #expect(timed.notes == ["curl writes a dot for each octet of a message that is not printable ASCII"])
  }

  private func spoken(_ text: String) -> [String] {
    let octets = Array(text.utf8)
    guard let format = DialogueImporter.detect(octets) else { return ["unknown"] }
    let source = DialogueImporter.read(octets, as: format).dialogue.source
    return String(decoding: source, as: UTF8.self).split(separator: "\n").map(String.init)
      .filter { $0.hasPrefix("C:") || $0.hasPrefix("S:") || $0.hasPrefix("* closed") || $0.hasPrefix("* timeout") }
  }

  @Test("a copy of the screen alone is recognized, and what Windows' telnet says at its end is no line of the wire")
  func screen() {
    let text = "\r\n220 a ESMTP\r\nehlo me\r\n250 a\r\nquit\r\n221 bye\r\n\r\n\r\nConnection to host lost.\r\n"
    #expect(
      spoken(text) == ["S: 220 a ESMTP", "C: ehlo me", "S: 250 a", "C: quit", "S: 221 bye", "* closed by peer"])
    #expect(spoken("220 bytes were sent\nto the printer\n") == ["unknown"])
  }

  @Test("a transcript of Postfix is recognized without its title")
  func transcript() {
    let text = " Out: 220 a ESMTP Postfix\n In:  EHLO b\n Out: 250 a\n In:  QUIT\n Out: 221 2.0.0 Bye\n"
    #expect(spoken(text) == ["S: 220 a ESMTP Postfix", "C: EHLO b", "S: 250 a", "C: QUIT", "S: 221 2.0.0 Bye"])
  }

  @Test("swaks's words about a server that says nothing are a time-out")
  func swaksTimeout() {
    let text =
      "=== Trying a:25...\n=== Connected to a.\n<-  220 a\n -> QUIT\n<** Timeout (30 secs) waiting for server response\n"
    #expect(spoken(text).dropFirst(2).first?.hasPrefix("* timeout") == true, "\(spoken(text))")
  }

  @Test("of a log of openssl in which a block is cut, no line is lost")
  func cutBlock() {
    let head =
      "Connecting to 192.0.2.25\nCONNECTED(00000003)\n---\nNew, TLSv1.3, Cipher is X\nVerify return code: 0 (ok)\n---\n250 a\n"
    for cut in [
      "---\nPost-Handshake New Session Ticket arrived:\nSSL-Session:\n---\nread R BLOCK\n",
      "---\nPost-Handshake New Session Ticket arrived:\nSSL-Session:\n",
      "-----BEGIN SSL SESSION PARAMETERS-----\nMIIB\n",
    ] {
      let lines = spoken(head + cut + "EHLO b\n250 a\nMAIL FROM:<a@b.example>\n250 ok\n")
      #expect(
        lines.suffix(4) == ["C: EHLO b", "S: 250 a", "C: MAIL FROM:<a@b.example>", "S: 250 ok"], "\(lines)")
      #expect(lines.contains("C: EHLO mail.example.com"))
    }
  }

  @Test("a paste that is quoted as in a mail is unquoted, a script is not")
  func quoted() {
    let paste = "> 220 a\n> EHLO b\n> 250 a\n>\n> QUIT\n\n"
    let text = DialogueImporter.unquoted(Array(paste.utf8)).map { String(decoding: $0, as: UTF8.self) }
    #expect(text == "220 a\nEHLO b\n250 a\n\nQUIT\n")
    #expect(DialogueImporter.unquoted(Array("> connect\n> starttls\n> auth\n> quit\n".utf8)) == nil)
    #expect(DialogueImporter.unquoted(Array("> 220 a\nEHLO b\n".utf8)) == nil)
  }
}
