package import SMTPWire

/// What a client claims to be, and its proof.
package struct SASLCredentials: Hashable, Sendable {
  /// The name to be authenticated (authcid).
  package let user: String
  /// What the client gave as its password.
  package let password: Secret
  /// The name to act as; empty when it is the user's own.
  package let authorization: String

  /// Makes credentials as a mechanism found them.
  package init(user: String, password: [UInt8], authorization: String = "") {
    self.user = user
    self.password = Secret(name: "password", octets: password)
    self.authorization = authorization
  }
}
