import Dialogue
import SMTPWire
import Testing

@Suite("DialogueRedactor")
struct DialogueRedactorTests {
  private func redact(_ text: String) -> String {
    String(decoding: DialogueRedactor.redact(dialogue(text)).source, as: UTF8.self)
  }

  @Test("the same name has the same stand-in wherever it is")
  func consistent() {
    let text = """
      * target smtp://mx1.acme.de:25
      0.013 * connected 93.184.216.34:25
      0.026 S: 220 mx1.acme.de ESMTP Postfix
      C: EHLO laptop7
      S: 250-MX1.acme.de Hello laptop7 [10.1.2.3]
      S: 250 SIZE 1000
      * certificate subject=/CN=mx1.acme.de names=mx1.acme.de,DNS:mail.acme.de
      * authenticated PLAIN jdoe
      C: MAIL FROM:<john@acme.de> SIZE=1000 AUTH=john@acme.de
      C: RCPT TO:<"Mary Ann"@other.org>
      S: 550 5.7.1 <"Mary Ann"@other.org>: see https://mail.acme.de/x and [IPv6:2a00:1450::1] or 2a00:1450::1.

      """
    #expect(
      redact(text) == """
        * target smtp://host1.example.net:25
        0.013 * connected 192.0.2.1:25
        0.026 S: 220 host1.example.net ESMTP Postfix
        C: EHLO host2.example.net
        S: 250-host1.example.net Hello host2.example.net [192.0.2.2]
        S: 250 SIZE 1000
        * certificate subject=/CN=host1.example.net names=host1.example.net,DNS:host3.example.net
        * authenticated PLAIN user1
        C: MAIL FROM:<user2@example.com> SIZE=1000 AUTH=user2@example.com
        C: RCPT TO:<user3@example.org>
        S: 550 5.7.1 <user3@example.org>: see https://host3.example.net/x and [IPv6:2001:db8::1] or 2001:db8::1.

        """)
  }

  @Test(
    "names for examples, variables, escapes, codes and times stay as they are",
    arguments: [
      "C: MAIL FROM:<ann@example.org>\\n\n", "S: 250-mail.example.com\nS: 250 ok\n", "0.5 S: 250 2.1.0 Ok 19:34:05\r\n",
      "C: AUTH PLAIN ${auth.plain}\n", "* connected 127.0.0.1:25\n* tls TLSv1.3 TLS_AES_128_GCM_SHA256\n",
      "C: RCPT TO:<a@b.test> ORCPT=rfc822;a@b.test\n", "# parley 1\n> wait 1.5\nS~ 250 .*\n", "nonsense", "C: NOOP \\z",
      "S: 334 VXNlcm5hbWU6\n",
    ])
  func reserved(_ text: String) { #expect(redact(text) == text) }

  @Test("no stand-in is a name that the dialogue holds already")
  func collisions() {
    #expect(
      redact("C: VRFY a@acme.de\nC: VRFY user1@example.com\n")
        == "C: VRFY user2@example.org\nC: VRFY user1@example.com\n")
    #expect(redact("# 192.0.2.1 and 8.8.8.8\n") == "# 192.0.2.1 and 192.0.2.2\n")
  }

  @Test("a chunk that changed has its size told anew, and the message of BDAT stays whole")
  func chunks() {
    let text = "C: BDAT 27 LAST\nC: From: john.doe@acme-corp.de\\z\nS: 250 ok\nC: BDAT 6\nC: NOOP\nC: QUIT\n"
    #expect(redact(text) == "C: BDAT 23 LAST\nC: From: user1@example.com\\z\nS: 250 ok\nC: BDAT 6\nC: NOOP\nC: QUIT\n")
  }

  @Test("message ids, headers and a challenge are rewritten too")
  func inside() {
    let challenge = String(decoding: Base64.encode(bytes("<1896.69@mail.acme.de>")), as: UTF8.self)
    let text = redact(
      "C: Message-ID: <2026.abc@acme.de>\nC: Received: from pc7.acme.de (pc7.acme.de [10.0.0.1])\nS: 334 \(challenge)\n"
    )
    #expect(text.contains("C: Message-ID: <id1@example.com>\n"))
    #expect(text.contains("from host1.example.net (host1.example.net [192.0.2.1])"))
    let last = text.split(separator: "\n").last?.dropFirst(7) ?? ""
    #expect(
      (try? Base64.decode(bytes(String(last)))).map { String(decoding: $0, as: UTF8.self) } == "<user1@example.org>")
  }

  @Test("nothing that looks like a name is left, however the dialogue is made")
  func noise() {
    var numbers = SeededNumbers(seed: 5)
    for _ in 0..<300 {
      var source: [UInt8] = []
      for _ in 0..<10 { DialogueWriter.write(Noise.event(&numbers), into: &source) }
      let secret = "secret.host-of.acme.de"
      source += bytes("S: 220 \(["", "x=", "<", "(", "/", "a@"].randomElement(using: &numbers) ?? "")\(secret)\n")
      let redacted = DialogueRedactor.redact(DialogueReader.read(source).dialogue)
      #expect(!String(decoding: redacted.source, as: UTF8.self).contains(secret))
      #expect(redacted.lines.count == DialogueReader.read(source).dialogue.lines.count)
    }
  }

  @Test(
    "a redacted dialogue can still be read and played",
    arguments: ["swaks-tls-auth.txt", "plain.pcap", "curl-trace.txt"])
  func samples(_ name: String) throws {
    let redacted = DialogueRedactor.redact(try Sample.session(name).dialogue)
    #expect(!DialogueScript(DialogueReader.read(redacted.source).dialogue).hasErrors)
    #expect(!String(decoding: redacted.source, as: UTF8.self).contains("PLAIN alice"))
  }
}
