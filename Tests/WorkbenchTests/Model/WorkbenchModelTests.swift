import Dialogue
import Failures
import SASL
import SMTPSession
import SMTPWire
import Testing

@testable import Workbench

struct WorkbenchModelTests {
  @Test("Enter on the start screen connects to what was typed")
  func connect() {
    var fixture = Fixture.start
    fixture.press(.control("U"))
    fixture.enter("mx1.example.net:25")
    #expect(fixture.effects == [.connect(ConnectionRequest(target: "mx1.example.net:25"))])
  }

  @Test("what is typed is what is sent, and nothing else")
  func send() {
    var fixture = Fixture.session
    fixture.enter("NOOP  hi ")
    #expect(fixture.effects == [.send([OutgoingLine("NOOP  hi ")])])
    #expect(fixture.model.input.isEmpty)
  }

  @Test("wrong lines are sent all the same")
  func wrong() {
    var fixture = Fixture.session
    fixture.enter("FOO BAR")
    #expect(fixture.effects == [.send([OutgoingLine("FOO BAR")])])
  }

  @Test("staged lines go out in one write")
  func stage() {
    var fixture = Fixture.session
    fixture.type("RSET")
    fixture.press(.control("J"))
    #expect(fixture.effects.isEmpty)
    fixture.enter("NOOP")
    #expect(fixture.effects == [.send([OutgoingLine("RSET"), OutgoingLine("NOOP")])])
    fixture.type("RSET")
    fixture.press(KeyStroke(.enter, isAlt: true))
    fixture.press(.enter)
    #expect(fixture.effects == [.send([OutgoingLine("RSET")])])
  }

  @Test("a paste of several lines is staged, not sent, and Escape drops it")
  func paste() {
    var fixture = Fixture.session
    fixture.give(.input(.paste(Array("RSET\rNOOP\rQUIT".utf8))))
    #expect(fixture.model.input.staged.count == 2)
    #expect(fixture.model.input.editor.octets == Array("QUIT".utf8))
    fixture.press(.escape)
    #expect(fixture.model.input.staged.isEmpty)
    fixture.give(.input(.paste([0x1B, 0x5D])))
    #expect(fixture.screen().contains("\\x1B]"))
  }

  @Test("AUTH typed alone asks for name and password, which are masked")
  func auth() {
    var fixture = Fixture.session
    fixture.enter("auth plain")
    fixture.type("alice")
    fixture.press(.tab)
    fixture.type("wonderland")
    #expect(!fixture.screen().contains("wonderland"))
    #expect(fixture.screen().contains("••••••••••"))
    fixture.press(.enter)
    #expect(fixture.effects == [.authenticate(mechanism: "PLAIN", Credentials(user: "alice", password: "wonderland"))])
    #expect(fixture.model.overlays.isEmpty)
  }

  @Test("without a name the bare AUTH goes out as typed; another mechanism always does")
  func bareAuth() {
    var fixture = Fixture.session
    fixture.enter("AUTH LOGIN")
    fixture.press(.enter)
    #expect(fixture.effects == [.send([OutgoingLine("AUTH LOGIN")])])
    fixture.enter("AUTH GSSAPI")
    #expect(fixture.effects == [.send([OutgoingLine("AUTH GSSAPI")])])
  }

  @Test("base64 typed behind AUTH, and the answer to a challenge, is masked everywhere")
  func secrets() {
    var fixture = Fixture.session
    fixture.type("AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ=")
    #expect(!fixture.screen().contains("AGFs"))
    fixture.press(.enter)
    guard case .send(let lines)? = fixture.effects.first else { return #expect(Bool(false), "nothing was sent") }
    #expect(lines[0].hasSecret)
    fixture.happen(.sent(lines[0]))
    fixture.received("334 ")
    fixture.type("c2VjcmV0")
    #expect(!fixture.screen(120, 40).contains("c2VjcmV0"))
    #expect(!fixture.screen(120, 40).contains("AGFs"))
    fixture.press(.enter)
    guard case .send(let answers)? = fixture.effects.first else { return #expect(Bool(false), "nothing was sent") }
    #expect(answers[0].hasSecret)
    #expect(fixture.model.input.history.lines.isEmpty)
  }

  @Test("secrets are shown after a question, for ten seconds")
  func showSecrets() {
    var fixture = Fixture.session
    fixture.press(.alt("s"))
    #expect(!fixture.screen().contains("AGFsaWNl"))
    fixture.press(.character("y"))
    #expect(fixture.screen().contains("AGFsaWNl"))
    fixture.give(.tick, after: .seconds(10))
    #expect(!fixture.screen().contains("AGFsaWNl"))
  }

  @Test("354 opens the composer; a lone dot and Enter sends on the reference MTA at once")
  func composer() {
    var fixture = Fixture()
    fixture.begin("127.0.0.1:2525", isReference: true)
    fixture.event("connected")
    fixture.received("220 x")
    fixture.sent("DATA")
    fixture.received("354 go")
    fixture.enter("Subject: test message")
    fixture.enter("")
    fixture.enter(".hidden")
    fixture.enter(".")
    #expect(fixture.effects == [.sendMessage(Array("Subject: test message\n\n.hidden\n".utf8))])
    #expect(fixture.model.overlays.isEmpty)
  }

  @Test("on a real server the final dot asks, and no is the default")
  func finalDot() {
    var fixture = Fixture.composing
    fixture.type("x")
    fixture.press(.control("D"))
    #expect(fixture.effects.isEmpty)
    #expect(fixture.screen().contains("carol@example.org"))
    #expect(!fixture.screen().contains("bob@example.org>\n"))
    fixture.press(.enter)
    #expect(!fixture.effects.contains { if case .sendMessage = $0 { true } else { false } })
    fixture.press(.control("D"))
    fixture.press(.character("y"))
    #expect(fixture.effects == [.sendMessage(Array("x\n".utf8))])
  }

  @Test("a message written before DATA is sent when the server is ready for it")
  func early() {
    var fixture = Fixture()
    fixture.begin(isReference: true)
    fixture.event("connected")
    fixture.received("220 x")
    fixture.press(.control("X"), .control("D"))
    fixture.type("hello")
    fixture.press(.control("D"))
    #expect(fixture.effects == [.send([OutgoingLine("DATA")])])
    fixture.sent("DATA")
    fixture.received("354 go")
    #expect(fixture.effects == [.sendMessage(Array("hello\n".utf8))])
  }

  @Test("the template comes from the envelope, and the cursor stands at the subject")
  func template() {
    var fixture = Fixture.composing
    fixture.press(.control("T"))
    #expect(fixture.effects == [.makeTemplate])
    fixture.give(.template(date: "Sun, 22 Nov 2026 14:03:00 +0000", messageID: "<1@x>"))
    fixture.type("test")
    let text = String(decoding: fixture.model.composer.text, as: UTF8.self)
    #expect(text.hasPrefix("From: alice@example.com\nTo: bob@example.org, carol@example.org\nSubject: test\nDate: Sun"))
  }

  @Test("a certificate that was refused is the user's to decide; anything but y is no")
  func certificate() {
    var fixture = Fixture.session
    for (stroke, isYes) in [
      (KeyStroke(.enter), false), (.character("n"), false), (KeyStroke(.escape), false), (.character("y"), true),
    ] {
      fixture.give(.certificateRefused(name: .tlsCertExpired, words: "it ended\u{1B}[2J yesterday"))
      #expect(fixture.screen().contains("it ended\\x1B[2J yesterday"))
      fixture.give(.tick, after: .milliseconds(300))
      fixture.press(stroke)
      #expect(fixture.effects == [.answerCertificate(accept: isYes)])
    }
  }

  @Test("a letter that was being typed when the question came is no answer; the end of the session is no")
  func suddenQuestion() {
    var fixture = Fixture.session
    fixture.give(.certificateRefused(name: .tlsCertExpired, words: "it ended"))
    fixture.press(.character("y"))
    #expect(fixture.effects.isEmpty)
    fixture.event("closed", "by peer")
    #expect(fixture.effects == [.answerCertificate(accept: false)])
    #expect(fixture.model.overlays.isEmpty)
  }

  @Test("the last chunk of BDAT asks on a real server, as the final dot does")
  func lastChunk() {
    var fixture = Fixture.session
    fixture.enter("BDAT 5 LAST")
    #expect(fixture.effects.isEmpty)
    fixture.press(.character("y"))
    #expect(fixture.effects == [.send([OutgoingLine("BDAT 5 LAST")])])
    var reference = Fixture()
    reference.begin(isReference: true)
    reference.enter("BDAT 5 LAST")
    #expect(reference.effects == [.send([OutgoingLine("BDAT 5 LAST")])])
  }

  @Test("the switch of the start screen begins with EHLO and STARTTLS")
  func opening() {
    var fixture = Fixture.start
    fixture.press(.tab)
    fixture.press(.character(" "))
    fixture.begin()
    fixture.event("connected")
    fixture.received("220 x")
    #expect(fixture.effects == [.send([OutgoingLine("EHLO probe.example.com")])])
    fixture.sent("EHLO probe.example.com")
    fixture.received("250-x", "250 STARTTLS")
    #expect(fixture.effects == [.send([OutgoingLine("STARTTLS")])])
    fixture.sent("STARTTLS")
    fixture.received("220 go")
    fixture.event("tls", "TLSv1.3 X Y verified")
    #expect(fixture.effects == [.send([OutgoingLine("EHLO probe.example.com")])])
    fixture.sent("EHLO probe.example.com")
    fixture.received("250 x")
    #expect(fixture.effects.isEmpty)
  }

  @Test("^C clears the line, twice in a second it quits, and asks while a session is open")
  func interrupt() {
    var fixture = Fixture.session
    fixture.type("NOOP")
    fixture.press(.control("C"))
    #expect(fixture.model.input.isEmpty)
    fixture.give(.tick, after: .seconds(2))
    fixture.press(.control("C"), .control("C"))
    #expect(fixture.effects.isEmpty)
    fixture.press(.character("y"))
    #expect(fixture.effects == [.quit])
    var start = Fixture.start
    start.press(.control("C"), .control("C"))
    #expect(start.effects == [.quit])
  }

  @Test("in BROWSE letters are commands, and Escape never quits")
  func browse() {
    var fixture = Fixture.session
    fixture.press(.escape)
    fixture.press(.escape)
    #expect(fixture.effects.isEmpty)
    fixture.press(.character("k"))
    fixture.press(.character("e"))
    #expect(fixture.model.input.editor.octets == Array("RCPT TO:<bob@example.org>".utf8))
    #expect(!fixture.model.isBrowsing)
    fixture.press(.escape)
    fixture.press(.character("r"))
    #expect(fixture.effects == [.send([OutgoingLine("RCPT TO:<bob@example.org>")])])
  }

  @Test("yank copies lines without secrets")
  func yank() {
    var fixture = Fixture.session
    fixture.press(.escape)
    fixture.press(.character("y"), .character("t"))
    guard case .copy(let text)? = fixture.effects.first else { return #expect(Bool(false), "nothing was copied") }
    #expect(text.contains("S: 451 4.7.1 Greylisted"))
    #expect(!text.contains("AGFsaWNl"))
    fixture.press(.character("y"), .character("z"))
    #expect(fixture.model.flash?.text == "yz means nothing here")
  }

  @Test("the palette finds verbs by their letters and runs them, or says why not")
  func palette() {
    var fixture = Fixture.start
    fixture.press(.control("P"))
    fixture.type("discon")
    #expect(fixture.screen().contains("not now: not connected"))
    fixture.press(.enter)
    #expect(fixture.model.flash?.text == "disconnect: not connected")
    var session = Fixture.session
    session.press(.control("P"))
    session.type("discon")
    session.press(.enter)
    #expect(session.effects == [.disconnect])
  }

  @Test("history walks by prefix, and ^R searches")
  func history() {
    var fixture = Fixture.session
    fixture.enter("NOOP one")
    fixture.enter("RSET")
    fixture.type("NO")
    fixture.press(.up)
    #expect(fixture.model.input.editor.octets == Array("NOOP one".utf8))
    fixture.press(.control("U"), .control("R"))
    fixture.type("rs")
    #expect(fixture.screen().contains("search back ‹rs› RSET"))
    fixture.press(.enter)
    #expect(fixture.model.input.editor.octets == Array("RSET".utf8))
    #expect(fixture.effects.isEmpty)
  }

  @Test("the grey text is taken by the right arrow, Tab completes")
  func completion() {
    var fixture = Fixture.session
    fixture.type("RC")
    #expect(fixture.model.ghost == "PT TO:<")
    fixture.press(.right)
    #expect(fixture.model.input.editor.octets == Array("RCPT TO:<".utf8))
    fixture.press(.control("U"))
    fixture.type("q")
    fixture.press(.tab)
    #expect(fixture.model.input.editor.octets == Array("QUIT".utf8))
  }

  @Test("after the end nothing is sent, and the same target can be connected to again")
  func closed() {
    var fixture = Fixture.start
    fixture.press(.enter)
    fixture.begin()
    fixture.event("closed", "by peer")
    #expect(!fixture.model.isConnected)
    fixture.enter("NOOP")
    #expect(fixture.model.flash?.text == "send: not connected")
    fixture.press(.control("P"))
    fixture.type("reconnect")
    fixture.press(.enter)
    #expect(fixture.effects == [.connect(ConnectionRequest(target: "ref"))])
  }

  @Test("a session that never came about is over, and says why")
  func ended() {
    var fixture = Fixture.start
    fixture.begin("nowhere.example:25")
    fixture.give(.ended("conn.unknown_host: no such host"))
    #expect(!fixture.model.isConnected)
    #expect(fixture.screen().contains("✗ conn.unknown_host: no such host"))
    #expect(fixture.screen().contains("CONN✗"))
    #expect(fixture.screen().contains("the connection is closed"))
  }

  @Test("a recording is opened by its path and shown whole")
  func recording() {
    var fixture = Fixture.start
    fixture.press(.control("O"))
    fixture.enter("s-0039.smtp")
    #expect(fixture.effects == [.openRecording(path: "s-0039.smtp")])
    fixture.give(.recording(title: "s-0039", events: Fixture.recording))
    #expect(fixture.screen().hasPrefix(" REPLAY s-0039  →  ref   step 1/4"))
    #expect(fixture.screen().contains("530 5.7.0 Authentication required"))
    fixture.give(.recording(title: "empty", events: []))
    #expect(fixture.model.flash?.isError == true)
  }

  @Test("remarks go after six seconds and stay in the log")
  func remarks() {
    var fixture = Fixture.start
    fixture.give(.remark("no such file", isError: true))
    #expect(fixture.effects == [.wake(after: .seconds(6))])
    #expect(fixture.screen().contains("✗ no such file"))
    fixture.give(.tick, after: .seconds(6))
    #expect(!fixture.screen().contains("no such file"))
    fixture.press(.alt("7"))
    #expect(fixture.screen().contains("✗ no such file"))
  }

  @Test("the edited text becomes the line, or the message")
  func editor() {
    var fixture = Fixture.session
    fixture.type("NOOP")
    fixture.press(.control("X"), .control("E"))
    #expect(fixture.effects == [.runEditor(Array("NOOP\n".utf8))])
    fixture.give(.edited(Array("NOOP a\nRSET\n".utf8)))
    #expect(fixture.model.input.staged.count == 1)
    #expect(fixture.model.input.editor.octets == Array("RSET".utf8))
    fixture.give(.edited(nil))
    #expect(fixture.model.flash?.isError == true)
  }

  @Test("on a screen that is too small only quitting works")
  func tiny() {
    var fixture = Fixture.session
    fixture.give(.input(.resize(width: 39, height: 9)))
    fixture.enter("QUIT")
    #expect(fixture.effects.isEmpty)
    #expect(fixture.model.input.isEmpty)
    fixture.press(.control("C"), .control("C"))
    #expect(fixture.model.overlays.count == 1)
  }

  @Test("a terminal that is gone ends the program")
  func hangup() {
    var fixture = Fixture.session
    fixture.give(.input(.hangup))
    #expect(fixture.effects == [.quit])
  }
}
