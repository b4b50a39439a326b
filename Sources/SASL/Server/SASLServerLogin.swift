/// LOGIN (draft-murchison-sasl-login).
struct SASLServerLogin: SASLServerMechanism {
  /// What is asked for the name, and for the password.
  let prompts: [String]
  private var user: String?

  init(prompts: [String]) {
    self.prompts = prompts
  }

  mutating func start(initial: [UInt8]?) -> SASLServerStep {
    initial.map { respond($0) } ?? .challenge(Array(prompts[0].utf8))
  }

  mutating func respond(_ response: [UInt8]) -> SASLServerStep {
    guard let user else {
      self.user = String(decoding: response, as: UTF8.self)
      return .challenge(Array(prompts[1].utf8))
    }
    return user.isEmpty ? .failed(.emptyUser) : .verify(SASLCredentials(user: user, password: response))
  }
}
