import Dialogue
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
    log.append(TimedEvent(.zero, .event(name: "connected", details: [])))
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
    log.append(TimedEvent(.seconds(5), .event(name: "connected", details: [])))
    log.append(TimedEvent(.seconds(1), .received(WireLine("220 x"))))
    #expect(log.rows[1].elapsed == .zero)
  }
}
