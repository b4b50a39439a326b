import Dialogue
import Failures
package import SASL
package import SMTPClient
package import SMTPSession
package import SMTPWire

/// Holds a session for a person: sends each line when they enter it, and reads all the time.
///
/// The handshake after STARTTLS and the answers to AUTH's challenges are done here; everything shows in the events.
package actor LiveSessionRunner {
  private let conversation: Conversation
  private let quitTime: Duration
  private var exchange: AuthExchange?

  /// Makes a session that is not connected.
  package init(target: Target, options: ConversationOptions, sink: @escaping EventSink) {
    conversation = Conversation(target: target, options: options, sink: sink)
    quitTime = options.timeouts.quit
  }

  /// Connects and reads until the session ends; gives the reason where it was not by QUIT.
  package func run() async -> SessionFailure? {
    do {
      try await conversation.connect()
      while try await follow(conversation.nextReply()) {}
      _ = await conversation.awaitClose(within: quitTime)
      await conversation.close()
      return nil
    } catch {
      await conversation.close()
      return error
    }
  }

  /// Sends lines in one write.
  package func send(_ lines: [OutgoingLine]) async throws(SessionFailure) {
    try await conversation.send(lines, checksFirst: false)
  }

  /// Sends a message's text and the final dot.
  package func send(_ message: MessageSource) async throws(SessionFailure) {
    do {
      try await conversation.send(message, checksFirst: false)
    } catch let failure as SessionFailure {
      throw failure
    } catch {
      throw SessionFailure(.fileUnreadable, at: .message, "\(error)")
    }
  }

  /// Sends AUTH and answers the challenges that follow; a password is shown to those who read a connection without TLS only
  /// where that is allowed.
  package func authenticate(
    mechanism: String, _ credentials: Credentials, allowsPlaintext: Bool = false
  ) async throws(SessionFailure) {
    if let flaw = SASLClientMechanisms.flaw(mechanism, credentials) {
      throw SessionFailure(.authUnusableCredentials, at: .command(.auth), flaw)
    }
    await conversation.keep(credentials)
    var context = await conversation.saslContext()
    context.allowsPlaintext = allowsPlaintext
    guard let mechanism = SASLClientMechanisms.make(mechanism, credentials, context) else {
      throw SessionFailure(.authNoMechanism, at: .command(.auth), "the mechanism \(mechanism) is not supported")
    }
    if let exposure = AuthExchange.exposure(by: mechanism, context) { throw exposure }
    var exchange = AuthExchange(mechanism)
    let line = exchange.start()
    self.exchange = exchange
    try await send([line])
  }

  /// Drops the connection.
  package func disconnect() async { await conversation.close() }

  /// Does what a reply asks for; false when the server closes.
  private func follow(_ exchange: ClientSession.Exchange) async throws(SessionFailure) -> Bool {
    switch exchange.consequence {
    case .handshake: try await conversation.startTLS()
    case .closing: return false
    default: break
    }
    switch exchange.stage {
    case .command(.auth), .authResponse: try await answer(exchange.reply)
    default: break
    }
    return true
  }

  private func answer(_ reply: Reply) async throws(SessionFailure) {
    guard var exchange else { return }
    let step = await exchange.answer(reply)
    self.exchange = exchange
    if case .send(let line) = step { return try await send([line]) }
    self.exchange = nil
  }
}
