/// The mechanisms that the server can speak.
package enum SASLServerMechanisms {
  /// Their names.
  package static let names = [
    "SCRAM-SHA-256-PLUS", "SCRAM-SHA-256", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-1", "DIGEST-MD5", "CRAM-MD5", "PLAIN",
    "LOGIN", "OAUTHBEARER", "XOAUTH2", "EXTERNAL", "ANONYMOUS",
  ]

  /// What an attacker can do with one of them, as Cyrus SASL judges it.
  package static func traits(_ name: String) -> SASLMechanismTraits {
    switch name.uppercased() {
    case "PLAIN", "LOGIN", "OAUTHBEARER", "XOAUTH2": [.plaintext, .active]
    case "ANONYMOUS": [.anonymous, .active]
    case "CRAM-MD5": [.active, .dictionary]
    case "DIGEST-MD5": [.active, .dictionary, .mutual]
    case "EXTERNAL": []
    default: [.dictionary, .mutual]
    }
  }

  /// A mechanism that a back end speaks in our place: each message is handed on.
  package static func forwarded(_ name: String) -> any SASLServerMechanism { SASLServerForward(name: name) }

  /// A mechanism by its name in any case; nil when there is none, or the context lacks what it needs.
  package static func make(
    _ name: String, _ context: SASLServerContext = SASLServerContext()
  ) -> (any SASLServerMechanism)? {
    let name = name.uppercased()
    switch name {
    case "PLAIN": return SASLServerPlain()
    case "LOGIN": return SASLServerLogin()
    case "EXTERNAL": return SASLServerExternal(certificateUser: context.certificateUser)
    case "ANONYMOUS": return SASLServerAnonymous()
    case "XOAUTH2": return SASLServerOAuth(.xoauth2)
    case "OAUTHBEARER": return SASLServerOAuth(.oauthBearer)
    default: break
    }
    guard let digests = context.digests else { return nil }
    switch name {
    case "CRAM-MD5": return SASLServerCRAMMD5(host: context.host, digests)
    case "DIGEST-MD5": return SASLServerDigestMD5(realm: context.realm, digests)
    default: return SASLServerScram(name, context, digests)
    }
  }
}
