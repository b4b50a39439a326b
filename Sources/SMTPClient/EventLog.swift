package import Dialogue
import SMTPWire

/// Takes events as they happen: all those of one read or one write together.
package typealias EventSink = @Sendable ([TimedEvent]) -> Void

/// Collects the events of a conversation with their times and hands them on in batches.
package struct EventLog {
  private let start: ContinuousClock.Instant
  private let sink: EventSink
  private var batch: [TimedEvent] = []
  private var last = Duration.zero

  /// Begins at an instant, which is time zero.
  package init(start: ContinuousClock.Instant, sink: @escaping EventSink) {
    self.start = start
    self.sink = sink
  }

  /// Notes an event that happens now, or happened at an instant that is past; times never go back.
  package mutating func note(_ event: DialogueEvent, at instant: ContinuousClock.Instant = .now) {
    last = max(last, instant - start)
    batch.append(TimedEvent(last, event))
  }

  /// What has come of a line that has not ended, with its time.
  func unfinished(_ octets: [UInt8], at instant: ContinuousClock.Instant) -> TimedEvent {
    TimedEvent(max(last, instant - start), .received(WireLine(octets, ending: .none)))
  }

  /// Notes an event that is no line and happens now.
  package mutating func note(_ event: SessionEvent) { note(.event(event)) }

  /// Hands on what was noted.
  package mutating func flush() {
    guard !batch.isEmpty else { return }
    sink(batch)
    batch.removeAll(keepingCapacity: true)
  }
}
