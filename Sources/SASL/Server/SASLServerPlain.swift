/// PLAIN (RFC 4616).
struct SASLServerPlain: SASLServerMechanism {
  mutating func start(initial: [UInt8]?) -> SASLServerStep {
    initial.map { respond($0) } ?? .challenge([])
  }

  mutating func respond(_ response: [UInt8]) -> SASLServerStep {
    let fields = response.split(separator: 0, omittingEmptySubsequences: false)
    switch fields.count {
    case 1: return .failed(.protocolError("Can only find author (no password)"))
    case 2: return .failed(.protocolError("Can only find author/en (no password)"))
    case 3: break
    default: return .failed(.protocolError("Got more data than we were expecting in the PLAIN plugin"))
    }
    let user = String(decoding: fields[1], as: UTF8.self)
    guard !user.isEmpty else { return .failed(.emptyUser) }
    return .verify(
      SASLCredentials(
        user: user, password: Array(fields[2]), authorization: String(decoding: fields[0], as: UTF8.self)))
  }
}
