package import SMTPWire

/// Who logs in, and with what.
package struct Credentials: Hashable, Sendable {
  /// The name to be authenticated (RFC 4616's authcid).
  package var user: String
  /// The password; its octets go to the wire and nowhere else.
  package var password: Secret
  /// The name to act as, where it is another (authzid); empty for none.
  package var authorization: String

  /// Makes credentials of a name and a password.
  package init(user: String, password: String, authorization: String = "") {
    self.user = user
    self.password = Secret(name: "password", octets: Array(password.utf8))
    self.authorization = authorization
  }
}

/// The client's side of one SASL mechanism: it answers challenges (RFC 4422).
package protocol SASLClientMechanism: Sendable {
  /// The mechanism's name, as it stands behind AUTH.
  var name: String { get }
  /// The answer that may go with AUTH itself; nil when the server speaks first.
  mutating func initialResponse() -> [UInt8]?
  /// Whether everything has been said that the server needs for a verdict.
  var isComplete: Bool { get }
  /// The answer to a decoded challenge; nil when the mechanism has nothing more to say or the challenge makes no sense.
  mutating func respond(to challenge: [UInt8]) -> [UInt8]?
}

/// PLAIN: name and password in one message (RFC 4616).
package struct PlainMechanism: SASLClientMechanism {
  package let name = "PLAIN"
  package private(set) var isComplete = false
  private let credentials: Credentials

  /// Makes the mechanism for somebody's credentials.
  package init(_ credentials: Credentials) {
    self.credentials = credentials
  }

  package mutating func initialResponse() -> [UInt8]? {
    isComplete = true
    return Array(credentials.authorization.utf8) + [0] + Array(credentials.user.utf8) + [0] + credentials.password.octets
  }

  package mutating func respond(to challenge: [UInt8]) -> [UInt8]? {
    isComplete ? nil : initialResponse()
  }
}

/// LOGIN: name and password, each at the server's prompt (draft-murchison-sasl-login).
package struct LoginMechanism: SASLClientMechanism {
  package let name = "LOGIN"
  package var isComplete: Bool { answers.isEmpty }
  private var answers: [[UInt8]]

  /// Makes the mechanism for somebody's credentials.
  package init(_ credentials: Credentials) {
    // The prompts' texts differ from server to server; their order does not.
    answers = [credentials.password.octets, Array(credentials.user.utf8)]
  }

  package mutating func initialResponse() -> [UInt8]? { nil }

  package mutating func respond(to challenge: [UInt8]) -> [UInt8]? { answers.popLast() }
}

/// The mechanisms that the client can speak.
package enum SASLClientMechanisms {
  /// Their names, the preferred one first.
  package static let names = ["PLAIN", "LOGIN"]

  /// A mechanism by its name in any case; nil when it is not one of ours.
  package static func make(_ name: String, _ credentials: Credentials) -> (any SASLClientMechanism)? {
    switch name.uppercased() {
    case "PLAIN": PlainMechanism(credentials)
    case "LOGIN": LoginMechanism(credentials)
    default: nil
    }
  }
}
