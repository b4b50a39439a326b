package import SMTPWire

/// One thing that happened in a session; a recording is a list of them, and so is everything on the screen.
package enum DialogueEvent: Hashable, Sendable {
  /// The client sent a line (`C:`).
  case sent(OutgoingLine)
  /// The server sent a line (`S:`).
  case received(WireLine)
  /// Something that is no line (`*`). It is kept apart, for lines are many and events few.
  indirect case event(SessionEvent)
  /// A remark for the reader (`#`).
  case note(String)
}

/// An event and the time since the recording began.
package struct TimedEvent: Hashable, Sendable {
  /// Since the recording began; never negative.
  package var time: Duration
  /// What happened.
  package var event: DialogueEvent

  /// Makes an event that happened at a time.
  package init(_ time: Duration, _ event: DialogueEvent) {
    self.time = time
    self.event = event
  }
}
