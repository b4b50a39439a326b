/// ANONYMOUS (RFC 4505).
struct SASLServerAnonymous: SASLServerMechanism {
  mutating func start(initial: [UInt8]?) -> SASLServerStep {
    initial.map { respond($0) } ?? .challenge([])
  }

  mutating func respond(_ response: [UInt8]) -> SASLServerStep {
    .lookup(SASLLookup("ANONYMOUS", user: "anonymous", want: .anonymous(trace: Array(response.prefix(255)))))
  }

  mutating func found(_ answer: SASLLookupAnswer) -> SASLServerStep {
    if case .accepted(let user) = answer { return .succeeded(user: user) }
    return .failed(answer.failure(user: "anonymous"))
  }
}
