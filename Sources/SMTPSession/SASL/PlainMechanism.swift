import SMTPWire

/// PLAIN: name and password in one message (RFC 4616).
package struct PlainMechanism: SASLClientMechanism {
  package let name = "PLAIN"
  package let showsSecret = true
  package private(set) var isComplete = false
  private let credentials: Credentials

  /// Makes the mechanism for somebody's credentials.
  package init(_ credentials: Credentials) {
    self.credentials = credentials
  }

  package mutating func initialResponse() -> [UInt8]? {
    isComplete = true
    return Array(credentials.authorization.utf8) + [0] + Array(credentials.user.utf8) + [0]
      + credentials.password.octets
  }

  package mutating func respond(to challenge: [UInt8]) -> [UInt8]? {
    isComplete ? nil : initialResponse()
  }
}
