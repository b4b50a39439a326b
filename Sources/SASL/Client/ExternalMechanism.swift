/// EXTERNAL: the server knows the client by other means, as by its certificate (RFC 4422 appendix A).
struct ExternalMechanism: SASLClientMechanism {
  let name = "EXTERNAL"
  private(set) var isComplete = false
  private let identity: [UInt8]

  /// Makes the mechanism; the name to act as is the authorization name, else the user's.
  init(_ credentials: Credentials) {
    identity = Array((credentials.authorization.isEmpty ? credentials.user : credentials.authorization).utf8)
  }

  mutating func initialResponse() -> [UInt8]? {
    isComplete = true
    return identity
  }

  mutating func respond(to challenge: [UInt8]) -> [UInt8]? {
    isComplete ? nil : initialResponse()
  }
}

/// ANONYMOUS: nobody in particular, with a word to trace the user by (RFC 4505).
struct AnonymousMechanism: SASLClientMechanism {
  let name = "ANONYMOUS"
  private(set) var isComplete = false
  private let trace: [UInt8]

  /// Makes the mechanism; the user's name is the trace.
  init(_ credentials: Credentials) {
    trace = Array(credentials.user.utf8)
  }

  mutating func initialResponse() -> [UInt8]? {
    isComplete = true
    return trace
  }

  mutating func respond(to challenge: [UInt8]) -> [UInt8]? {
    isComplete ? nil : initialResponse()
  }
}
