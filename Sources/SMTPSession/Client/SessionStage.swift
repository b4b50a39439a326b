package import SMTPWire

/// What a reply answers, and where in a session something happened.
package enum SessionStage: Hashable, Sendable, CustomStringConvertible {
  case connect
  case greeting
  case command(Command.Verb)
  /// The client's answer to a 334 of AUTH.
  case authResponse
  case handshake
  /// The message itself, between 354 and the final dot.
  case message
  /// The final dot, or the last chunk of BDAT.
  case endOfData

  /// The stage in a sentence: `MAIL`, `the greeting`, `the final dot`.
  package var description: String {
    switch self {
    case .connect: "connecting"
    case .greeting: "the greeting"
    case .command(.other): "the command"
    case .command(let verb): verb.rawValue
    case .authResponse: "AUTH"
    case .handshake: "the TLS handshake"
    case .message: "DATA"
    case .endOfData: "the final dot"
    }
  }
}
