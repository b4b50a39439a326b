package import SASL
package import SMTPWire

/// What a server's session asks of who drives it, in order.
package enum ServerAction: Hashable, Sendable {
  /// Octets for the client; several may go out in one write, before the next read.
  case send([UInt8])
  /// A line for the log, without its head.
  case log(String)
  /// Make TLS now: the reply goes out in clear, what was received behind the command is thrown away.
  ///
  /// The reply is empty where TLS comes first (RFC 8314 §3.3). Then `tlsEstablished` or `tlsFailed`.
  case startTLS(reply: [UInt8])
  /// Decide; then `answer`. Input is kept until then.
  case ask(ServerQuery)
  /// Send what there is, wait, then `delayElapsed`. Input is kept until then.
  case delay(Duration)
  /// A piece of the message, its lines ended by LF; the whole message is no greater than the size limit.
  case messageData([UInt8])
  /// The message that has come so far is not wanted.
  case messageDropped
  /// Send what there is and close.
  case close
}

/// A decision that is not the session's own.
package enum ServerQuery: Hashable, Sendable {
  /// Whether an address is one at all; asked before the parameters are looked at. With `smtputf8`, its domain may be
  /// UTF-8 (RFC 6531).
  case address(ServerAddress, Command.Verb, smtputf8: Bool)
  /// MAIL.
  case sender(ServerSender)
  /// RCPT.
  case recipient(ServerRecipient)
  /// DATA or the first BDAT, with everything known of the transaction.
  case data
  /// The message is complete: store it, then answer `queued`.
  case endOfMessage
  /// VRFY.
  case verify(ServerAddress)
  /// ETRN, with the domain.
  case etrn([UInt8])
  /// Name and password.
  case credentials(SASLCredentials)
  /// What is stored of a user, for a mechanism that checks the proof itself.
  case lookup(SASLLookup)
  /// A message for the back end that speaks a mechanism in our place; then `sasl`.
  case forward(SASLForward)
}

/// The answer to a query.
package enum ServerAnswer: Hashable, Sendable {
  case accept
  /// The message is on disk under this queue id.
  case queued(String)
  /// The credentials are right.
  case loggedIn(String)
  case authenticationFailed(SASLFailure)
  /// What is stored of the user.
  case found(SASLLookupAnswer)
  /// What the back end wants next.
  case sasl(SASLServerStep)
  /// It is no address, or no domain.
  case badAddress
  case refuse(Reply)
  /// Refuses the message, but leaves the transaction as it is (`smtpd_end_of_data_restrictions`).
  case refuseKeepingTransaction(Reply)
}

/// A sender as MAIL gave it (RFC 5321 §4.1.1.2).
package struct ServerSender: Hashable, Sendable {
  /// The address behind the colon.
  package var address: ServerAddress
  /// What stood behind the address.
  package var parameters: MailParameters

  /// Makes a sender.
  package init(_ address: ServerAddress, _ parameters: MailParameters = MailParameters()) {
    self.address = address
    self.parameters = parameters
  }
}

/// A recipient as RCPT gave it (RFC 5321 §4.1.1.3).
package struct ServerRecipient: Hashable, Sendable {
  /// The address behind the colon.
  package var address: ServerAddress
  /// What stood behind the address.
  package var parameters: RcptParameters

  /// Makes a recipient.
  package init(_ address: ServerAddress, _ parameters: RcptParameters = RcptParameters()) {
    self.address = address
    self.parameters = parameters
  }
}

/// One mail transaction, from MAIL on (RFC 5321 §3.3).
package struct ServerTransaction: Hashable, Sendable {
  /// Who sends.
  package let sender: ServerSender
  /// The recipients that were accepted.
  package internal(set) var recipients: [ServerRecipient] = []
}
