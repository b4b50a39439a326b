import SMTPWire

/// A dialogue file: a recording, a script, or an example from an RFC.
///
/// It is the list of its lines, each with the octets it was read from, so that writing it again gives the same file.
package struct Dialogue: Hashable, Sendable {
  /// In their order; a line can be replaced, added or taken out.
  package var lines: [DialogueLine]

  /// Makes a dialogue of its lines.
  package init(lines: [DialogueLine] = []) {
    self.lines = lines
  }

  /// The octets of the whole file.
  ///
  /// A line that was cut and is no longer the last one gets the line end it lacks.
  package var source: [UInt8] {
    var octets: [UInt8] = []
    octets.reserveCapacity(lines.reduce(0) { $0 + $1.source.count })
    for (index, line) in lines.enumerated() {
      octets.append(contentsOf: line.source)
      if !line.isEnded, index < lines.count - 1 { octets.append(0x0A) }
    }
    return octets
  }

  /// The server that `* target` names.
  package var target: String? { head { if case .target(let text) = $0 { text } else { nil } } }
  /// The instant at which the recording began, as `* clock` has it (RFC 3339).
  package var clock: String? { head { if case .clock(let text) = $0 { text } else { nil } } }
  /// Whether a program wrote the file as a session went on, which it says with `* clock`.
  package var isRecording: Bool { clock != nil }

  /// What happened, in the order of the lines; steps and patterns did not happen and are left out.
  ///
  /// A line without a time has the time of the line before it. A variable in a client's line is a secret of no octets:
  /// the file does not hold them.
  package var events: [TimedEvent] {
    var time = Duration.zero
    return lines.compactMap { line in
      time = line.time ?? time
      return line.event.map { TimedEvent(time, $0) }
    }
  }

  /// What is picked from an event of the head, which ends where the dialogue itself begins; safe to show.
  private func head(_ pick: (SessionEvent) -> String?) -> String? {
    for line in lines {
      switch line.kind {
      case .client, .server, .pattern, .step: return nil
      case .event:
        guard let text = line.sessionEvent.flatMap(pick) else { continue }
        return OctetText.readable(Array(text.utf8))
      case .note, .blank, .unknown: continue
      }
    }
    return nil
  }
}

extension DialogueLine {
  /// What the line says that happened; nil for a step, a pattern, a blank and what cannot be read.
  package var event: DialogueEvent? {
    switch kind {
    case .client: .sent(outgoing)
    case .server: .received(WireLine(content.octets, ending: content.ending))
    case .event: sessionEvent.map { .event($0) }
    case .note: .note(String(decoding: Self.unescaped(text), as: UTF8.self))
    case .pattern, .step, .blank, .unknown: nil
    }
  }

  private var outgoing: OutgoingLine {
    let content = content
    let parts = content.segments.map { segment -> OutgoingLine.Part in
      switch segment {
      case .octets(let octets): .octets(octets)
      case .variable(let name): .secret(Secret(name: name, octets: []))
      }
    }
    return OutgoingLine(parts.isEmpty ? [.octets([])] : parts, ending: content.ending)
  }

  /// The event of a line of that kind; nil for another line.
  package var sessionEvent: SessionEvent? {
    guard kind == .event else { return nil }
    let name = text.prefix { !$0.isASCIIBlank }
    let details = Self.unescaped(text.dropFirst(name.count + 1))
    return SessionEvent(name: String(decoding: name, as: UTF8.self), details: details)
  }

  /// The name of the event of a line of that kind, its details not looked at; nil for another line or an unknown name.
  var eventName: SessionEvent.Name? {
    guard kind == .event else { return nil }
    return SessionEvent.Name(rawValue: String(decoding: text.prefix { !$0.isASCIIBlank }, as: UTF8.self))
  }

  /// The octets of an escaped text, or the text itself where it is not one.
  private static func unescaped(_ text: ArraySlice<UInt8>) -> [UInt8] {
    // Hardly any has an escape, and a comparison reads each.
    guard text.contains(UInt8(ascii: "\\")) else { return Array(text) }
    return (try? OctetText.unescape(text)) ?? Array(text)
  }
}
