import Dialogue
import SMTPWire

// How many lines of a dialogue a second are written, read, written again and compared.
//
//   bench write|read|rewrite|compare

/// A dialogue of so many lines: one session after the other, as the recorder writes them.
func events(count: Int, hasDifferences: Bool = false) -> [TimedEvent] {
  var events: [TimedEvent] = []
  events.reserveCapacity(count)
  var session = 0
  while events.count < count {
    for event in conversation(session, isOdd: hasDifferences && session % 1_000 == 7) {
      events.append(TimedEvent(.milliseconds(events.count), event))
    }
    session += 1
  }
  return Array(events.prefix(count))
}

func conversation(_ number: Int, isOdd: Bool) -> [DialogueEvent] {
  let id = String(0xF000_0000_0000 + number &* 2_654_435_761 % 0xFFF_FFFF, radix: 16, uppercase: true)
  var events: [DialogueEvent] = [.event(.connected("192.0.2.25:25"))]
  func said(_ lines: String...) { events += lines.map { .received(WireLine($0)) } }
  func say(_ lines: String...) { events += lines.map { .sent(OutgoingLine($0)) } }
  said("220 mail.example.com ESMTP Postfix")
  say("EHLO client.example")
  said("250-mail.example.com", "250-PIPELINING", isOdd ? "250-SIZE 52428800" : "250-SIZE 10240000", "250-VRFY")
  said("250-ETRN", "250-STARTTLS", "250-ENHANCEDSTATUSCODES", "250-8BITMIME", "250-DSN", "250 CHUNKING")
  say("MAIL FROM:<alice\(number)@example.com> SIZE=1024")
  said("250 2.1.0 Ok")
  say("RCPT TO:<bob@example.org>")
  said(isOdd ? "550 5.7.1 <bob@example.org>: Relay access denied" : "250 2.1.5 Ok")
  say("DATA")
  said("354 End data with <CR><LF>.<CR><LF>")
  say("From: Alice <alice@example.com>", "To: Bob <bob@example.org>", "Subject: number \(number)", "")
  say("A line of seventy-two letters, as they stand in most messages of the kind.", "..and a dot", ".")
  said("250 2.0.0 Ok: queued as \(id)")
  say("QUIT")
  said("221 2.0.0 Bye")
  events.append(.event(.closed(by: .peer, "")))
  return events
}

func written(_ events: [TimedEvent]) -> [UInt8] {
  var file = DialogueWriter.recordingHead(target: "smtp://mail.example.com:25", clock: "2026-11-22T19:34:05.123Z")
  file.reserveCapacity(events.count * 64)
  for event in events { DialogueWriter.write(event, into: &file) }
  return file
}

/// The best of several runs, as lines a second.
func measure(_ name: String, lines: Int, runs: Int = 5, _ body: () -> Void) {
  let clock = ContinuousClock()
  let times = (0..<runs).map { _ in clock.measure(body).components }
  let best = times.map { Double($0.seconds) + Double($0.attoseconds) / 1e18 }.min() ?? 1
  let rate = Double(Int(Double(lines) / best / 1e4)) / 100
  print("\(name): \(lines) lines in \(Int(best * 1000)) ms, \(rate) M lines/s", terminator: "")
}

let count = 1_000_000
switch CommandLine.arguments.dropFirst().first {
case "write":
  let events = events(count: count)
  var buffer: [UInt8] = []
  measure("written as they happen", lines: count) {
    for event in events {
      DialogueWriter.write(event, into: &buffer)
      if buffer.count > 1 << 16 { buffer.removeAll(keepingCapacity: true) }
    }
  }
case "read":
  let file = written(events(count: count))
  var reading = DialogueReading.none
  measure("read", lines: count) {
    reading = DialogueReader.read([])
    reading = DialogueReader.read(file)
  }
  precondition(reading.dialogue.lines.count == count + 3 && !reading.hasErrors)
case "rewrite":
  let file = written(events(count: count))
  let dialogue = DialogueReader.read(file).dialogue
  var again: [UInt8] = []
  measure("written again", lines: count) { again = dialogue.source }
  precondition(again == file)
case "compare":
  let one = DialogueReader.read(written(events(count: count))).dialogue
  let other = DialogueReader.read(written(events(count: count, hasDifferences: true))).dialogue
  var result = DialogueComparison.compare(Dialogue(), Dialogue())
  measure("compared with another of as many", lines: count, runs: 3) {
    result = DialogueComparison.compare(one, other, level: .text)
  }
  precondition(!result.areAlike && result.findings.count > 50)
default: print("bench write|read|rewrite|compare")
}

extension DialogueReading {
  static var none: DialogueReading { DialogueReader.read([]) }
}
