package import Dialogue
package import SMTPSession
package import TLSEngine

/// Choices that hold for a whole conversation.
package struct ConversationOptions: Sendable {
  /// Decides whether to go on with a peer whose certificate was not verified; nothing has been sent to it yet.
  package typealias TrustDecision = @Sendable (TLSFacts, [TLSVerificationFailure]) async -> Bool

  /// How long each wait may last.
  package var timeouts: SMTPTimeouts
  /// How TLS is spoken and whom it trusts.
  package var tls: TLSConfiguration
  /// The name that the certificate must have and that SNI tells; the target's host when nil.
  package var tlsName: String?
  /// Asked when a certificate was not verified.
  package var trustDecision: TrustDecision
  /// Whether plaintext behind the 220 of STARTTLS ends the conversation; it is never used in either case.
  package var endsOnInjection = true
  /// The greatest reply line in octets.
  package var maximumReplyLine = 65_536
  /// The greatest number of replies that answer nothing, where such are only noted.
  package var maximumStrays = 1_000
  /// Is told what has come of a line of the server's that has not ended, each time more of it comes: a line without an
  /// ending, from its beginning. The line comes as an event when it ends.
  package var onUnfinishedLine: (@Sendable (TimedEvent) -> Void)?
  /// The local address to connect from; any when nil.
  package var localAddress: String?

  /// Makes options; a certificate that fails its verification is refused.
  package init(
    timeouts: SMTPTimeouts = SMTPTimeouts(), tls: TLSConfiguration = .client(),
    trustDecision: @escaping TrustDecision = { _, _ in false }
  ) {
    self.timeouts = timeouts
    self.tls = tls
    self.trustDecision = trustDecision
  }
}
