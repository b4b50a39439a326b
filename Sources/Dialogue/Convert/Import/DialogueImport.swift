import SMTPWire

/// A session that another program wrote down, and what could not be told from its words.
package struct DialogueImport: Hashable, Sendable {
  /// What happened. Secrets are variables; their octets are gone.
  package var events: [TimedEvent]
  /// What the source does not show, as sentences that are safe on a terminal and hold nothing of the source.
  package var notes: [String]
  /// The server's URL, such as `smtp://192.0.2.25:587`; nil where the source does not say.
  package var target: String?
  /// The instant from which the times count (RFC 3339); nil where the source does not say.
  package var clock: String?
  /// Whether the times are the source's; otherwise they are all zero.
  package var hasTimes: Bool
  /// How many sessions the source holds.
  package var sessions: Int

  init(_ recorder: ImportRecorder = ImportRecorder(), target: String? = nil, sessions: Int = 1) {
    events = recorder.events
    notes = recorder.notes
    self.target = target
    clock = nil
    hasTimes = recorder.time > .zero
    self.sessions = sessions
  }

  /// A source in which nothing was found, and why.
  static func nothing(_ reason: String, sessions: Int = 0) -> Self {
    var result = Self(sessions: sessions)
    result.notes = [reason]
    return result
  }

  /// Whether neither side says a line.
  package var isEmpty: Bool {
    !events.contains { event in
      switch event.event {
      case .sent, .received: true
      case .event, .note: false
      }
    }
  }

  /// The dialogue file: its head, the notes as remarks, and the events, without times where the source has none.
  package var octets: [UInt8] {
    var octets = Array("# parley 1\n".utf8)
    if let target { octets += Self.untimed(.event(.target(target))) }
    if let clock { octets += Self.untimed(.event(.clock(clock))) }
    for note in notes { octets += Self.untimed(.note(note)) }
    for event in events {
      if hasTimes {
        DialogueWriter.write(event, into: &octets)
      } else {
        octets += Self.untimed(event.event)
      }
    }
    return octets
  }

  /// The dialogue file as it is read again.
  package var dialogue: Dialogue { DialogueReader.read(octets).dialogue }

  /// The line of an event without its time.
  private static func untimed(_ event: DialogueEvent) -> ArraySlice<UInt8> {
    let line = DialogueWriter.line(TimedEvent(.zero, event))
    return line.drop { $0 != 0x20 }.dropFirst()
  }
}
