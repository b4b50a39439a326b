import SMTPClient
import Sessions
import TestPeers
import Testing

@Suite("Putting a message together")
struct MessageComposerTests {
  private var composer: MessageComposer {
    MessageComposer(
      sender: "a@example.com", recipients: ["b@example.org"], date: "Tue, 24 Nov 2026 10:00:00 +0000", token: "t1",
      hostName: "h.example")
  }

  private func text(_ composer: MessageComposer) -> String { String(decoding: composer.compose(), as: UTF8.self) }

  @Test("has the usual fields, CRLF line ends and the body")
  func usual() {
    let message = text(composer)
    #expect(message.hasPrefix("Date: Tue, 24 Nov 2026 10:00:00 +0000\r\nTo: b@example.org\r\nFrom: a@example.com\r\n"))
    #expect(message.contains("\r\nMessage-ID: <t1@h.example>\r\n"))
    #expect(message.hasSuffix("\r\n\r\nThis is a test mailing\r\n"))
  }

  @Test("a given field replaces the usual one of its name in any case")
  func replaces() {
    var composer = composer
    composer.fields = ["subject: mine", "X-Other: y"]
    let message = text(composer)
    #expect(message.contains("\r\nsubject: mine\r\n"))
    #expect(!message.contains("Subject: test"))
    #expect(message.contains("\r\nX-Other: y\r\n"))
  }

  @Test("a body beyond ASCII, or with a line that is too long, is encoded, so that every server may take it")
  func encodedBody() {
    var composer = composer
    composer.body = "größe"
    let type = "Content-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: quoted-printable\r\n"
    #expect(text(composer).hasSuffix(type + "\r\ngr=C3=B6=C3=9Fe\r\n"))
    composer.body = String(repeating: "x", count: 999)
    #expect(text(composer).contains(type))
    composer.body = String(repeating: "x", count: 998)
    #expect(!text(composer).contains("MIME"))
  }

  @Test("addresses are folded, and free text beyond ASCII is encoded unless it is to be kept")
  func fields() {
    var composer = composer
    composer.recipients = (1...60).map { "recipient\($0)@example.org" }
    composer.fields = ["Subject: Grüße", "Cc: ü@x.example"]
    let message = text(composer)
    #expect(message.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 78 })
    #expect(message.replacing("\r\n ", with: " ").contains("recipient59@example.org, recipient60@example.org\r\n"))
    #expect(message.contains("\r\nSubject: =?UTF-8?B?R3LDvMOfZQ==?=\r\n"))
    #expect(message.contains("\r\nCc: ü@x.example\r\n"))
    composer.keepsUTF8Fields = true
    #expect(text(composer).contains("\r\nSubject: Grüße\r\n"))
  }

  @Test("an attachment's name beyond ASCII is encoded")
  func attachmentName() {
    var composer = composer
    composer.attachments = [.init(name: "größe 1.txt", octets: [1])]
    #expect(text(composer).contains("filename*=UTF-8''gr%C3%B6%C3%9Fe%201.txt\r\n"))
  }

  @Test("an attachment makes it multipart, with base64 in lines of 76, and its name cannot break out")
  func attachment() {
    var composer = composer
    composer.attachments = [.init(name: "a\"\r\nX: y.bin", octets: [UInt8](repeating: 0xFF, count: 120))]
    let message = text(composer)
    #expect(message.contains("Content-Type: multipart/mixed; boundary=\"parley-t1\""))
    #expect(message.contains("filename=\"aX: y.bin\""))
    #expect(message.hasSuffix("\r\n--parley-t1--\r\n"))
    #expect(message.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 78 })
  }

  @Test(
    "what would add a field is no field", arguments: ["NoColon", ": x", "A B: x", "A: x\r\nB: y", "A: x\nB", "Ä: x"])
  func faults(field: String) { #expect(MessageComposer.fault(inField: field) != nil) }

  @Test("a plain field is one", arguments: ["Subject: x", "X-A:", "X: ä"])
  func plainField(field: String) { #expect(MessageComposer.fault(inField: field) == nil) }
}

@Suite("Calendar time")
struct CalendarTimeTests {
  @Test("is written for files and for messages")
  func forms() {
    let time = CalendarTime(unixSeconds: 1_795_376_045, milliseconds: 7)
    #expect(time.text == "2026-11-22T19:34:05.007Z")
    #expect(time.messageDate == "Sun, 22 Nov 2026 19:34:05 +0000")
    #expect(CalendarTime(unixSeconds: 0).text == "1970-01-01T00:00:00Z")
    #expect(CalendarTime(unixSeconds: -1).text == "1969-12-31T23:59:59Z")
  }
}
