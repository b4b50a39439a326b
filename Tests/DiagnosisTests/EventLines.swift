import Dialogue
import SMTPSession
import SMTPWire

/// Events written as in a dialogue: `0.5 C: EHLO a`, `S: 250 ok`, `* tls TLSv1.3 …`; `${name}` at a line's end is a secret.
func events(_ lines: String...) -> [TimedEvent] {
  var time = Duration.zero
  return lines.map { line in
    var rest = line[...]
    if let first = rest.first, first.isNumber, let blank = rest.firstIndex(of: " "),
      let seconds = Double(rest[..<blank])
    {
      time = .milliseconds(Int(seconds * 1000))
      rest = rest[rest.index(after: blank)...]
    }
    return TimedEvent(time, event(String(rest)))
  }
}

private func event(_ line: String) -> DialogueEvent {
  let text = String(line.dropFirst(3))
  if line.hasPrefix("C: ") { return .sent(outgoing(text)) }
  if line.hasPrefix("S: ") { return .received(WireLine(text)) }
  let words = line.dropFirst(2).split(separator: " ", maxSplits: 1)
  return .event(SessionEvent(name: String(words[0]), details: Array((words.count > 1 ? words[1] : "").utf8)))
}

private func outgoing(_ text: String) -> OutgoingLine {
  guard let start = text.firstRange(of: "${"), text.hasSuffix("}") else { return OutgoingLine(text) }
  let name = String(text[start.upperBound...].dropLast())
  let secret = Secret(name: name, octets: Base64.encode(Array("\0alice\0wonderland".utf8)))
  return OutgoingLine([.octets(Array(text[..<start.lowerBound].utf8)), .secret(secret)])
}

/// A reply of these lines.
func reply(_ lines: String...) -> Reply {
  var parser = ReplyParser()
  for line in lines {
    if case .reply(let reply) = parser.receive(WireLine(line)) { return reply }
  }
  return Reply(599, "these lines are no reply")
}

/// A session in which these lines went to and fro; `S:` and `C:` as above, `tls` for a handshake.
func session(_ lines: String...) -> ClientSession {
  var session = ClientSession()
  var parser = ReplyParser()
  for line in lines {
    if line == "tls" { session.secured() }
    if line.hasPrefix("C: ") { session.sent(outgoing(String(line.dropFirst(3)))) }
    if line.hasPrefix("S: "), case .reply(let reply) = parser.receive(WireLine(String(line.dropFirst(3)))) {
      _ = session.received(reply)
    }
  }
  return session
}
