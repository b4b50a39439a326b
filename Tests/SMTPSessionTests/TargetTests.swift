import SMTPSession
import Testing

@Suite("A target")
struct TargetTests {
  @Test(
    "is read in each of its forms",
    arguments: [
      ("mail.example.com", "smtp://mail.example.com:25"), ("mail.example.com:587", "smtp://mail.example.com:587"),
      ("[::1]:2525", "smtp://[::1]:2525"), ("::1", "smtp://[::1]:25"), ("[2001:db8::1]", "smtp://[2001:db8::1]:25"),
      ("smtp://h:26", "smtp://h:26"), ("smtp://h:26/", "smtp://h:26"), ("smtps://h", "smtps://h:465"),
      ("h:465", "smtps://h:465"),
      ("lmtp://h", "lmtp://h:24"), ("unix:/run/x", "unix:/run/x"), ("unix:///run/x", "unix:/run/x"),
      ("SMTP://h", "smtp://h:25"),
    ])
  func forms(text: String, url: String) throws {
    let target = try Target(text)
    #expect("\(target)" == url)
    #expect(try Target("\(target)") == target)
  }

  @Test(
    "is refused with the place of the mistake",
    arguments: [
      ("", 0), ("h:0", 2), ("h:65536", 2), ("h:x", 2), ("h:", 2), ("[::1", 4), ("[::1]x", 5), ("http://h", 0),
      ("smtp://", 7),
      ("a b", 1), ("user@h", 4), ("unix:", 5), ("h:99999999999999999999", 2),
    ])
  func mistakes(text: String, offset: Int) {
    #expect(performing: { try Target(text) }, throws: { ($0 as? Target.Failure)?.offset == offset })
  }
}

@Suite("A path for MAIL and RCPT")
struct EnvelopePathTests {
  @Test(
    "may be any address",
    arguments: ["", "a@example.com", "\"a b\"@example.com", "\"<>\"@x", "käthe@example.com", "a\\ b@x", "@a,@b:c@d"])
  func accepted(path: String) { #expect(EnvelopePath.fault(in: path) == nil) }

  @Test(
    "cannot add anything to the command",
    arguments: ["a@b> SIZE=1", "a@b\r\nRCPT TO:<c@d>", "a b@c", "<a@b>", "\"a@b", "a\\", "a\0b@c", "\"a\nb\"@c"])
  func refused(path: String) { #expect(EnvelopePath.fault(in: path) != nil) }
}
