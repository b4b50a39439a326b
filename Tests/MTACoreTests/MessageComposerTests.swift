import MTACore
import SMTPSession
import SMTPWire
import Testing

@Suite("What becomes of a message")
struct MessageComposerTests {
  /// The stored form of a message that came in a session with these commands.
  private func compose(
    _ text: String, commands: [String] = ["EHLO c", "MAIL FROM:<a@example.org>", "RCPT TO:<bob@example.com>"],
    local: Bool = true, configuration: MTAConfiguration = MTAConfiguration()
  ) throws -> String {
    var mail = PolicyConversation(configuration)
    for command in commands + ["DATA", "."] { _ = mail.say(command) }
    let origin = try #require(mail.origin)
    let composer = MessageComposer(origin, completesHeader: local)
    return String(decoding: try composer.compose(Array(text.utf8)).octets, as: UTF8.self)
  }

  private let received =
    "Received: from c (localhost [127.0.0.1])\n\tby mail.example.com (Postfix) with ESMTP id 4ABCD1\n"
    + "\tfor <bob@example.com>; Mon, 02 Jan 2006 22:04:05 +0000 (UTC)\n"
  private let completed =
    "Message-Id: <20060102220405.4ABCD1@mail.example.com>\nDate: Mon, 02 Jan 2006 22:04:05 +0000 (UTC)\nFrom: a@example.org\n"

  @Test("a Received field comes in front, missing fields behind")
  func complete() throws {
    #expect(try compose("Subject: x\n\nhi\n") == received + "Subject: x\n" + completed + "\nhi\n")
  }

  @Test("the Received field tells what the client's certificate was")
  func certificate() throws {
    var mail = PolicyConversation()
    for command in ["EHLO c", "MAIL FROM:<a@b.example>", "RCPT TO:<bob@example.com>", "DATA", "."] {
      _ = mail.say(command)
    }
    var origin = try #require(mail.origin)
    func line(_ certificate: ServerTLSFacts.ClientCertificate) -> String? {
      var facts = ServerTLSFacts(version: "TLSv1.3", cipher: "X", cipherBits: 256)
      facts.clientCertificate = certificate
      origin.tls = facts
      return origin.receivedField.split(separator: "\n").map(String.init).first {
        $0.contains("lient") && !$0.contains("for")
      }
    }
    #expect(line(.notRequested) == "\t(No client certificate requested)")
    #expect(line(.absent) == "\t(Client did not present a certificate)")
    #expect(
      line(.shown(commonName: "a\"b\n", issuer: "Test CA", isVerified: true))
        == "\t(Client CN \"a'b?\", Issuer \"Test CA\" (verified OK))")
    #expect(
      line(.shown(commonName: "", issuer: "", isVerified: false)) == "\t(Client CN \"\", Issuer \"\" (not verified))")
  }

  @Test("for strangers nothing is added")
  func stranger() throws {
    #expect(try compose("Subject: x\n\nhi\n", local: false) == received + "Subject: x\n\nhi\n")
  }

  @Test("fields that are there are left alone")
  func present() throws {
    let header = "message-id: <x@y>\nDATE: today\nfrom: me\n"
    #expect(try compose(header + "\nhi\n") == received + header + "\nhi\n")
  }

  @Test("what is no header belongs to the body, below an empty line")
  func bodyOnly() throws {
    #expect(try compose("not a header\nmore\n", local: false) == received + "\nnot a header\nmore\n")
    #expect(try compose("", local: false) == received)
    #expect(try compose("\nbody\n", local: false) == received + "\nbody\n")
    #expect(try compose("A: b\nbad line\nX: y\n", local: false) == received + "A: b\n\nbad line\nX: y\n")
  }

  @Test("mailbox separators become fields, blanks before a colon go, Bcc and its like are dropped")
  func tidying() throws {
    #expect(
      try compose(
        "From someone Mon\n>From x\nTo : x\n\tcont\nBcc: q\n more\nReturn-Path: <x>\nContent-Length: 3\nX: y\n\nFrom b\n",
        local: false)
        == received + "X-Mailbox-Line: From someone Mon\nX-Mailbox-Line: >From x\nTo: x\n\tcont\nX: y\n\nFrom b\n")
  }

  @Test("a bare carriage return becomes a blank")
  func carriageReturn() throws {
    #expect(try compose("Subject: cr\n\nab\rcd\n", local: false) == received + "Subject: cr\n\nab cd\n")
  }

  @Test("a message sent again gets the fields of that")
  func resent() throws {
    #expect(
      try compose("Resent-To: x\nFrom: me\n\n") == received + "Resent-To: x\nFrom: me\n"
        + completed.split(separator: "\n").map { "Resent-\($0)\n" }.joined() + "\n")
  }

  @Test("several recipients are not named, HELO, TLS and login are told")
  func receivedForms() throws {
    let several = try compose("\n", commands: ["MAIL FROM:<>", "RCPT TO:<bob>", "RCPT TO:<alice>"], local: false)
    #expect(
      several
        == "Received: from localhost (localhost [127.0.0.1])\n\tby mail.example.com (Postfix) with SMTP id 4ABCD1;\n"
        + "\tMon, 02 Jan 2006 22:04:05 +0000 (UTC)\n\n")
    var configuration = MTAConfiguration()
    configuration.tellsLogin = true
    let login = try compose(
      "\n",
      commands: ["EHLO (x)@y", "AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ=", "MAIL FROM:<> SMTPUTF8", "RCPT TO:<bob>"],
      local: false,
      configuration: configuration)
    #expect(
      login.hasPrefix(
        "Received: from ?x??y (localhost [127.0.0.1])\n\t(Authenticated sender: alice)\n"
          + "\tby mail.example.com (Postfix) with UTF8SMTPA id 4ABCD1\n\tfor <bob>; "))
  }

  @Test("too many hops are refused")
  func hops() throws {
    var mail = PolicyConversation()
    _ = mail.say("MAIL FROM:<>", "RCPT TO:<bob>", "DATA", ".")
    let composer = MessageComposer(try #require(mail.origin), completesHeader: true, hopLimit: 3)
    let text = String(repeating: "Received: x\n", count: 4)
    #expect { try composer.compose(Array(text.utf8)) } throws: { error in
      (error as? MessageRefusal)?.reply.wireOctets == Array("554 5.4.0 Error: too many hops\r\n".utf8)
    }
    #expect(try composer.compose(Array("Received: x\nReceived: x\nReceived: x\n".utf8)).messageID.isEmpty == false)
  }
}
