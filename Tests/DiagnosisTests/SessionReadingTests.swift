import Dialogue
import SMTPSession
import SMTPWire
import Testing

@testable import Diagnosis

@Suite struct SessionReadingTests {
  @Test func `replies are matched to commands, pipelined ones, too`() {
    let reading = SessionReading(
      events(
        "S: 220 a", "C: EHLO b", "S: 250-a", "S: 250 PIPELINING", "C: MAIL FROM:<>", "C: RCPT TO:<b@c>", "S: 250 ok",
        "S: 550 no"))
    #expect(reading.exchanges.map(\.stage) == [.greeting, .command(.ehlo), .command(.mail), .command(.rcpt)])
    #expect(reading.exchanges.map(\.sentIndex) == [nil, 1, 4, 5])
    #expect(reading.exchanges[1].replyIndices == 2...3)
    #expect(reading.exchanges.map(\.wasPipelined) == [false, false, false, true])
    #expect(reading.unanswered.isEmpty && reading.strays.isEmpty)
  }

  @Test func `a pipelined command's time begins with the reply before it`() {
    let reading = SessionReading(
      events("0 S: 220 a", "1 C: MAIL FROM:<>", "1 C: RCPT TO:<b@c>", "3 S: 250 ok", "4.5 S: 250 ok"))
    #expect(reading.exchanges.map(\.duration) == [.zero, .seconds(2), .milliseconds(1500)])
  }

  @Test func `lines of a message are no commands`() {
    let reading = SessionReading(
      events("S: 220 a", "C: DATA", "S: 354 go", "C: QUIT", "C: .", "S: 250 ok", "C: QUIT", "S: 221 bye"))
    #expect(reading.exchanges.map(\.stage) == [.greeting, .command(.data), .endOfData, .command(.quit)])
    #expect(reading.sent.map(\.index) == [1, 4, 6])
  }

  @Test func `TLS on connect and a second connection begin anew`() {
    let reading = SessionReading(
      events(
        "* connected 192.0.2.1:465", "* tls TLSv1.3 X Y verified", "S: 220 a", "C: NOOP", "* closed by peer",
        "* connected 192.0.2.2:25", "S: 220 b"))
    #expect(reading.exchanges.map(\.stage) == [.greeting, .greeting])
    #expect(reading.exchanges.map(\.wasSecured) == [true, false])
    #expect(reading.unanswered.map(\.index) == [3])
  }

  @Test func `an example without events goes through TLS after the 220`() {
    let reading = SessionReading(events("S: 220 a", "C: STARTTLS", "S: 220 go", "C: EHLO b", "S: 250 a"))
    #expect(reading.exchanges.last?.wasSecured == true)
  }

  @Test func `what answers nothing, or is no reply, is a stray`() {
    let reading = SessionReading(events("S: 220 a", "S: 250 b", "S: xyz"))
    #expect(reading.strays.map(\.indices) == [1...1, 2...2])
    #expect(reading.strays.map { $0.deviation == nil } == [true, false])
  }

  @Test func `no list of events can make it fail`() {
    var generator = SplitMix(state: 3)
    let lines = [
      "S: 220 a", "S: 250-a", "S: 250 ok", "S: 334 x", "S: 354 go", "S: 421 x", "S: x", "C: EHLO a", "C: STARTTLS",
      "C: AUTH LOGIN", "C: DATA", "C: .",
      "C: BDAT 99999999999999999999 LAST", "C: BDAT 5", "C: MAIL FROM:<> SIZE=", "C: RCPT TO:<", "* tls", "* connected",
      "* closed by peer",
      "* certificate expires=", "* tls-failed", "C: ${auth.plain}", "S: ", "C: ",
    ]
    for _ in 0..<500 {
      var list: [TimedEvent] = []
      for _ in 0..<Int.random(in: 0...30, using: &generator) {
        list += events(lines.randomElement(using: &generator) ?? "S: ")
      }
      let reading = SessionReading(list)
      #expect(reading.exchanges.allSatisfy { list.indices.contains($0.replyIndices.upperBound) })
      let findings = Diagnostician.findings(in: list, clock: "2026-11-22T00:00:00Z")
      #expect(findings.allSatisfy { $0.evidence.allSatisfy { list.indices.contains($0.index) } })
    }
  }
}
