package import Failures
package import SMTPWire

/// Who logs in, and with what.
package struct Credentials: Hashable, Sendable {
  /// The name to be authenticated (RFC 4616's authcid).
  package var user: String
  /// The password; its octets go to the wire and nowhere else.
  package var password: Secret
  /// The name to act as, where it is another (authzid); empty for none.
  package var authorization: String
  /// The realm of DIGEST-MD5 or the domain of NTLM; empty for the server's own.
  package var realm = ""
  /// The bearer token of OAuth; nil where the password is to serve as one.
  package var token: Secret?

  /// Makes credentials of a name and a password.
  package init(user: String, password: String, authorization: String = "") {
    self.init(
      user: user, password: Secret(name: "password", octets: Array(password.utf8)), authorization: authorization)
  }

  /// Makes credentials of a name and a password that is a secret already.
  package init(user: String, password: Secret, authorization: String = "") {
    self.user = user
    self.password = password
    self.authorization = authorization
  }
}

/// The client's side of one SASL mechanism: it answers challenges (RFC 4422).
package protocol SASLClientMechanism: Sendable {
  /// The mechanism's name, as it stands behind AUTH.
  var name: String { get }
  /// The answer that may go with AUTH itself; nil when the server speaks first.
  mutating func initialResponse() -> [UInt8]?
  /// Whether everything has been said and checked that a success needs.
  var isComplete: Bool { get }
  /// The answer to a decoded challenge; nil when the mechanism has nothing more to say or the challenge makes no sense.
  mutating func respond(to challenge: [UInt8]) -> [UInt8]?
  /// Whether someone who reads the wire can log in with what they saw.
  var showsSecret: Bool { get }
  /// Why the last challenge was not answered; nil where there was just nothing more to say.
  var problem: String? { get }
  /// The stable name of the problem.
  var problemName: FailureName { get }
  /// Whether the answer to a challenge may take seconds to compute.
  var reckonsLong: Bool { get }
  /// What the server told about its refusal within the exchange.
  var remark: String? { get }
}

extension SASLClientMechanism {
  /// A proof is no secret.
  package var showsSecret: Bool { false }
  /// No challenge is wrong.
  package var problem: String? { nil }
  /// What is wrong is the challenge.
  package var problemName: FailureName { .authBadChallenge }
  /// A digest takes no time.
  package var reckonsLong: Bool { false }
  /// The server says nothing.
  package var remark: String? { nil }
}
