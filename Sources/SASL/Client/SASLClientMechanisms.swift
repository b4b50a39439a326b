import SMTPWire

/// The mechanisms that the client can speak.
package enum SASLClientMechanisms {
  /// Their names, the strongest first; those that show the password or a token come after all that do not.
  package static let names = [
    "SCRAM-SHA-256-PLUS", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-256", "SCRAM-SHA-1", "EXTERNAL", "OAUTHBEARER", "XOAUTH2",
    "DIGEST-MD5", "CRAM-MD5", "PLAIN", "LOGIN", "NTLM", "ANONYMOUS",
  ]

  /// Whether the client of a mechanism says all that it has to say in one message.
  static func isOneMessage(_ name: String) -> Bool {
    ["PLAIN", "XOAUTH2", "OAUTHBEARER", "EXTERNAL", "ANONYMOUS"].contains(name.uppercased())
  }

  /// A mechanism by its name in any case; nil when it is not one of ours, or the context lacks what it needs.
  package static func make(
    _ name: String, _ credentials: Credentials, _ context: SASLContext = SASLContext()
  ) -> (any SASLClientMechanism)? {
    let name = name.uppercased()
    switch name {
    case "PLAIN": return PlainMechanism(credentials)
    case "LOGIN": return LoginMechanism(credentials, sendsUser: context.loginSendsUser)
    case "EXTERNAL": return ExternalMechanism(credentials)
    case "ANONYMOUS": return AnonymousMechanism(credentials)
    case "XOAUTH2": return OAuthMechanism(.xoauth2, credentials, host: context.host, port: context.port)
    case "OAUTHBEARER": return OAuthMechanism(.oauthBearer, credentials, host: context.host, port: context.port)
    default: return context.digests.flatMap { computing(name, credentials, context, $0) }
    }
  }

  private static func computing(
    _ name: String, _ credentials: Credentials, _ context: SASLContext, _ digests: SASLDigests
  ) -> (any SASLClientMechanism)? {
    switch name {
    case "CRAM-MD5": CRAMMD5Mechanism(credentials, digests)
    case "DIGEST-MD5": DigestMD5Mechanism(credentials, digests, host: context.host, nonce: context.nonce)
    case "NTLM": NTLMMechanism(credentials, digests, unixTime: context.unixTime)
    case _ where ScramMechanism.hash(of: name) != nil:
      ScramMechanism(name, credentials, context, digests: digests)
    default: nil
    }
  }

  /// Whether a mechanism is one to pick without being told: it must suit what is known of the user.
  package static func suits(_ name: String, _ credentials: Credentials, _ context: SASLContext) -> Bool {
    let isOAuth = name == "OAUTHBEARER" || name == "XOAUTH2"
    if isOAuth || credentials.token != nil { return isOAuth && credentials.token != nil }
    switch name {
    case "EXTERNAL": return context.hasCertificate && credentials.password.octets.isEmpty
    case "ANONYMOUS": return credentials.user == "anonymous"
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
    guard ScramMechanism.hash(of: name.uppercased()) != nil else { return nil }
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
