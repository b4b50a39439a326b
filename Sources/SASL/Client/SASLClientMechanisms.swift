import SMTPWire

/// The mechanisms that the client can speak.
package enum SASLClientMechanisms {
  /// Their names, the strongest first.
  package static let names = SASLMechanismTable.all.map(\.name)

  /// A mechanism by its name in any case; nil when it is not one of ours, or the context lacks what it needs.
  package static func make(
    _ name: String, _ credentials: Credentials, _ context: SASLContext = SASLContext()
  ) -> (any SASLClientMechanism)? {
    SASLMechanismTable.entry(name)?.makeClient(credentials, context)
  }

  /// Whether a mechanism is one to pick without being told: it must suit what is known of the user.
  package static func suits(_ name: String, _ credentials: Credentials, _ context: SASLContext) -> Bool {
    let proof = SASLMechanismTable.entry(name)?.proof
    if proof == .token || credentials.token != nil { return proof == .token && credentials.token != nil }
    switch proof {
    case .certificate: return context.hasCertificate && credentials.password.octets.isEmpty
    case .nothing: return credentials.user == "anonymous"
    default: return credentials.user != "anonymous" || !credentials.password.octets.isEmpty
    }
  }

  /// Why nobody can log in by a mechanism with these credentials; nil when somebody can.
  package static func flaw(_ name: String, _ credentials: Credentials) -> String? {
    if credentials.user.utf8.contains(0) || credentials.authorization.utf8.contains(0) {
      return "a user's name cannot hold NUL"
    }
    if credentials.password.octets.contains(0) { return "a password cannot hold NUL (RFC 4616 §2)" }
    if let token = credentials.token, token.octets.contains(where: { $0 < 0x21 || $0 > 0x7E }) {
      return "a bearer token holds only printable ASCII without blanks (RFC 6750 §2.1)"
    }
    guard case .scram = SASLMechanismTable.entry(name)?.proof else { return nil }
    return flaw(credentials.user, "the user's name")
      ?? flaw(String(decoding: credentials.password.octets, as: UTF8.self), "the password")
  }

  private static func flaw(_ text: String, _ what: String) -> String? {
    do {
      _ = try SASLPrep.prepare(text)
      return nil
    } catch {
      return "\(what) cannot be used with SCRAM: \(error.words)"
    }
  }
}
