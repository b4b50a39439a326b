import Failures
package import SMTPWire

/// The envelope of a submission: what MAIL and RCPT say follows from it and from what the server offers.
///
/// Nothing that the server does not offer is used, unless `ignoresOffer` says so: then the server is to be tried.
package struct SubmissionEnvelope: Hashable, Sendable {
  /// Whether the message is declared as an internationalized one (RFC 6531).
  package enum UTF8Policy: String, CaseIterable, Sendable {
    /// Where an address or a header field needs it.
    case auto
    case always
    case never
  }

  /// A path without its angle brackets.
  package struct Path: Hashable, Sendable {
    /// The path as the user gave it; empty for the null path.
    package let text: String
    /// The same in ASCII, its domain in A-labels; nil when there is no such form.
    package let ascii: String?

    /// Makes a path; one in ASCII is its own ASCII form.
    package init(_ text: String, ascii: String? = nil) {
      self.text = text
      self.ascii = text.utf8.allSatisfy { $0 < 0x80 } ? text : ascii
    }
  }

  /// The reverse-path.
  package var sender: Path
  /// The forward-paths.
  package var recipients: [Path]
  /// What is known of the message; nil when nothing is.
  package var message: MessageTraits?
  /// Whether SMTPUTF8 is declared.
  package var smtputf8 = UTF8Policy.auto
  /// Further parameters of MAIL, such as `RET=HDRS`, as they are to stand in the line.
  package var mailParameters: [String] = []
  /// Further parameters of each RCPT.
  package var rcptParameters: [String] = []
  /// Whether what the server does not offer is sent all the same.
  package var ignoresOffer = false
  /// Whether DATA goes out together with MAIL and RCPT (RFC 2920), where the server offers PIPELINING.
  package var pipelinesData = false

  /// Makes an envelope without parameters.
  package init(sender: String, recipients: [String]) {
    self.sender = Path(sender)
    self.recipients = recipients.map { Path($0) }
  }

  /// MAIL and each RCPT for a server; a failure where the server does not offer what they need.
  func lines(for server: Capabilities) -> Result<[OutgoingLine], SessionFailure> {
    if let obstacle = obstacle(server) { return .failure(obstacle) }
    var mail = ["MAIL FROM:<\(spelling(sender, server))>"]
    if server.offers("SIZE"), let size = message?.size { mail.append("SIZE=\(size)") }
    if server.offers("8BITMIME"), message?.isEightBit == true { mail.append("BODY=8BITMIME") }
    if declaresUTF8(server) { mail.append("SMTPUTF8") }
    let rcpt = recipients.map { (["RCPT TO:<\(spelling($0, server))>"] + rcptParameters).joined(separator: " ") }
    return .success(([(mail + mailParameters).joined(separator: " ")] + rcpt).map { OutgoingLine($0) })
  }

  private var needsUTF8: Bool {
    message?.hasUTF8Header == true || ([sender] + recipients).contains { $0.ascii != $0.text }
  }

  private func declaresUTF8(_ server: Capabilities) -> Bool {
    switch smtputf8 {
    case .auto: needsUTF8 && server.offers("SMTPUTF8")
    case .always: true
    case .never: false
    }
  }

  private func spelling(_ path: Path, _ server: Capabilities) -> String {
    declaresUTF8(server) ? path.text : path.ascii ?? path.text
  }

  /// What the message, the paths and the parameters need and the server does not offer.
  private func obstacle(_ server: Capabilities) -> SessionFailure? {
    if let limit = server.maximumSize, let size = message?.size, size > limit {
      return Self.failure(
        .clientSizeExceeded, "the message has \(size) octets, and the server takes \(limit) at most (SIZE)")
    }
    if ignoresOffer { return nil }
    return obstacleOfUTF8(server) ?? obstacleOfMessage(server) ?? obstacle(mailParameters, of: .mail, server)
      ?? obstacle(rcptParameters, of: .rcpt, server)
  }

  private func obstacleOfUTF8(_ server: Capabilities) -> SessionFailure? {
    let lack = smtputf8 == .never ? "it is not to be used (--smtputf8 never)" : "the server does not offer it"
    if declaresUTF8(server) {
      return server.offers("SMTPUTF8") ? nil : Self.failure(.clientSmtputf8NotOffered, "SMTPUTF8 is wanted and \(lack)")
    }
    if let path = ([sender] + recipients).first(where: { $0.ascii == nil }) {
      let address = OctetText.readable(Array(path.text.utf8.prefix(320)))
      return Self.failure(.clientSmtputf8NotOffered, "the address \(address) needs SMTPUTF8, and \(lack)")
    }
    guard message?.hasUTF8Header == true else { return nil }
    return Self.failure(.clientSmtputf8NotOffered, "a header field beyond ASCII needs SMTPUTF8, and \(lack)")
  }

  private func obstacleOfMessage(_ server: Capabilities) -> SessionFailure? {
    guard let message else { return nil }
    if message.isEightBit, !server.offers("8BITMIME") {
      return Self.failure(
        .client8bitmimeNotOffered, "the message has octets beyond ASCII, and the server does not offer 8BITMIME")
    }
    // RFC 5321 §4.5.3.1.6: 1000 octets with the CRLF.
    guard message.longestLine > 998 else { return nil }
    return Self.failure(
      .clientLineTooLong, "the message has a line of \(message.longestLine) octets, and 998 is the limit")
  }

  private func obstacle(_ words: [String], of verb: Command.Verb, _ server: Capabilities) -> SessionFailure? {
    for word in words {
      guard let owner = ExtensionTable.match(Array(word.utf8)[...], of: verb)?.owner, !server.offers(owner.keyword)
      else { continue }
      let name = OctetText.readable(Array(word.utf8.prefix(120)))
      return Self.failure(
        .clientExtensionNotOffered, "\(name) belongs to \(owner.keyword), which the server does not offer")
    }
    return nil
  }

  private static func failure(_ name: FailureName, _ summary: String) -> SessionFailure {
    SessionFailure(name, at: .command(.mail), summary + "; nothing was sent")
  }
}
