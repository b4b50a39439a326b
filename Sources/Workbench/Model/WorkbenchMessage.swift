package import Dialogue
package import Failures
package import SASL
import SMTPSession

/// What happens to the workbench: from the terminal, from a session, or in answer to an effect.
package enum WorkbenchMessage: Sendable {
  case input(TerminalInput)
  /// A connection is being made; the log begins anew.
  case began(SessionIdentity)
  /// Something happened in the session that began last.
  case event(TimedEvent)
  /// The session is over, whether or not an event said so; with words, why it failed.
  case ended(String?)
  /// A certificate was refused: the user decides, and the effect `answerCertificate` says how.
  case certificateRefused(name: FailureName, words: String)
  /// The answer to `makeTemplate`: a date and a Message-ID as they stand in a header.
  case template(date: String, messageID: String)
  /// The answer to `runEditor`; nil when the editor did not end well.
  case edited([UInt8]?)
  /// The targets of the last sessions, newest first.
  case recents([RecentTarget])
  /// Who the user is to the server, where options, a profile or a file say so, and which of them it was.
  case credentials(Credentials, source: String)
  /// The state of the reference MTA in words, such as `up on 127.0.0.1:2525`; nil when it does not run.
  case reference(String?)
  /// The answer to `openRecording`; the target is the one that the file names.
  case recording(title: String, events: [TimedEvent], target: String? = nil)
  /// Something the user should know; an error stays in the log.
  case remark(String, isError: Bool)
  /// Time has passed, as `wake` asked.
  case tick
}

/// What is known of a session when its connection is begun.
package struct SessionIdentity: Hashable, Sendable {
  /// Such as `mx1.example.net:25`.
  package var title: String
  /// Whether the server is the reference MTA, where nothing can go wrong.
  package var isReference: Bool
  /// The name of the recording; nil when none is made.
  package var recording: String?
  /// Whether TLS comes before the greeting.
  package var isSecured: Bool

  /// Describes a session.
  package init(title: String, isReference: Bool, recording: String? = nil, isSecured: Bool = false) {
    self.title = title
    self.isReference = isReference
    self.recording = recording
    self.isSecured = isSecured
  }
}

/// A target of an earlier session.
package struct RecentTarget: Hashable, Sendable {
  /// As it was typed.
  package var target: String
  /// When, in words.
  package var when: String
  /// How it ended, in words.
  package var outcome: String

  /// Describes a target.
  package init(target: String, when: String, outcome: String) {
    self.target = target
    self.when = when
    self.outcome = outcome
  }
}
