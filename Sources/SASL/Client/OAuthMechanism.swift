import SMTPWire

/// XOAUTH2 and OAUTHBEARER: a bearer token in one message (RFC 7628, and what Google and Microsoft had before it).
///
/// A refusal comes as a challenge with JSON in it, which has to be answered before the server says 535.
struct OAuthMechanism: SASLClientMechanism {
  /// Which of the two.
  enum Kind: String, Sendable {
    case xoauth2 = "XOAUTH2"
    case oauthBearer = "OAUTHBEARER"
  }

  var name: String { kind.rawValue }
  let showsSecret = true
  private(set) var isComplete = false
  private(set) var remark: String?
  private let kind: Kind
  private let message: [UInt8]
  private var hasSpoken = false

  /// Makes the mechanism; the token is the credentials' own, else their password.
  init(_ kind: Kind, _ credentials: Credentials, host: String, port: Int) {
    self.kind = kind
    let token = credentials.token ?? credentials.password
    let head: String
    switch kind {
    case .xoauth2: head = "user=\(credentials.user)"
    case .oauthBearer:
      let identity = credentials.authorization.isEmpty ? credentials.user : credentials.authorization
      // RFC 5801 §4: the name is that of the GS2 header, in which `,` and `=` are written as escapes.
      let name = identity.isEmpty ? "" : "a=" + ScramText.escaped(identity)
      // RFC 7628 §3.1: host and port may be left out; nothing is made up.
      head =
        "n,\(name)," + (host.isEmpty ? "" : "\u{1}host=\(host)") + (port == 0 ? "" : "\u{1}port=\(port)")
    }
    message = Array("\(head)\u{1}auth=Bearer ".utf8) + token.octets + [1, 1]
  }

  mutating func initialResponse() -> [UInt8]? {
    hasSpoken = true
    isComplete = true
    return message
  }

  mutating func respond(to challenge: [UInt8]) -> [UInt8]? {
    guard hasSpoken else { return initialResponse() }
    guard isComplete, !challenge.isEmpty else { return nil }
    isComplete = false
    remark = OAuthRefusal(challenge).sentence
    return kind == .oauthBearer ? [1] : []
  }
}
