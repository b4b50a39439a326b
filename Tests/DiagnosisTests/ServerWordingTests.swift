import SMTPSession
import SMTPWire
import Testing

@testable import Diagnosis

@Suite struct ServerWordingTests {
  @Test(arguments: [
    // Postfix
    ("554 5.7.1 <bob@example.org>: Relay access denied", "relay-denied"),
    ("454 4.7.1 <bob@example.org>: Relay access denied", "relay-denied"),
    (
      "550 5.1.1 <nobody@example.com>: Recipient address rejected: User unknown in local recipient table",
      "user-unknown"
    ),
    ("550 5.1.1 <x@example.com>: Recipient address rejected: User unknown in virtual alias table", "user-unknown"),
    ("550 5.1.7 <x@example.com>: Sender address rejected: User unknown in local recipient table", "sender-unknown"),
    ("450 4.1.8 <a@nowhere.example>: Sender address rejected: Domain not found", "sender-domain-unknown"),
    ("450 4.1.2 <a@nowhere.example>: Recipient address rejected: Domain not found", "recipient-domain-unknown"),
    ("504 5.5.2 <pc>: Helo command rejected: need fully-qualified hostname", "hello-not-full"),
    ("450 4.7.1 <pc.example>: Helo command rejected: Host not found", "hello-unknown"),
    ("501 5.5.2 <-a>: Helo command rejected: Invalid name", "hello-malformed"),
    ("504 5.5.2 <bob>: Sender address rejected: need fully-qualified address", "address-not-full"),
    ("554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.example.org; listed", "block-list"),
    ("450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.1]", "no-reverse-name"),
    ("421 4.7.0 mail.example.com Error: too many connections from 192.0.2.1", "too-many-connections"),
    ("421 4.7.0 mail.example.com Error: too many errors", "too-many-errors"),
    ("450 4.7.1 Error: too much mail from 192.0.2.1", "rate-limited"),
    ("452 4.5.3 Error: too many recipients", "too-many-recipients"),
    ("421 4.4.2 mail.example.com Error: timeout exceeded", "waited-too-long"),
    ("530 5.7.0 Must issue a STARTTLS command first", "encryption-needed"),
    ("450 4.7.1 Session encryption is required", "encryption-needed"),
    ("454 4.7.0 TLS not available due to local problem", "tls-unavailable"),
    ("554 5.5.1 Error: TLS already active", "tls-already"),
    ("503 5.5.1 Error: authentication not enabled", "login-not-enabled"),
    ("503 5.5.1 Error: already authenticated", "login-twice"),
    ("503 5.5.1 Error: MAIL transaction in progress", "login-in-transaction"),
    ("501 5.7.0 Authentication aborted", "login-cancelled"),
    ("454 4.7.0 Temporary authentication failure: Connection lost to authentication server", "login-temporary"),
    ("553 5.7.1 <bob@example.com>: Sender address rejected: not owned by user alice", "sender-not-owned"),
    ("553 5.7.1 <bob@example.com>: Sender address rejected: not logged in", "sender-not-owned"),
    ("550 5.7.27 <a@x.example>: Sender address rejected: Domain x.example does not accept mail (nullMX)", "null-mx"),
    ("552 5.3.4 Message size exceeds fixed limit", "size-exceeded"),
    ("554 5.5.1 Error: no valid recipients", "no-valid-recipients"),
    ("503 5.5.1 Error: need RCPT command", "rcpt-first"),
    ("503 5.5.1 Error: need MAIL command", "mail-first"),
    ("503 5.5.1 Error: nested MAIL command", "nested-mail"),
    ("503 5.5.1 Error: send HELO/EHLO first", "hello-first"),
    ("500 5.5.2 Error: command not recognized", "command-unknown"),
    ("502 5.5.1 VRFY command is disabled", "vrfy-disabled"),
    ("501 5.1.3 Bad recipient address syntax", "address-malformed"),
    ("501 5.5.4 Syntax: MAIL FROM:<address>", "syntax"),
    ("555 5.5.4 Unsupported option: FOO", "parameter-unknown"),
    ("553 5.6.7 Must declare SMTPUTF8 to send unicode address", "smtputf8-needed"),
    ("500 5.5.2 Error: bad UTF-8 syntax", "bad-utf8"),
    ("550 5.5.2 mail.example.com Error: bare <LF> received", "bare-lf"),
    ("451 4.3.5 Server configuration error", "server-configuration"),
    ("554 5.7.1 <a@example.com>: Sender address rejected: Access denied", "access-denied"),
    ("450 4.3.2 Service currently unavailable", "service-unavailable"),
    ("550 5.5.1 Protocol error", "postscreen-protocol"),
    ("503 5.5.0 <DATA>: Data command rejected: Improper use of SMTP command pipelining", "early-talker"),
    // Others
    ("451 4.7.1 Greylisting in action, please come back in 00:04:59", "greylisted"),
    ("530 5.7.57 Client not authenticated to send mail", "login-needed"),
    ("535 5.7.139 Authentication unsuccessful, basic authentication is disabled.", "password-login-disabled"),
    ("534 5.7.9 Application-specific password required.", "app-password-needed"),
    ("501 5.5.4 Invalid domain name", "hello-malformed"),
    ("550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. (S3140)", "poor-reputation"),
    ("550-5.7.26 Unauthenticated email from example.com is not accepted", "sender-unauthenticated"),
    ("552 5.2.2 The email account that you tried to reach is over quota", "mailbox-full"),
    ("553 sorry, that domain isn't in my list of allowed rcpthosts", "relay-denied"),
    ("451 See the page smtplf.html.", "bare-lf"),
    ("554 5.6.0 Message contains malware", "virus"),
    ("554 5.4.0 Error: too many hops", "loop"),
    ("550 5.7.23 The message was rejected because of Sender Policy Framework violation", "spf-failed"),
    ("554 SMTP synchronization error", "early-talker"),
  ])
  func `a known text is recognized`(line: String, id: String) {
    let line = line.replacing("550-", with: "550 ")
    let match = ServerWording.match(reply(line), in: SessionSituation(stage: .command(.rcpt)))
    #expect(match?.wording.id == "wording." + id)
  }

  @Test(arguments: [
    ("535 5.7.8 Error: authentication failed: authentication failure", "login-refused"),
    ("535 5.7.8 Error: authentication failed: (reason unavailable)", "login-refused"),
    ("535 5.7.8 Error: authentication failed: no mechanism available", "login-no-mechanism"),
    ("535 5.7.8 Error: authentication failed: Invalid authentication mechanism", "login-no-mechanism"),
    ("535 5.7.8 Error: authentication failed: bad protocol / cancel", "login-bad-base64"),
    ("535 5.7.8 Error: authentication failed: Invalid base64 data in initial response", "login-bad-base64"),
    ("535 5.7.8 Error: authentication failed: encryption needed to use mechanism", "encryption-for-mechanism"),
    ("538 5.7.11 Encryption required for requested authentication mechanism", "encryption-for-mechanism"),
    ("535 Incorrect authentication data", "login-refused"),
    ("535 5.7.8 Username and Password not accepted.", "login-refused"),
    ("504 5.7.4 Unrecognized authentication type", "login-no-mechanism"),
    ("421 4.7.0 Too many failed login attempts, try later", "login-throttled"),
  ])
  func `what is said to a login is recognized`(line: String, id: String) {
    let match = ServerWording.match(reply(line), in: SessionSituation(stage: .command(.auth)))
    #expect(match?.wording.id == "wording." + id)
  }

  @Test func `each wording is reached by its first phrase`() throws {
    for wording in ServerWordingTable.entries {
      let codes = [450, 550, 501].filter(wording.codes.contains)
      let code = try #require(codes.first.flatMap(ReplyCode.init(rawValue:)))
      let stage: SessionStage = wording.isLoginOnly ? .command(.auth) : .command(.rcpt)
      let match = ServerWording.match(Reply(code, wording.firstPhrase), in: SessionSituation(stage: stage))
      #expect(match?.wording.id == wording.id)
    }
  }

  @Test func `the name and the time of the text stand in the cause`() {
    let situation = SessionSituation(stage: .command(.rcpt))
    let listed = ServerWording.match(
      reply("554 5.7.1 Client host [192.0.2.1] blocked using bl.example; see"), in: situation)
    #expect(listed?.cause.contains("the block list bl.example,") == true)
    let grey = ServerWording.match(reply("451 4.7.1 Greylisted, try again in 300 seconds"), in: situation)
    #expect(grey?.cause.contains("after 300 seconds") == true)
    #expect(grey?.next.first?.contains("after 300 seconds") == true)
    let vague = ServerWording.match(reply("451 4.7.1 Greylisted"), in: situation)
    #expect(vague?.cause.contains("after some minutes") == true)
  }

  @Test func `a text on several lines is read as one, and success is not looked at`() {
    let situation = SessionSituation(stage: .command(.rcpt))
    let gmail = reply(
      "550-5.1.1 The email account that you tried to reach", "550-5.1.1 does not exist. Please try", "550 5.1.1 again")
    #expect(ServerWording.match(gmail, in: situation)?.wording.id == "wording.user-unknown")
    #expect(
      ServerWording.match(reply("550-Sorry,", "550 relaying denied"), in: situation)?.wording.id
        == "wording.relay-denied")
    #expect(ServerWording.match(reply("250 2.1.5 no relaying denied here"), in: situation) == nil)
  }
}
