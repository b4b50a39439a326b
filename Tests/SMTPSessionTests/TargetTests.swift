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

  @Test(
    "what cannot be meant is told with what was",
    arguments: [
      ("::1:45841", "[ADDRESS]:PORT"), ("[::1:45841]", "[ADDRESS]:PORT"), ("a:b:c", "[ADDRESS]:PORT"),
      ("fe80::1", "needs its interface"), ("smtp://[FE80::1]:25", "needs its interface"),
      ("smtp://alice:wonderland@mail.example.com", "a password does not belong"),
    ])
  func mistakes(text: String, words: String) {
    let failure = #expect(throws: Target.Failure.self) { try Target(text) }
    #expect(failure?.message.contains(words) == true, "\(failure?.message ?? "")")
  }

  @Test("an address with its interface, and one with an IPv4 address at its end, are targets")
  func addresses() throws {
    #expect(try Target("[fe80::1%eth0]:25").host == "fe80::1%eth0")
    #expect(try Target("::ffff:192.0.2.1").host == "::ffff:192.0.2.1")
    #expect(try Target("::").host == "::")
  }

  @Test("a password in a target is not told")
  func shown() {
    #expect(Target.shown("smtp://alice:wonderland@mail.example.com:25") == "smtp://***@mail.example.com:25")
    #expect(Target.shown("alice:wonderland@mail.example.com") == "***@mail.example.com")
    #expect(Target.shown("mail.example.com") == "mail.example.com")
  }
}
