package import Dialogue

/// A recording, and how far it has been played.
package struct Replay: Sendable {
  /// Its name.
  package let title: String
  /// All its events.
  package let events: [TimedEvent]
  package private(set) var pane = DialoguePane()
  /// The number of events that have been played.
  package private(set) var position = 0

  /// Opens a recording at its beginning.
  package init(title: String, events: [TimedEvent]) {
    self.title = title
    self.events = events
    stepLine()
  }

  /// Whether all has been played.
  package var isAtEnd: Bool { position >= events.count }

  /// Plays one event.
  package mutating func stepLine() {
    guard !isAtEnd else { return }
    pane.log.append(events[position])
    position += 1
    pane.isFollowing = true
    pane.grew()
  }

  /// Plays up to and with the next complete reply.
  package mutating func stepReply() {
    while !isAtEnd {
      let known = pane.log.exchanges.count
      stepLine()
      if pane.log.exchanges.count > known { return }
    }
  }

  /// Plays the rest.
  package mutating func stepAll() {
    while !isAtEnd {
      pane.log.append(events[position])
      position += 1
    }
    pane.selectLast()
  }

  /// Takes the last event back.
  package mutating func stepBack() {
    rewind(to: max(1, position - 1))
  }

  /// Begins anew.
  package mutating func restart() { rewind(to: 1) }

  /// Changes the reader's place.
  package mutating func read(_ change: (inout DialoguePane) -> Void) { change(&pane) }

  private mutating func rewind(to end: Int) {
    var fresh = DialoguePane()
    fresh.marks = pane.marks
    fresh.filter = pane.filter
    for event in events.prefix(end) { fresh.log.append(event) }
    fresh.selectLast()
    pane = fresh
    position = min(end, events.count)
  }
}
