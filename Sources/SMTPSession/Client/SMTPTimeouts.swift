import SMTPWire

/// How long a client waits at each stage (RFC 5321 §4.5.3.2).
package struct SMTPTimeouts: Hashable, Sendable {
  /// For a connection to be made, each address by itself.
  package var connect: Duration = .seconds(30)
  /// For the greeting (§4.5.3.2.1).
  package var greeting: Duration = .seconds(300)
  /// For the reply to MAIL, RCPT and every command not named here (§4.5.3.2.2, §4.5.3.2.3).
  package var command: Duration = .seconds(300)
  /// For the reply to DATA (§4.5.3.2.4).
  package var dataInitiation: Duration = .seconds(120)
  /// For a block of the message to be taken by the server (§4.5.3.2.5).
  package var dataBlock: Duration = .seconds(180)
  /// For the reply to the final dot (§4.5.3.2.6).
  package var dataTermination: Duration = .seconds(600)
  /// For the TLS handshake, of which no RFC speaks.
  package var handshake: Duration = .seconds(60)
  /// For the reply to QUIT, which decides nothing: the session is over.
  package var quit: Duration = .seconds(5)
  /// For the session as a whole, from the attempt to connect on; nil for no bound. A server that answers each command
  /// just in time gains nothing by it.
  package var total: Duration?

  /// The RFC's own values.
  package init() {}

  /// One value for every wait; QUIT never waits longer than five seconds.
  package init(all duration: Duration) {
    connect = duration
    greeting = duration
    command = duration
    dataInitiation = duration
    dataBlock = duration
    dataTermination = duration
    handshake = duration
    quit = min(duration, .seconds(5))
  }

  /// The time for the reply to a command.
  package func reply(to stage: SessionStage) -> Duration {
    switch stage {
    case .greeting: greeting
    case .command(.data): dataInitiation
    case .command(.quit): quit
    case .endOfData: dataTermination
    default: command
    }
  }
}
