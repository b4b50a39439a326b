package import Dialogue
package import SMTPWire

/// One row of the dialogue: an event and what is known about it.
package struct LogRow: Hashable, Sendable {
  /// What needs the reader's eye.
  package enum Problem: Hashable, Sendable {
    case warning
    case transientFailure
    case permanentFailure
  }

  /// Rows that may be shown as one.
  package struct Fold: Hashable, Sendable {
    /// The rows behind the first one.
    package let hidden: Int
    /// What stands in their place.
    package let summary: String
  }

  /// From 1; it never changes.
  package let number: Int
  /// Since the session began.
  package let time: Duration
  /// What happened.
  package private(set) var event: DialogueEvent
  /// The time from what was answered to this row; nil where nothing was measured.
  package var elapsed: Duration?
  /// The code of the reply this line belongs to.
  package var code: ReplyCode?
  /// The reply this line belongs to, as an index into the log's exchanges.
  package var exchange: Int?
  /// The reply that answered this sent line, as an index into the log's exchanges.
  package var answer: Int?
  /// What is wrong with it; nil where nothing is.
  package var problem: Problem?
  /// Whether a reply to this sent line is to come, or has come.
  package var asks = false
  /// Whether the row is the message's text, between 354 and the final dot.
  package var isMessage = false
  /// Set on the first row of a fold.
  package var fold: Fold?
  /// The number of the first row of the fold that this row belongs to, when it is not the first.
  package var foldHead: Int?

  /// Makes a row of an event.
  package init(number: Int, time: Duration, event: DialogueEvent) {
    self.number = number
    self.time = time
    self.event = event
  }

  /// The row with another event in it.
  func saying(_ event: DialogueEvent) -> LogRow {
    var row = self
    row.event = event
    return row
  }
}
