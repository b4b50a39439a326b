package import SASL
import SMTPSession
package import SMTPWire

/// What the workbench wants done. Whoever runs it performs these in their order and answers with messages.
package enum WorkbenchEffect: Hashable, Sendable {
  /// Make a connection; `began` and events answer.
  case connect(ConnectionRequest)
  /// Send lines in one write; each comes back as an event.
  case send([OutgoingLine])
  /// Carry out AUTH with these credentials; a password goes over a connection without TLS only where that is allowed.
  case authenticate(mechanism: String, Credentials, allowsPlaintext: Bool = false)
  /// Send the message's text, its lines ended by LF, then the final dot; dots are not doubled yet.
  case sendMessage([UInt8])
  /// Go on with a certificate that was refused, or give the connection up.
  case answerCertificate(accept: Bool)
  /// Drop the connection.
  case disconnect
  /// Ask for the date and a Message-ID; `template` answers.
  case makeTemplate
  /// Read a recording; `recording` or `remark` answers.
  case openRecording(path: String)
  /// Edit a text in the user's editor; `edited` answers.
  case runEditor([UInt8])
  /// Put a text where the user can paste it from.
  case copy(String)
  /// Send `tick` after a time; at most one is wanted, the last one.
  case wake(after: Duration)
  case setMouse(Bool)
  case redraw
  case suspend
  case ring
  case quit
}

/// A connection that the user asked for.
package struct ConnectionRequest: Hashable, Sendable {
  /// As it was typed; `ref` is the reference MTA, `user@domain` a domain's MX.
  package var target: String
  /// Whether TLS comes before the greeting.
  package var tlsOnConnect: Bool
  /// Whether a certificate must be good; the user is asked when it is not.
  package var verify: Bool
  /// Whether a recording is made.
  package var record: Bool

  /// Describes a connection.
  package init(target: String, tlsOnConnect: Bool = false, verify: Bool = true, record: Bool = true) {
    self.target = target
    self.tlsOnConnect = tlsOnConnect
    self.verify = verify
    self.record = record
  }
}
