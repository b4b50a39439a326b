import Dialogue
import SASL
import SMTPSession
import SMTPWire
import Testing

@testable import Workbench

struct SessionLogTests {
  private var log: SessionLog { Fixture.session.model.live.log }

  @Test("each reply has the time since what it answers")
  func elapsed() {
    let times = log.rows.filter { $0.elapsed != nil }.map {
      RowText.plain($0).prefix(3) + " \(TimeText.elapsed($0.elapsed ?? .zero))"
    }
    #expect(
      times == [
        "con 41ms", "220 210ms", "250 40ms", "220 39ms", "TLS 92ms", "250 40ms", "235 312ms", "250 44ms", "451 1204ms",
      ])
  }

  @Test("pipelined replies are timed from their own commands")
  func pipelined() {
    var log = SessionLog()
    log.append(TimedEvent(.zero, .event(.connected(""))))
    log.append(TimedEvent(.milliseconds(10), .received(WireLine("220 x"))))
    log.append(TimedEvent(.milliseconds(20), .sent(OutgoingLine("NOOP"))))
    log.append(TimedEvent(.milliseconds(20), .sent(OutgoingLine("RSET"))))
    log.append(TimedEvent(.milliseconds(50), .received(WireLine("250 Ok"))))
    log.append(TimedEvent(.milliseconds(70), .received(WireLine("250 Ok"))))
    #expect(log.rows.compactMap(\.elapsed) == [.zero, .milliseconds(10), .milliseconds(30), .milliseconds(50)])
    #expect(log.exchanges.map(\.stage) == [.greeting, .command(.noop), .command(.rset)])
    #expect(log.rows.map(\.answer) == [nil, nil, 1, 2, nil, nil])
  }

  @Test("the first reply to EHLO is shown whole, the second as what changed")
  func folds() {
    let folds = log.rows.compactMap(\.fold)
    #expect(folds.map(\.hidden) == [8])
    #expect(folds.map(\.summary) == ["+AUTH +DSN +SMTPUTF8 +CHUNKING −STARTTLS"])
    #expect(log.rows.filter { $0.foldHead != nil }.count == 8)
  }

  @Test("who is authenticated and how TLS stands comes from the events")
  func facts() {
    #expect(log.identity == "alice")
    #expect(log.tls.isVerified)
    #expect(log.tls.version == "TLSv1.3")
    #expect(log.session.isAuthenticated)
    #expect(!log.isClosed)
  }

  @Test("lines that are no reply are marked and the log goes on")
  func broken() {
    var log = SessionLog()
    log.append(TimedEvent(.zero, .received(WireLine("SSH-2.0-OpenSSH_9.2"))))
    #expect(log.rows[0].problem == .permanentFailure)
    #expect(log.exchanges.isEmpty)
    log.append(TimedEvent(.zero, .received(WireLine([0xFF, 0x00], ending: .none))))
    #expect(log.rows[1].problem == .permanentFailure)
  }

  @Test("a reply that nobody asked for is marked")
  func unsolicited() {
    var log = SessionLog()
    log.append(TimedEvent(.zero, .received(WireLine("220 x"))))
    log.append(TimedEvent(.zero, .received(WireLine("250 again"))))
    #expect(log.rows.map(\.problem) == [nil, .warning])
  }

  @Test("a long message is folded once the final dot is sent")
  func message() {
    var fixture = Fixture.composing
    for number in 0..<20 { fixture.happen(.sent(OutgoingLine("line \(number)"))) }
    fixture.happen(.sent(OutgoingLine(".")))
    let log = fixture.model.live.log
    #expect(log.rows.filter(\.isMessage).count == 20)
    #expect(log.rows.last { $0.fold != nil }?.fold?.hidden == 19)
  }

  @Test("time that goes backwards is no negative time")
  func backwards() {
    var log = SessionLog()
    log.append(TimedEvent(.seconds(5), .event(.connected(""))))
    log.append(TimedEvent(.seconds(1), .received(WireLine("220 x"))))
    #expect(log.rows[1].elapsed == .zero)
  }
}

struct DecodedSessionTests {
  private func text(_ fixture: Fixture, _ start: String) -> String? {
    fixture.screen(200, 60).split(separator: "\n").map(String.init).first { $0.contains(start) }
  }

  @Test("each challenge and each answer of LOGIN is decoded beside its line, the password masked")
  func login() {
    var fixture = Fixture()
    fixture.begin()
    fixture.received("220 mx1.example.net ESMTP")
    fixture.sent("AUTH LOGIN")
    fixture.received("334 VXNlcm5hbWU6")
    fixture.happen(.sent(fixture.model.live.log.session.marked(Array("YWxpY2U=".utf8))))
    fixture.received("334 UGFzc3dvcmQ6")
    fixture.happen(.sent(fixture.model.live.log.session.marked(Array("d29uZGVybGFuZA==".utf8))))
    fixture.received("235 2.7.0 ok")
    #expect(text(fixture, "334 VXN")?.contains("= “Username:” (LOGIN prompt)") == true)
    #expect(text(fixture, "‹secret 8 chars›")?.contains("= “alice”") == true)
    #expect(text(fixture, "‹secret 16 chars›")?.contains("= ‹secret 10 octets›") == true)
    #expect(!fixture.screen(200, 60).contains("wonderland"))
  }

  @Test("an answer that a recording holds in clear is masked and decoded; one that is a variable is neither")
  func recording() {
    let lines: [DialogueEvent] = [
      .received(WireLine("220 mx ESMTP")), .sent(OutgoingLine("AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ=")),
      .received(WireLine("535 5.7.8 no")),
      .sent(
        OutgoingLine([.octets(Array("AUTH LOGIN ".utf8)), .secret(Secret(name: "auth.login.username", octets: []))])),
      .received(WireLine("334 UGFzc3dvcmQ6")),
    ]
    var log = SessionLog()
    for event in lines { log.append(TimedEvent(.zero, event)) }
    #expect(RowText.plain(log.rows[1]) == "AUTH PLAIN ‹secret 24 chars›")
    #expect(log.decodings[2] != nil && log.decodings[4] == nil)
    guard case .decoded(let prompt) = log.decodings[5] else {
      Issue.record("the prompt is not decoded")
      return
    }
    #expect(prompt.kind == "LOGIN prompt")
  }

  @Test("the login of an open recording is decoded below its step")
  func replay() {
    let lines: [DialogueEvent] = [
      .received(WireLine("220 mx ESMTP")), .sent(OutgoingLine("AUTH LOGIN")), .received(WireLine("334 VXNlcm5hbWU6")),
      .sent(OutgoingLine("YWxpY2U=")), .received(WireLine("334 UGFzc3dvcmQ6")),
      .sent(OutgoingLine("d29uZGVybGFuZA==")), .received(WireLine("235 ok")), .sent(OutgoingLine("QUIT")),
    ]
    var fixture = Fixture()
    fixture.give(.recording(title: "s", events: lines.map { TimedEvent(.zero, $0) }))
    fixture.press(.character("j"))
    let screen = fixture.screen(120, 40)
    #expect(screen.contains("◂ 334 VXNlcm5hbWU6 = “Username:” (LOGIN prompt)"), "\(screen)")
    #expect(screen.contains("= “alice” (LOGIN)") && !screen.contains("wonderland"))
    #expect(!screen.contains("d29uZGVybGFuZA"))
  }

  @Test("the reason that OAuth gives within its challenge explains it")
  func token() {
    let fixture = Fixture.tokenRefused
    let words = fixture.model.explanation?.text ?? ""
    #expect(words.contains("The server says 401; the token is expired"))
    #expect(!fixture.screen(200, 60).contains("t0ken"))
  }
}
