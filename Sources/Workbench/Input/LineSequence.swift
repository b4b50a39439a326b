import SASL
package import SMTPSession
package import SMTPWire

/// Whether a command makes sense now (RFC 5321 §4.1.4).
package enum LineSequence {
  /// Why the server will probably refuse the command; nil when it is in its place.
  package static func objection(to command: Command, session: ClientSession) -> String? {
    if session.awaitsResponse || session.isInMessage { return nil }
    if command.verb == .auth { return authentication(command, session) }
    return objection(to: command.verb, session: session)
  }

  /// Why the server will probably refuse a verb now; nil when it is in its place.
  package static func objection(to verb: Command.Verb, session: ClientSession) -> String? {
    switch verb {
    case .mail:
      if !session.isGreeted { return "needs EHLO or HELO first" }
      return session.reversePath == nil ? nil : "a transaction is open: RSET first (503)"
    case .rcpt:
      return session.reversePath == nil ? "needs an accepted MAIL" : nil
    case .data, .bdat:
      if session.reversePath == nil { return "needs MAIL and an accepted RCPT" }
      if session.acceptedRecipients == 0 { return "need ≥ 1 accepted RCPT" }
      return missing(verb, session)
    case .starttls:
      return session.isSecured ? "TLS is up already (503)" : missing(.starttls, session)
    case .auth:
      if session.isAuthenticated { return "already done (503)" }
      if !session.isGreeted { return "needs EHLO first" }
      if session.reversePath != nil { return "not within a transaction (503)" }
      return session.capabilities?.mechanisms.isEmpty == false ? nil : "the server does not offer AUTH"
    // RFC 5321 §3.5.2: these may be there without being announced.
    case .vrfy, .expn, .help: return nil
    default: return missing(verb, session)
    }
  }

  private static func authentication(_ command: Command, _ session: ClientSession) -> String? {
    if let objection = objection(to: .auth, session: session) { return objection }
    let name = String(decoding: (command.words.first ?? []).map(\.asciiUppercased), as: UTF8.self)
    if let capabilities = session.capabilities, !capabilities.mechanisms.contains(name) {
      return "the server does not offer \(name)"
    }
    guard !session.isSecured, let entry = SASLMechanismTable.entry(name), entry.traits.contains(.plaintext) else {
      return nil
    }
    return "TLS is off: the \(entry.proof == .token ? "token" : "password") goes in clear"
  }

  private static func missing(_ verb: Command.Verb, _ session: ClientSession) -> String? {
    guard let name = ExtensionTable.entry(adding: verb.rawValue)?.keyword else { return nil }
    guard let capabilities = session.capabilities else { return session.isGreeted ? nil : "needs EHLO first" }
    return capabilities.offers(name) ? nil : "the server does not offer \(name)"
  }
}
