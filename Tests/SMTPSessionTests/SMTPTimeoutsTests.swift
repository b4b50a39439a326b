import SMTPSession
import SMTPWire
import Testing

@Suite("Deadlines")
struct SMTPTimeoutsTests {
  @Test("are the RFC's own for each stage")
  func standard() {
    let timeouts = SMTPTimeouts()
    #expect(timeouts.reply(to: .greeting) == .seconds(300))
    #expect(timeouts.reply(to: .command(.data)) == .seconds(120))
    #expect(timeouts.reply(to: .endOfData) == .seconds(600))
    #expect(timeouts.reply(to: .command(.rcpt)) == .seconds(300))
    #expect(timeouts.reply(to: .authResponse) == .seconds(300))
  }

  @Test("given as one are that one everywhere, and QUIT never waits long")
  func single() {
    let timeouts = SMTPTimeouts(all: .seconds(60))
    #expect(timeouts.reply(to: .endOfData) == .seconds(60))
    #expect(timeouts.reply(to: .command(.quit)) == .seconds(5))
    #expect(SMTPTimeouts(all: .seconds(2)).quit == .seconds(2))
  }
}
