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

  @Test("a body beyond ASCII declares its charset")
  func eightBit() {
    var composer = composer
    composer.body = "größe"
    #expect(text(composer).contains("Content-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: 8bit\r\n"))
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
  func fields(field: String) { #expect(MessageComposer.fault(inField: field) == nil) }
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
