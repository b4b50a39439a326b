import SMTPWire

/// PLAIN: name and password in one message (RFC 4616).
package struct PlainMechanism: SASLClientMechanism {
  /// The name behind AUTH.
  package let name = "PLAIN"
  /// The password is in the answers.
  package let showsSecret = true
  /// Whether the message was sent.
  package private(set) var isComplete = false
  private let credentials: Credentials

  /// Makes the mechanism for somebody's credentials.
  package init(_ credentials: Credentials) {
    self.credentials = credentials
  }

  /// What goes with AUTH itself.
  package mutating func initialResponse() -> [UInt8]? {
    isComplete = true
    return Array(credentials.authorization.utf8) + [0] + Array(credentials.user.utf8) + [0]
      + credentials.password.octets
  }

  /// The next answer; nil when there is none left.
  package mutating func respond(to challenge: [UInt8]) -> [UInt8]? {
    isComplete ? nil : initialResponse()
  }
}
