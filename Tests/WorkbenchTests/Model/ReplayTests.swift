import Dialogue
import Failures
import SASL
import SMTPSession
import SMTPWire
import Testing

@testable import Workbench

struct ReplayTests {
  private func opened(_ events: [TimedEvent] = Fixture.recording) -> Fixture {
    var fixture = Fixture.start
    fixture.give(.recording(title: "s", events: events, target: "smtp://mx.example.net:25"))
    return fixture
  }

  /// Connected by the replay, before the greeting.
  private func connected(
    _ key: Unicode.Scalar = "s", isReference: Bool = true, _ events: [TimedEvent] = Fixture.recording
  )
    -> Fixture
  {
    var fixture = opened(events)
    fixture.press(.character(key))
    fixture.press(.enter)
    fixture.begin("mx.example.net:25", isReference: isReference)
    fixture.event("connected", "192.0.2.1:25")
    return fixture
  }

  private func states(_ fixture: Fixture) -> [ReplayStep.Progress] { fixture.model.replay?.steps.map(\.progress) ?? [] }

  @Test("a recording becomes steps: greeting, commands, replies; the target is the file's")
  func steps() {
    let replay = Replay(title: "s", events: Fixture.recording, target: "smtp://mx.example.net:25")
    #expect(replay.steps.map(\.kind) == [.greeting, .line, .line, .line])
    #expect(replay.steps.map { $0.recorded?.code } == [220, 250, 530, 221])
    #expect(replay.target == "mx.example.net:25")
  }

  @Test("AUTH with its answers is one step, a message with its dot too")
  func grouped() {
    let texts = [
      "AUTH LOGIN", "334 VXNlcm5hbWU6", "YWxpY2U=", "334 UGFzc3dvcmQ6", "d29uZGVybGFuZA==", "235 ok", "MAIL FROM:<>",
      "250 ok", "RCPT TO:<a@b.example>", "250 ok", "DATA", "354 go", "Subject: x", "", "..dot", ".", "250 queued",
    ]
    var events = [TimedEvent(.zero, .received(WireLine("220 x")))]
    for text in texts {
      let isReply = text.prefix(3).allSatisfy(\.isNumber) && text.count > 3
      events.append(
        TimedEvent(.zero, isReply ? .received(WireLine(text)) : .sent(OutgoingLine(text))))
    }
    let replay = Replay(title: "s", events: events)
    #expect(replay.steps.map(\.kind) == [.greeting, .authentication("LOGIN"), .line, .line, .line, .message])
    #expect(replay.steps[1].recorded?.code == 235)
    #expect(replay.steps[5].lines.map(\.octets) == ["Subject: x", "", "..dot", "."].map { Array($0.utf8) })
  }

  @Test("nothing is sent before the user has named the server")
  func target() {
    var fixture = opened()
    fixture.press(.character("s"))
    #expect(fixture.effects.isEmpty)
    #expect(fixture.screen().contains("replay against › mx.example.net:25"))
    fixture.press(.enter)
    #expect(fixture.effects == [.connect(ConnectionRequest(target: "mx.example.net:25"))])
  }

  @Test("s sends one step and waits for its reply")
  func step() {
    var fixture = connected()
    fixture.received("220 mx2.example.net ESMTP")
    #expect(fixture.effects.isEmpty)
    #expect(fixture.model.replay?.state == .paused)
    #expect(fixture.model.replay?.steps[0].verdict == .alike)
    fixture.press(.character("s"))
    #expect(fixture.effects == [.send([OutgoingLine("EHLO client.example")])])
    #expect(states(fixture) == [.done, .awaited, .ahead, .ahead])
    fixture.sent("EHLO client.example")
    fixture.received("250-mx.example.net", "250 PIPELINING")
    #expect(fixture.model.replay?.steps[1].verdict == .same)
    #expect(fixture.effects.isEmpty)
  }

  @Test("c goes on from reply to reply and stops at a difference; I ignores it from now on")
  func difference() {
    var fixture = connected("c")
    fixture.received("220 mx.example.net ESMTP")
    #expect(fixture.effects == [.send([OutgoingLine("EHLO client.example")])])
    fixture.sent("EHLO client.example")
    fixture.received("250-mx.example.net", "250 PIPELINING")
    #expect(fixture.effects == [.send([OutgoingLine("MAIL FROM:<alice@example.com>")])])
    fixture.sent("MAIL FROM:<alice@example.com>")
    fixture.received("250 2.1.0 Ok")
    #expect(fixture.model.replay?.state == .difference)
    #expect(fixture.model.replay?.differences == 1)
    #expect(fixture.screen().contains("Why different at step 3"))
    fixture.press(.character("I"))
    #expect(fixture.model.replay?.differences == 0)
    fixture.press(.character("R"))
    #expect(fixture.effects.contains(.disconnect))
    fixture.event("closed", "by us")
    fixture.press(.character("c"))
    fixture.press(.enter)
    fixture.begin("mx.example.net:25")
    fixture.received("220 mx.example.net ESMTP")
    for _ in 0..<2 { fixture.press(.character("s")) }
    fixture.sent("EHLO client.example")
    fixture.received("250-mx.example.net", "250 PIPELINING")
    fixture.sent("MAIL FROM:<alice@example.com>")
    fixture.received("250 2.1.0 Ok")
    #expect(fixture.model.replay?.steps[2].verdict == .ignored)
  }

  @Test("a breakpoint stops before its step")
  func breakpoint() {
    var fixture = opened()
    for _ in 0..<2 { fixture.press(.character("j")) }
    fixture.press(.character("b"))
    fixture.press(.character("c"))
    fixture.press(.enter)
    fixture.begin("mx.example.net:25")
    fixture.received("220 mx.example.net ESMTP")
    fixture.sent("EHLO client.example")
    fixture.received("250-mx.example.net", "250 PIPELINING")
    #expect(fixture.effects.isEmpty)
    #expect(fixture.model.replay?.state == .breakpoint)
    fixture.press(.character("c"))
    #expect(fixture.effects == [.send([OutgoingLine("MAIL FROM:<alice@example.com>")])])
  }

  @Test("steps can be edited, inserted and left out while they are ahead")
  func changes() {
    var fixture = connected()
    fixture.received("220 mx.example.net ESMTP")
    fixture.press(.character("j"), .character("e"))
    fixture.press(.control("U"))
    fixture.enter("HELO other.example")
    fixture.press(.character("j"), .character("i"))
    fixture.enter("NOOP")
    fixture.press(.character("j"), .character("d"))
    #expect(fixture.screen().contains("‹left out›"))
    fixture.press(.character("s"))
    #expect(fixture.effects == [.send([OutgoingLine("HELO other.example")])])
    fixture.sent("HELO other.example")
    fixture.received("250 mx.example.net")
    fixture.press(.character("s"))
    #expect(fixture.effects == [.send([OutgoingLine("NOOP")])])
    fixture.sent("NOOP")
    fixture.received("250 ok")
    fixture.press(.character("s"))
    #expect(fixture.effects == [.send([OutgoingLine("QUIT")])])
  }

  @Test("the keys that change the replay have a hint on a screen of 80 columns")
  func hints() {
    let hints = opened().screen().split(separator: "\n").last.map(String.init) ?? ""
    for hint in ["s step", "n reply", "c run", "b break", "R restart", "e edit", "i insert", "d skip", "I ignore"] {
      #expect(hints.contains(hint), "\(hint) is not in: \(hints)")
    }
  }

  @Test("AUTH asks for credentials once and before it shows a password, and a message on a real server before its dot")
  func questions() {
    let texts = ["AUTH PLAIN AGEAYg==", "235 ok", "DATA", "354 go", "x", ".", "250 queued"]
    let events =
      [TimedEvent(.zero, .received(WireLine("220 x")))]
      + texts.map { text in
        TimedEvent(
          .zero, text.first?.isNumber == true ? .received(WireLine(text)) : .sent(OutgoingLine(text)))
      }
    var fixture = connected("c", isReference: false, events)
    fixture.received("220 x")
    #expect(fixture.effects.isEmpty)
    // There is no line of one's own that could go out without a name.
    #expect(fixture.screen().contains("Esc back") && !fixture.screen().contains("the line as typed"))
    fixture.enter("alice")
    fixture.enter("wonderland")
    #expect(fixture.effects.isEmpty && fixture.screen().contains("Send the password in clear?"))
    fixture.press(.character("n"))
    #expect(fixture.model.replay?.state == .paused && fixture.model.flash?.text.contains("nothing was sent") == true)
    fixture.press(.character("c"))
    fixture.press(.character("y"))
    let credentials = Credentials(user: "alice", password: "wonderland")
    #expect(fixture.effects == [.authenticate(mechanism: "PLAIN", credentials, allowsPlaintext: true)])
    fixture.sent("AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ=")
    fixture.received("235 ok")
    #expect(fixture.effects == [.send([OutgoingLine("DATA")])])
    fixture.sent("DATA")
    fixture.received("354 go")
    #expect(fixture.effects.isEmpty)
    #expect(fixture.screen().contains("Send the final dot?"))
    fixture.press(.character("y"))
    #expect(fixture.effects == [.send([OutgoingLine("x"), OutgoingLine(".")])])
  }

  @Test("at the recorded pace the pause is kept, at most three seconds")
  func pace() {
    var fixture = opened()
    for _ in 0..<4 { fixture.press(.character("<")) }
    #expect(fixture.model.replay?.pace == 1)
    fixture.press(.character("c"))
    fixture.press(.enter)
    fixture.begin("mx.example.net:25")
    fixture.received("220 mx.example.net ESMTP")
    #expect(fixture.effects == [.wake(after: .milliseconds(1))])
    fixture.give(.tick)
    #expect(fixture.effects == [.send([OutgoingLine("EHLO client.example")])])
  }

  @Test("a connection that ends too early leaves the replay at its place")
  func lost() {
    var fixture = connected("c")
    fixture.received("220 mx.example.net ESMTP")
    fixture.event("closed", "by peer")
    #expect(fixture.model.replay?.state == .lost)
    fixture.press(.character("s"))
    #expect(fixture.model.flash?.text == "the connection is gone: R begins anew")
  }

  @Test(
    "behind STARTTLS nothing goes out before the handshake, nor before a question about the certificate is answered")
  func handshake() {
    let events = [
      TimedEvent(.zero, .received(WireLine("220 x"))), TimedEvent(.zero, .sent(OutgoingLine("STARTTLS"))),
      TimedEvent(.zero, .received(WireLine("220 go"))), TimedEvent(.zero, .sent(OutgoingLine("EHLO c"))),
      TimedEvent(.zero, .received(WireLine("250 x"))),
    ]
    for isVerified in [true, false] {
      var fixture = connected("c", isReference: false, events)
      fixture.received("220 x")
      fixture.sent("STARTTLS")
      fixture.received("220 go")
      #expect(fixture.effects.isEmpty)
      fixture.event("tls", "TLSv1.3 X \(isVerified ? "verified" : "unverified")")
      if !isVerified {
        #expect(fixture.effects.isEmpty)
        fixture.event("tls-failed", "tls.cert.untrusted unknown issuer")
        fixture.give(.certificateRefused(name: .tlsCertUntrusted, words: "unknown issuer"))
        fixture.give(.input(.key(.character("y"))), after: .seconds(1))
        #expect(fixture.effects.first == .answerCertificate(accept: true))
      }
      #expect(fixture.effects.last == .send([OutgoingLine("EHLO c")]))
    }
  }
}
