package import SMTPWire

/// What a reply will answer; the time a client waits for it depends on that (RFC 5321 §4.5.3.2).
package enum AwaitedReply: Hashable, Sendable {
  /// The server speaks first.
  case greeting
  /// A command; a variable in it stands as `${name}`.
  case command(Command)
  /// A line of the exchange that AUTH began (RFC 4954 §4).
  case authentication
  /// The lone dot that ends a message.
  case messageEnd
  /// Nothing that the client has sent.
  case unprompted

  /// A short name, such as `MAIL`, `greeting` or `message`.
  package var name: String {
    switch self {
    case .greeting: "greeting"
    case .command(let command): command.name
    case .authentication: "AUTH"
    case .messageEnd: "message"
    case .unprompted: "nothing"
    }
  }

  /// The reply within a sentence, such as `the reply to MAIL`.
  package var object: String {
    switch self {
    case .greeting: "the greeting"
    case .command(let command): "the reply to \(command.name)"
    case .authentication: "the reply in the AUTH exchange"
    case .messageEnd: "the reply to the message"
    case .unprompted: "the server's next reply"
    }
  }

  /// The reply at the beginning of a sentence.
  package var subject: String { "T" + object.dropFirst() }

  func isCommand(_ verb: Command.Verb) -> Bool {
    if case .command(let command) = self { command.verb == verb } else { false }
  }
}
