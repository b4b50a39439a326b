package import SMTPSession

/// What the Received field and the completed headers tell of a message's way in (RFC 5321 §4.4).
package struct MessageOrigin: Hashable, Sendable {
  /// The message's id.
  package var queueID: String
  /// When MAIL came.
  package var arrival: MTATime
  /// The name of this host.
  package var hostname: String
  /// Who sent the message.
  package var client: ServerClient
  /// What the client called itself; nil when it did not say.
  package var helloName: String?
  /// Such as `ESMTPSA`.
  package var protocolName: String
  /// The facts of TLS; nil in clear, and when they are not to be told.
  package var tls: ServerTLSFacts?
  /// Who logged in; nil for nobody, and when it is not to be told.
  package var login: ServerLogin?
  /// Quoted; empty for the null reverse-path.
  package var sender: [UInt8]
  /// As the client gave them, quoted.
  package var recipients: [[UInt8]]

  /// Reads everything from a session that has just received a message.
  package init(_ session: ServerSession, queueID: String, arrival: MTATime, configuration: MTAConfiguration) {
    self.queueID = queueID
    self.arrival = arrival
    hostname = configuration.hostname
    client = session.client
    helloName = session.helloName
    tls = configuration.tellsTLS ? session.tls : nil
    login = configuration.tellsLogin ? session.login : nil
    sender = session.transaction?.sender.address.quoted ?? []
    recipients = session.transaction?.recipients.map(\.address.quoted) ?? []
    let utf8 = session.transaction?.sender.parameters.smtputf8 == true
    let base = utf8 ? "UTF8SMTP" : session.protocolName
    protocolName = base + (session.tls == nil ? "" : "S") + (session.login == nil ? "" : "A")
  }

  /// The Received field with its folds, each line ended by LF.
  package var receivedField: String {
    var text = "Received: from \(helloName ?? client.name) (\(client.name) [\(literal)])\n"
    if let tls { text += tlsLines(tls) }
    if let login { text += "\t(Authenticated sender: \(ServerReplies.printable(login.user.utf8)))\n" }
    text += "\tby \(hostname) (Postfix) with \(protocolName) id \(queueID)"
    if recipients.count == 1 {
      text += "\n\tfor <\(ServerReplies.printable(recipients[0]))>; \(arrival.messageDate)\n"
    } else {
      text += ";\n\t\(arrival.messageDate)\n"
    }
    return text
  }

  private var literal: String { client.address.contains(":") ? "IPv6:\(client.address)" : client.address }

  private func tlsLines(_ tls: ServerTLSFacts) -> String {
    var lines = "\t(using \(tls.version) with cipher \(tls.cipher) (\(tls.cipherBits)/\(tls.cipherBits) bits)"
    if let group = tls.group {
      lines += "\n\t key-exchange \(group)"
      if let signature = tls.serverSignature { lines += " server-signature \(signature)" }
    }
    return lines + ")\n\t(\(certificateWords(tls.clientCertificate)))\n"
  }

  private func certificateWords(_ certificate: ServerTLSFacts.ClientCertificate) -> String {
    switch certificate {
    case .notRequested: return "No client certificate requested"
    case .absent: return "Client did not present a certificate"
    case .shown(let name, let issuer, let isVerified):
      let names = [name, issuer].map { ServerReplies.printable($0.utf8.map { $0 == 0x22 ? 0x27 : $0 }) }
      let verdict = isVerified ? "verified OK" : "not verified"
      return "Client CN \"\(names[0])\", Issuer \"\(names[1])\" (\(verdict))"
    }
  }
}
