import SMTPWire

/// Writes what happened as lines of a dialogue file.
///
/// Each event is one line, written as a whole, so that a recording that ends at any instant can be read. A secret is
/// written as the variable that stands for it.
package enum DialogueWriter {
  /// The first lines of a recording: the version, the server, and the instant it began (RFC 3339).
  package static func recordingHead(target: String, clock: String) -> [UInt8] {
    var head = Array("# parley 1\n* target ".utf8)
    OctetText.escape(Array(target.utf8), dollar: false, into: &head)
    head.append(contentsOf: "\n* clock ".utf8)
    OctetText.escape(Array(clock.utf8), dollar: false, into: &head)
    head.append(0x0A)
    return head
  }

  /// Appends the line of one event, its line end included.
  package static func write(_ event: TimedEvent, into buffer: inout [UInt8]) {
    writeTime(event.time, into: &buffer)
    switch event.event {
    case .sent(let line):
      mark("C:", isEmpty: line.ending == .crlf && line.parts.allSatisfy { $0 == .octets([]) }, into: &buffer)
      for part in line.parts { write(part, into: &buffer) }
      if line.ending == .crlf { protectLineFeed(of: line.parts, in: &buffer) }
      write(line.ending, into: &buffer)
    case .received(let line):
      mark("S:", isEmpty: line.octets.isEmpty && line.ending == .crlf, into: &buffer)
      OctetText.escape(line.octets, dollar: true, into: &buffer)
      if line.ending == .crlf, line.octets.last == 0x0A { protectLineFeed(in: &buffer) }
      write(line.ending, into: &buffer)
    case .event(let event):
      mark("*", isEmpty: false, into: &buffer)
      OctetText.escape(Array(event.name.utf8), dollar: false, into: &buffer)
      let details = event.details
      if !details.isEmpty { buffer.append(0x20) }
      OctetText.escape(details, dollar: false, into: &buffer)
    case .note(let text):
      mark("#", isEmpty: text.isEmpty, into: &buffer)
      OctetText.escape(Array(text.utf8), dollar: false, into: &buffer)
    }
    buffer.append(0x0A)
  }

  /// The line of one event.
  package static func line(_ event: TimedEvent) -> [UInt8] {
    var buffer: [UInt8] = []
    write(event, into: &buffer)
    return buffer
  }

  private static func mark(_ mark: StaticString, isEmpty: Bool, into buffer: inout [UInt8]) {
    mark.withUTF8Buffer { buffer.append(contentsOf: $0) }
    if !isEmpty { buffer.append(0x20) }
  }

  private static func write(_ part: OutgoingLine.Part, into buffer: inout [UInt8]) {
    switch part {
    case .octets(let octets): OctetText.escape(octets, dollar: true, into: &buffer)
    case .secret(let secret): buffer.append(contentsOf: "${\(secret.name)}".utf8)
    }
  }

  private static func write(_ ending: WireLine.Ending, into buffer: inout [UInt8]) {
    switch ending {
    case .crlf: break
    case .bareLF: buffer.append(contentsOf: "\\n".utf8)
    case .none: buffer.append(contentsOf: "\\z".utf8)
    }
  }

  /// A line feed that is the last octet of a line's text is written by its number: `\n` there would be the line's ending.
  private static func protectLineFeed(of parts: [OutgoingLine.Part], in buffer: inout [UInt8]) {
    if case .octets(let octets)? = parts.last, octets.last == 0x0A { protectLineFeed(in: &buffer) }
  }

  private static func protectLineFeed(in buffer: inout [UInt8]) {
    buffer.removeLast(2)
    buffer.append(contentsOf: "\\x0A".utf8)
  }

  /// Seconds with three decimals, cut off, and a blank.
  private static func writeTime(_ time: Duration, into buffer: inout [UInt8]) {
    let (seconds, attoseconds) = time.components
    let milliseconds = max(0, attoseconds / 1_000_000_000_000_000)
    decimal(max(0, seconds), into: &buffer)
    buffer.append(UInt8(ascii: "."))
    for unit: Int64 in [100, 10, 1] { buffer.append(UInt8(0x30 + milliseconds / unit % 10)) }
    buffer.append(0x20)
  }

  private static func decimal(_ value: Int64, into buffer: inout [UInt8]) {
    let start = buffer.count
    var rest = value
    repeat {
      buffer.append(UInt8(0x30 + rest % 10))
      rest /= 10
    } while rest > 0
    buffer[start...].reverse()
  }
}
