package import SMTPWire

/// What a server's mechanism may know.
package struct SASLServerContext: Sendable {
  /// Without them only the mechanisms that compute nothing are there.
  package var digests: SASLDigests?
  /// The server's name, which stands in CRAM-MD5's challenge.
  package var host = "localhost"
  /// The realm of DIGEST-MD5; empty for none.
  package var realm = ""
  /// Of the TLS that is up.
  package var bindings = SASLChannelBindings.none
  /// Whether EHLO offers a mechanism whose name ends in -PLUS; a client that saw none while there is one was deceived.
  package var offersPlus = false
  /// The mechanisms of a back end that speaks them in our place; nil where we speak our own.
  package var backEnd: [SASLMechanismOffer]?
  /// Whose the verified client certificate is; nil without one.
  package var certificateUser: String?
  /// Octets that nobody else knows and that stay the same, for the salts of users who do not exist.
  package var secret: [UInt8] = []

  /// Makes a context without TLS.
  package init(digests: SASLDigests? = nil) {
    self.digests = digests
  }
}

/// A mechanism's question about a user.
package struct SASLLookup: Hashable, Sendable {
  /// What the mechanism needs to know.
  package enum Want: Hashable, Sendable {
    /// The password itself.
    case password
    /// A verifier, or the password.
    case scram(SASLHash)
    /// Whether a bearer token is the user's; for a user without a name, whose it is.
    case token(Secret)
    /// Whether a nobody may come in, who leaves this trace.
    case anonymous(trace: [UInt8])
  }

  /// The mechanism's name.
  package let mechanism: String
  /// Who claims to log in.
  package let user: String
  /// The realm that the client named; empty for none.
  package let realm: String
  /// What the mechanism needs to know of the user.
  package let want: Want

  /// Makes a question.
  package init(_ mechanism: String, user: String, realm: String = "", want: Want) {
    self.mechanism = mechanism
    self.user = user
    self.realm = realm
    self.want = want
  }
}

/// The answer to a mechanism's question.
package enum SASLLookupAnswer: Hashable, Sendable {
  case password(Secret)
  case scram(SCRAMVerifier)
  /// Come in, under this name.
  case accepted(user: String)
  /// There is no such user, or nothing of the kind is stored of them.
  case unknown
  /// Nobody knows at the moment, for this reason.
  case temporary(String)
}
