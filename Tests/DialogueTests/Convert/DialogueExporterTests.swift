import SMTPWire
import Testing

@testable import Dialogue

@Suite("DialogueExporter")
struct DialogueExporterTests {
  private func export(_ text: String, _ format: ExportFormat, _ options: ExportOptions = ExportOptions())
    -> DialogueExport
  {
    DialogueExporter.write(dialogue(text), as: format, options: options)
  }

  private func script(_ text: String, _ format: ExportFormat) -> String {
    String(decoding: export(text, format).octets, as: UTF8.self)
  }

  private let envelope = """
    * connected 192.0.2.1:587
    S: 220 a
    C: EHLO client.example
    S: 250 a
    C: MAIL FROM:<ann@example.org>
    S: 250 ok
    C: RCPT TO:<bob@example.com>
    S: 250 ok

    """

  @Test("swaks and parley stop where the session did")
  func stops() {
    let quit = "C: QUIT\nS: 221 b\n"
    #expect(script(envelope + quit, .swaks).contains("--quit-after RCPT"))
    #expect(script(envelope + quit, .parley).contains("--quit-after rcpt"))
    #expect(script(envelope, .swaks).contains("--drop-after RCPT"))
    #expect(script("S: 220 a\nC: EHLO b\nS: 250 c\n" + quit, .swaks).contains("--quit-after FIRST-EHLO"))
    #expect(!script(envelope + "C: DATA\nS: 554 no\n" + quit, .swaks).contains("-after"))
    #expect(!script("S: 220 a\nC: EHLO b\nS: 250 c\nC: MAIL FROM:<>\nS: 550 no\n" + quit, .swaks).contains("-after"))
  }

  @Test("curl, which cannot stop before the message, stops before MAIL")
  func curlStops() {
    let command = script(envelope + "C: QUIT\nS: 221 b\n", .curl)
    #expect(command.contains("--request NOOP"))
    #expect(!command.contains("--mail-rcpt"))
    #expect(command.contains("# curl cannot stop between MAIL and the message"))
  }

  @Test("TLS, login and server become options, and the password is asked for")
  func login() throws {
    let session = try Sample.session("swaks-tls-auth.txt").dialogue
    let commands = [ExportFormat.swaks, .curl, .parley, .openssl].map {
      String(decoding: DialogueExporter.write(session, as: $0).octets, as: UTF8.self)
    }
    for option in [
      "--server 127.0.0.1", "--port 38247", "--tls", "--auth PLAIN", "--auth-user alice", "--ehlo client.example",
    ] {
      #expect(commands[0].contains(option))
    }
    for option in [
      "smtp://127.0.0.1:38247/client.example", "--ssl-reqd", "--insecure", "--user alice", "--sasl-ir", "--crlf",
    ] {
      #expect(commands[1].contains(option))
    }
    for option in ["parley send", "--server 127.0.0.1:38247", "--insecure", "--tls", "--data - <<'MESSAGE'"] {
      #expect(commands[2].contains(option))
    }
    #expect(commands[3].contains("-starttls smtp -crlf -quiet"))
    #expect(commands[3].contains(#"printf '\0%s\0%s' "$SMTP_USER" "$SMTP_PASSWORD""#))
    #expect(!commands[3].contains("STARTTLS\n"))
  }

  @Test("the message in a command is the one that was sent")
  func messages() throws {
    let session = try Sample.session("plain.pcap").dialogue
    let text = "Message-ID: <1@example.org>\n\nHello\n.one dot\n..two dots\n\n -> not a margin\nend\n\n"
    #expect(
      String(decoding: DialogueExporter.write(session, as: .curl).octets, as: UTF8.self).hasSuffix(text + "MESSAGE\n"))
    #expect(
      String(decoding: DialogueExporter.write(session, as: .swaks).octets, as: UTF8.self).hasSuffix(
        text.dropLast() + "'\n"))
  }

  @Test("a message that no script can show goes through base64")
  func base64() {
    let text = envelope + "C: DATA\nS: 354 go\nC: Subject: x\nC:\nC: a\\x1B[31m\nC: .\nS: 250 ok\nC: QUIT\nS: 221 b\n"
    let message = Array("Subject: x\r\n\r\na\u{1B}[31m\r\n".utf8)
    for (format, octets) in [(ExportFormat.curl, message), (.swaks, message + Array(".\r\n".utf8))] {
      let lines = script(text, format).split(separator: "\n").map(String.init)
      #expect(lines.contains("base64 -d <<'BASE64' | \\"))
      #expect(lines.suffix(2) == [String(decoding: Base64.encode(octets), as: UTF8.self), "BASE64"])
    }
    #expect(!export(text, .parley).octets.contains(0x1B))
  }

  @Test("what an option cannot say is a comment, and parley plays the dialogue itself")
  func unspoken() {
    let text = envelope + "C: VRFY bob\nS: 252 x\nC: RSET\nS: 250 ok\nC: QUIT\nS: 221 b\n"
    #expect(
      export(text, .swaks).notes == [
        "left out, since swaks cannot say it: VRFY", "left out, since swaks cannot say it: RSET",
      ])
    #expect(script(text, .swaks).hasPrefix("# left out, since swaks cannot say it: VRFY\n"))
    #expect(script(text, .parley) == "parley run \\\n  - smtp://192.0.2.1:587 <<'MESSAGE'\n\(text)MESSAGE\n")
  }

  @Test(
    "a word of the shell stays one word",
    arguments: [
      ("a@example.com", "a@example.com"), ("", "''"), ("it's", "'it'\\''s'"), ("$(reboot)", "'$(reboot)'"),
      ("a\nb", "'a\nb'"), ("a\u{7}b\\", "\"$(printf '%b' 'a\\0007b\\\\')\""), ("`x`;", "'`x`;'"),
    ])
  func words(_ text: String, _ word: String) { #expect(ShellText.word(text) == word) }

  @Test("a line of the document cannot end it")
  func documents() {
    #expect(ShellText.document(bytes("MESSAGE\nrm\n")) == "<<'MESSAGE_'\nMESSAGE\nrm\nMESSAGE_\n")
    #expect(ShellText.comment("a\nb") == "# a\\nb\n")
  }

  @Test("Markdown has a table and a fence that the text cannot end")
  func markdown() {
    let text = script(
      "S: 220 `a` | ```` <b>\nC: EHLO b\nS: 250-c\nS: 250 SIZE 5\nC: MAIL FROM:<a@example.org>\nS: 550 5.7.1 no\n",
      .markdown)
    #expect(text.contains("| Greeting | ````` 220 `a` \\| ```` <b> ````` |"))
    #expect(text.contains("| Refused | `550 5.7.1 no (to MAIL FROM:<a@example.org>)` |"))
    #expect(text.contains("| Offers | `SIZE 5` |"))
    #expect(text.contains("\n`````smtp\n"))
    #expect(text.hasSuffix("\n`````\n"))
  }

  @Test("HTML escapes all text, and loads and runs nothing")
  func html() {
    let text = script("S: 220 <script>alert('1')</script> & \"x\"\n", .html)
    #expect(text.contains("220 &lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;x&quot;"))
    for word in ["<script", "src=", "href=", "url(", "http:", "https:", "@import"] { #expect(!text.contains(word)) }
  }

  @Test("a long message is cut short in documents")
  func longMessage() {
    let body = String(repeating: "C: x\n", count: 100)
    let text = script(envelope + "C: DATA\nS: 354 go\n" + body + "C: .\nS: 250 ok\n", .markdown)
    #expect(text.contains("\n# 40 more lines of the message\nC: .\nS: 250 ok\n"))
  }

  @Test("an asciicast has a head, and its times never go back")
  func asciicast() throws {
    let lines = script("0.5 S: 220 a\n1.250 C: QUIT\nS: 500 \\x1B[2J\n", .asciicast).split(separator: "\n")
    #expect(lines[0].hasPrefix("{\"version\":2,\"width\":100,\"height\":30,"))
    #expect(lines[1] == #"[0.500, "o", "S: 220 a\u000D\u000A"]"#)
    #expect(lines[2] == #"[1.250, "o", "\u001B[36mC: QUIT\u001B[0m\u000D\u000A"]"#)
    #expect(lines[3] == #"[1.250, "o", "\u001B[31mS: 500 \\x1B[2J\u001B[0m\u000D\u000A"]"#)
  }

  @Test("a message is taken out of DATA or of chunks, by its number")
  func messageFiles() {
    let text =
      envelope + "C: DATA\nS: 354 go\nC: ..a\nC: b\\n\nC: c\nC: .\nS: 250 ok\nC: MAIL FROM:<>\nS: 250 ok\n"
      + "C: BDAT 4\nC: .x\nS: 250 ok\nC: BDAT 3 LAST\nC: yz\\n\nS: 250 ok\n"
    #expect(export(text, .eml).octets == bytes(".a\r\nb\nc\r\n"))
    #expect(export(text, .eml, ExportOptions(message: 2)).octets == bytes(".x\r\nyz\n"))
    #expect(export(text, .eml, ExportOptions(message: 3)).notes == ["there is no message 3: the dialogue holds 2"])
    #expect(export(envelope, .eml).isEmpty)
    #expect(export(envelope + "C: DATA\nS: 354 go\nC: a\n", .eml).notes == ["the message is not whole in the dialogue"])
  }

  @Test("any dialogue can be written in any form")
  func noise() {
    var numbers = SeededNumbers(seed: 77)
    for _ in 0..<200 {
      var source: [UInt8] = []
      for _ in 0..<Int.random(in: 0...30, using: &numbers) {
        DialogueWriter.write(Noise.event(&numbers), into: &source)
      }
      source += Noise.octets(upTo: 50, &numbers)
      let dialogue = DialogueReader.read(source).dialogue
      for format in ExportFormat.allCases where format != .eml {
        let octets = DialogueExporter.write(dialogue, as: format).octets
        #expect(!octets.contains { $0 < 0x20 && $0 != 0x0A && $0 != 0x09 || $0 == 0x7F }, "\(format)")
      }
    }
  }
}
