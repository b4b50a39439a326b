import SASL
import SMTPSession
import SMTPWire
import Testing

@testable import Workbench

struct AuthFormTests {
  private func lines(_ fixture: Fixture) -> [String] {
    fixture.model.auth.rehearsal?.lines.map { String(decoding: $0.line, as: UTF8.self) } ?? []
  }

  private func choose(_ mechanism: String, _ fixture: inout Fixture) {
    fixture.choose("auth encode \(mechanism)")
  }

  @Test("the screen begins with the strongest mechanism that the server offers")
  func offered() {
    var fixture = Fixture.session
    fixture.press(.alt("4"))
    #expect(fixture.model.screen == .auth)
    #expect(fixture.model.auth.mechanism == "PLAIN")
    fixture.press(.right)
    #expect(fixture.model.auth.mechanism == "LOGIN")
    #expect(fixture.screen(200, 60).contains("Session  mx1.example.net:25"), "the session stays in sight below")
    fixture.press(.escape)
    fixture.press(.alt("4"))
    #expect(fixture.model.auth.mechanism == "LOGIN", "what was picked stays")
    fixture.press(.left)
    #expect(fixture.model.auth.mechanism == "PLAIN")
    fixture.press(.escape)
    #expect(fixture.model.screen == .session)
    fixture.press(.escape)
    fixture.press(.character("4"))
    #expect(fixture.model.screen == .auth)
  }

  @Test("the string follows each key, and the password is on no screen")
  func live() {
    var fixture = Fixture.start
    fixture.press(.alt("4"))
    choose("plain", &fixture)
    #expect(fixture.model.auth.rehearsal == nil)
    fixture.type("alice")
    #expect(lines(fixture).first == "AUTH PLAIN AGFsaWNlAA==")
    fixture.press(.tab)
    fixture.type("wonderland")
    #expect(lines(fixture).first == "AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ=")
    for (width, height) in [(80, 24), (120, 40), (200, 60)] {
      let screen = fixture.screen(width, height)
      #expect(screen.contains("••••••••••") && screen.contains("AUTH PLAIN ‹secret 24 chars›"))
      #expect(!screen.contains("wonderland") && !screen.contains("AGFsaWNlAHdvbmRlcmxhbmQ="))
    }
  }

  @Test("M-s asks, shows for ten seconds, and hides again")
  func shown() {
    var fixture = Fixture.auth
    choose("plain", &fixture)
    fixture.press(.alt("s"))
    #expect(!fixture.screen().contains("wonderland"))
    fixture.press(.character("y"))
    #expect(fixture.screen().contains("password   wonderland") && fixture.screen().contains("AGFsaWNlAHdvbmRlcmxhbmQ="))
    fixture.give(.tick, after: .seconds(11))
    #expect(!fixture.screen().contains("wonderland"))
  }

  @Test("blanks and arrows belong to the line that is typed in")
  func typing() {
    var fixture = Fixture.start
    fixture.press(.alt("4"))
    fixture.type("a b")
    fixture.press(.left)
    fixture.type("c")
    #expect(fixture.model.auth[.user].octets == Array("a cb".utf8))
    #expect(fixture.model.auth.mechanism == "SCRAM-SHA-256")
    fixture.press(.control("C"))
    #expect(fixture.model.auth[.user].isEmpty)
  }

  @Test("the first letter typed is the user's, and ← and → take a mechanism while there is no text to move in")
  func focus() {
    var fixture = Fixture.start
    fixture.press(.alt("4"))
    #expect(fixture.screen().contains("→ mechanism"))
    fixture.press(.right)
    #expect(fixture.model.auth.mechanism == "SCRAM-SHA-1")
    fixture.type("alice")
    #expect(fixture.model.auth.credentials.user == "alice")
    fixture.press(.left)
    #expect(fixture.model.auth.mechanism == "SCRAM-SHA-1" && !fixture.screen().contains("→ mechanism"))
    #expect(fixture.screen().contains("no password yet") && !fixture.screen().contains("535"))
  }

  @Test("Enter logs in, in the session")
  func use() {
    var fixture = Fixture.auth
    fixture.press(.enter)
    let credentials = Credentials(user: "alice", password: "wonderland")
    #expect(fixture.effects == [.authenticate(mechanism: "SCRAM-SHA-256", credentials)])
    #expect(fixture.model.screen == .session)
    var alone = Fixture.start
    alone.press(.alt("4"))
    alone.press(.enter)
    #expect(alone.model.flash?.text.contains("not connected") == true)
  }

  @Test("a password that everybody on the way could read is sent only after a question")
  func clear() {
    var fixture = Fixture()
    fixture.begin()
    fixture.received("220 mx1.example.net ESMTP")
    fixture.press(.alt("4"))
    choose("plain", &fixture)
    fixture.type("alice")
    fixture.press(.enter)
    #expect(fixture.effects.isEmpty && fixture.screen().contains("Send the password in clear?"))
    fixture.press(.enter)
    #expect(!fixture.effects.contains { if case .authenticate = $0 { true } else { false } })
    fixture.press(.alt("4"))
    fixture.press(.enter)
    fixture.press(.character("y"))
    let credentials = Credentials(user: "alice", password: "")
    #expect(fixture.effects == [.authenticate(mechanism: "PLAIN", credentials, allowsPlaintext: true)])
    var reference = Fixture()
    reference.begin(isReference: true)
    reference.enter("AUTH PLAIN")
    reference.enter("alice")
    reference.press(.enter)
    #expect(
      reference.effects == [.authenticate(mechanism: "PLAIN", credentials, allowsPlaintext: true)],
      "the reference MTA is no danger")
  }

  @Test("a server's challenge is answered, and M-y copies the answer; with its secret only while it is shown")
  func yank() {
    var fixture = Fixture.start
    fixture.press(.alt("4"))
    choose("cram-md5", &fixture)
    fixture.type("tim")
    fixture.press(.tab)
    fixture.type("tanstaaftanstaaf")
    fixture.press(.alt("y"))
    #expect(fixture.effects.first == .copy("AUTH CRAM-MD5"))
    fixture.press(.tab)
    fixture.press(.tab)
    fixture.type("334 PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+")
    fixture.press(.alt("y"))
    #expect(fixture.effects.first == .copy("‹secret 48 chars›"))
    fixture.press(.alt("s"))
    fixture.press(.character("y"))
    fixture.press(.alt("y"))
    // RFC 2195 §2.
    #expect(fixture.effects.first == .copy("dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw"))
  }

  @Test("^T takes a string apart, the palette too")
  func decode() {
    var fixture = Fixture.start
    fixture.press(.alt("4"))
    fixture.press(.control("T"))
    fixture.type("334 VXNlcm5hbWU6")
    #expect(fixture.screen().contains("LOGIN prompt"))
    fixture.choose("auth decode eyJzdGF0dXMiOiI0MDAifQ==")
    #expect(fixture.screen().contains("OAuth error") && fixture.screen().contains("the request is malformed"))
  }

  @Test("a password in a string that is taken apart is not shown")
  func veiled() {
    var fixture = Fixture.start
    fixture.choose("auth decode AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ=")
    for (width, height) in [(80, 24), (120, 40)] {
      let screen = fixture.screen(width, height)
      #expect(!screen.contains("AGFsaWNl") && !screen.contains("wonderland") && screen.contains("alice"))
    }
  }

  @Test("credentials that are known are taken, unless something was typed")
  func known() {
    var fixture = Fixture.start
    fixture.give(.credentials(Credentials(user: "alice", password: "wonderland"), source: "~/.netrc"))
    fixture.press(.alt("4"))
    #expect(fixture.screen().contains("••••••••••   from: ~/.netrc"))
    fixture.begin("mail.example.org:25")
    #expect(fixture.model.auth.credentials.user.isEmpty, "they are another server's")
    fixture.press(.alt("4"))
    fixture.type("carol")
    fixture.give(.credentials(Credentials(user: "bob", password: "x"), source: "profile"))
    #expect(fixture.model.auth.credentials.user == "carol")
  }

  @Test("secrets mask hides at once what M-s shows; secrets source tells where the password is from")
  func maskAndSource() {
    var fixture = Fixture.auth
    fixture.press(.alt("s"))
    fixture.press(.character("y"))
    #expect(fixture.screen().contains("wonderland"))
    fixture.choose("secrets mask")
    #expect(!fixture.screen().contains("wonderland") && fixture.model.flash?.text == "secrets are masked")
    fixture.choose("secrets source")
    #expect(fixture.model.flash?.text == "source of alice's password: typed here")
    var other = Fixture.start
    other.choose("secrets source")
    #expect(other.model.flash?.text.contains("no password is known") == true)
    other.give(.credentials(Credentials(user: "bob", password: "builder"), source: "~/.netrc"))
    other.choose("secrets source")
    #expect(other.model.flash?.text == "source of bob's password: ~/.netrc")
  }

  @Test("auth scram shows the strongest SCRAM that the server offers, else one that every connection can have")
  func scram() {
    var fixture = Fixture.session
    fixture.choose("auth scram")
    #expect(fixture.model.screen == .auth && fixture.model.auth.mechanism == "SCRAM-SHA-256")
    #expect(fixture.screen(120, 40).contains("SaltedPassword"))
    fixture.begin()
    fixture.received("220 x")
    fixture.sent("EHLO c")
    fixture.received("250-x", "250 AUTH PLAIN SCRAM-SHA-1")
    fixture.choose("auth scram")
    #expect(fixture.model.auth.mechanism == "SCRAM-SHA-1")
  }

  @Test("secrets forget leaves no password anywhere; a session that is over is forgotten by itself")
  func forget() {
    var fixture = Fixture.auth
    fixture.choose("secrets forget")
    #expect(fixture.model.auth[.password].isEmpty && fixture.model.live.log.hasForgotten)
    var closed = Fixture.session
    closed.press(.alt("s"))
    closed.press(.character("y"))
    #expect(closed.screen().contains("AGFsaWNlAHdvbmRlcmxhbmQ="))
    closed.event("closed", "by the server")
    #expect(!closed.screen().contains("AGFsaWNlAHdvbmRlcmxhbmQ=") && closed.screen().contains("password **********"))
  }

  @Test("known credentials are proposed when AUTH is typed alone")
  func proposed() {
    var fixture = Fixture.session
    fixture.give(.credentials(Credentials(user: "alice", password: "wonderland"), source: "profile work"))
    fixture.enter("AUTH LOGIN")
    fixture.press(.enter)
    #expect(
      fixture.effects == [.authenticate(mechanism: "LOGIN", Credentials(user: "alice", password: "wonderland"))])
  }
}
