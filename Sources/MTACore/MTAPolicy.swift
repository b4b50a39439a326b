package import SASL
package import SMTPSession
import SMTPWire

/// Decides what a session asks: addresses, recipients, relaying, passwords, as Postfix's restrictions do.
package struct MTAPolicy: Sendable {
  /// What the decisions follow.
  package let configuration: MTAConfiguration
  let resolver: RecipientResolver
  let digests: SASLDigests?

  /// Makes the policy of a configuration; without digests no password can be compared with a verifier.
  package init(_ configuration: MTAConfiguration, digests: SASLDigests? = nil) {
    self.configuration = configuration
    self.digests = digests
    resolver = RecipientResolver(configuration)
  }

  /// Answers a query of a session.
  ///
  /// - Parameter queueID: The message's id for the log, once it has one.
  package func decide(_ query: ServerQuery, _ session: ServerSession, queueID: String? = nil) -> MTADecision {
    switch query {
    case .address(let address, let verb, let smtputf8): decideAddress(address, verb, smtputf8)
    case .sender, .data, .endOfMessage: MTADecision(.accept)
    case .recipient(let recipient): decideRecipient(recipient.address, "RCPT", session, queueID)
    case .verify(let address): decideRecipient(address, "VRFY", session, queueID)
    case .etrn(let domain): decideFlush(domain, session)
    case .credentials(let credentials): MTADecision(judge(credentials))
    case .lookup(let lookup): MTADecision(.found(find(lookup)))
    // Nobody but the back end can answer for it.
    case .forward: MTADecision(.sasl(.failed(SASLFailure("no mechanism available"))))
    }
  }

  private func decideAddress(_ address: ServerAddress, _ verb: Command.Verb, _ smtputf8: Bool) -> MTADecision {
    if address.isNull, verb == .mail { return MTADecision(.accept) }
    return MTADecision(resolver.resolve(address, smtputf8: smtputf8) == nil ? .badAddress : .accept)
  }

  // MARK: Recipients

  private func decideRecipient(
    _ address: ServerAddress, _ command: String, _ session: ServerSession, _ queueID: String?
  ) -> MTADecision {
    var explanation = MTAExplanation()
    let key = ServerReplies.printable(address.octets, mark: " ")
    if address.octets.equalsIgnoringCase("postmaster") {
      explanation.note("postmaster", key, "OK")
      return MTADecision(.accept, explanation)
    }
    guard let resolved = resolver.resolve(address, smtputf8: true) else { return MTADecision(.badAddress) }
    let refusal = relayRefusal(resolved, key, session, &explanation) ?? validation(resolved, key, &explanation)
    guard let refusal else { return MTADecision(.accept, explanation) }
    let line = session.rejection(of: command, refusal, recipient: address, queueID: queueID)
    return MTADecision(.refuse(refusal), explanation, log: [line])
  }

  /// `smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, defer_unauth_destination`.
  private func relayRefusal(
    _ resolved: ResolvedAddress, _ key: String, _ session: ServerSession, _ explanation: inout MTAExplanation
  ) -> Reply? {
    let address = session.client.address
    let isTrusted = configuration.trustedNetworks.contains { $0.contains(address) }
    explanation.note("permit_mynetworks", address, isTrusted ? "OK" : "DUNNO")
    if isTrusted { return nil }
    explanation.note("permit_sasl_authenticated", session.login?.user ?? "", session.login == nil ? "DUNNO" : "OK")
    if session.login != nil { return nil }
    if configuration.requiresLogin {
      let reply = Reply(554, "5.7.1 <\(key)>: Recipient address rejected: Access denied")
      explanation.note("reject", resolved.key, Self.text(reply))
      return reply
    }
    let isOurs = resolved.domainClass != .other && !resolved.isRouted
    let reply = Reply(454, "4.7.1 <\(key)>: Relay access denied")
    explanation.note("defer_unauth_destination", resolved.key, isOurs ? "DUNNO" : Self.text(reply))
    return isOurs ? nil : reply
  }

  /// `smtpd_reject_unlisted_recipient = yes`.
  private func validation(_ resolved: ResolvedAddress, _ key: String, _ explanation: inout MTAExplanation) -> Reply? {
    guard resolved.domainClass == .local else { return nil }
    let isKnown = mailbox(of: resolved) != nil
    let reply = Reply(550, "5.1.1 <\(key)>: Recipient address rejected: User unknown in local recipient table")
    explanation.note("local_recipient_maps", resolved.key, isKnown ? "OK" : Self.text(reply))
    return isKnown ? nil : reply
  }

  // MARK: ETRN

  private func decideFlush(_ domain: [UInt8], _ session: ServerSession) -> MTADecision {
    guard HostNameSyntax.isName(domain) || HostNameSyntax.isLiteral(domain) else { return MTADecision(.badAddress) }
    let name = String(decoding: domain, as: UTF8.self)
    var explanation = MTAExplanation()
    if configuration.relayDomains.contains(name.lowercased()) {
      explanation.note("fast_flush_domains", name, "OK")
      return MTADecision(.accept, explanation)
    }
    let reply = Reply(459, "<\(name)>: service unavailable")
    explanation.note("fast_flush_domains", name, Self.text(reply))
    return MTADecision(
      .refuse(reply), explanation, log: ["warning: reject: ETRN \(name)... from \(session.client)"])
  }

  private static func text(_ reply: Reply) -> String {
    String(decoding: reply.lines.last?.octets ?? [], as: UTF8.self)
  }
}
