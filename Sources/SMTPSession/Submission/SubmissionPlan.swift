package import SASL
package import SMTPWire

/// What one submission shall do: the choices of `parley send`.
package struct SubmissionPlan: Sendable {
  /// When TLS is used.
  package enum TLSPolicy: Sendable {
    case never
    /// STARTTLS when it is offered.
    case ifOffered
    /// STARTTLS, or no mail at all.
    case required
    /// TLS from the first octet (RFC 8314 §3.3).
    case onConnect
  }

  /// Whether and how to log in.
  package enum AuthPolicy: Sendable {
    case none
    /// By this mechanism, or by the best in common where it is nil.
    case required(mechanism: String?, Credentials)
  }

  /// After which step the session ends on purpose.
  package enum Stop: String, CaseIterable, Sendable {
    case connect, banner, ehlo, tls, auth, mail, rcpt, data, dot
  }

  /// The name to give with EHLO.
  package var greetingName: String
  /// Whether LMTP is spoken (RFC 2033): LHLO, and one answer for each recipient.
  package var isLMTP = false
  /// When TLS is used.
  package var tls = TLSPolicy.never
  /// Whether and how to log in.
  package var auth = AuthPolicy.none
  /// Whether the mechanism that is named is tried though the server does not offer it.
  package var forcesMechanism = false
  /// Whether a password may go over a connection without TLS by PLAIN or LOGIN.
  package var allowsPlaintextAuth = false
  /// From whom to whom, with what parameters.
  package var envelope: SubmissionEnvelope
  /// After which step QUIT is said; nil for a whole session.
  package var quitAfter: Stop?
  /// After which step the connection is dropped without QUIT.
  package var dropAfter: Stop?

  /// Makes a plan that uses no TLS and no login unless told.
  package init(greetingName: String, envelope: SubmissionEnvelope) {
    self.greetingName = greetingName
    self.envelope = envelope
  }

  /// Makes a plan with a plain envelope.
  package init(greetingName: String, sender: String, recipients: [String]) {
    self.init(greetingName: greetingName, envelope: SubmissionEnvelope(sender: sender, recipients: recipients))
  }
}

/// How a submission ended.
package struct SubmissionOutcome: Sendable {
  /// Why not everything was done; nil when it was.
  package var failure: SessionFailure?
  /// Each recipient's reply, in the plan's order; nil where none came.
  package var recipients: [Reply?] = []
  /// The reply to the end of the message.
  package var final: Reply?
}
