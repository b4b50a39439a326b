/// EXTERNAL (RFC 4422 appendix A): the user is the one that the client's certificate names.
struct SASLServerExternal: SASLServerMechanism {
  let certificateUser: String?

  mutating func start(initial: [UInt8]?) -> SASLServerStep {
    initial.map { respond($0) } ?? .challenge([])
  }

  mutating func respond(_ response: [UInt8]) -> SASLServerStep {
    let name = String(decoding: response, as: UTF8.self)
    guard let certificateUser else { return .failed(.wrong(user: name, detail: "no client certificate")) }
    guard name.isEmpty || name == certificateUser else {
      return .failed(.wrong(user: name, detail: "Requested identity not authenticated identity"))
    }
    return .succeeded(user: certificateUser)
  }
}
