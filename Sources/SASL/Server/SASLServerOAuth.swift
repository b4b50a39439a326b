import SMTPWire

/// XOAUTH2 and OAUTHBEARER (RFC 7628).
struct SASLServerOAuth: SASLServerMechanism {
  private let kind: OAuthMechanism.Kind
  private var user = ""
  private var isRefused = false

  init(_ kind: OAuthMechanism.Kind) {
    self.kind = kind
  }

  mutating func start(initial: [UInt8]?) -> SASLServerStep {
    initial.map { respond($0) } ?? .challenge([])
  }

  mutating func respond(_ response: [UInt8]) -> SASLServerStep {
    // Whatever the client says to the refusal, it is over.
    if isRefused { return .failed(.wrong(user: user)) }
    guard let message = OAuthMessage(response), message.kind == kind else {
      isRefused = true
      return .challenge(Array("{\"status\":\"invalid_request\"}".utf8))
    }
    user = message.user
    return .lookup(SASLLookup(kind.rawValue, user: user, want: .token(message.token)))
  }

  mutating func found(_ answer: SASLLookupAnswer) -> SASLServerStep {
    switch answer {
    case .accepted(let user): return .succeeded(user: user)
    case .temporary: return .failed(answer.failure(user: user))
    default:
      isRefused = true
      return .challenge(Array("{\"status\":\"invalid_token\"}".utf8))
    }
  }
}
