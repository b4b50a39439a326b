package import SMTPWire

/// What a client claims to be, and its proof.
package struct SASLCredentials: Hashable, Sendable {
  /// The name to be authenticated (authcid).
  package let user: String
  /// What the client gave as its password.
  package let password: Secret
  /// The name to act as; empty when it is the user's own.
  package let authorization: String

  /// Makes credentials as a mechanism found them.
  package init(user: String, password: [UInt8], authorization: String = "") {
    self.user = user
    self.password = Secret(name: "password", octets: password)
    self.authorization = authorization
  }
}

/// Why an authentication failed, with the words of Cyrus SASL.
package struct SASLFailure: Error, Hashable, Sendable {
  /// The reason in the reply.
  package var reason: String
  /// Whether it may go better later: the reply is 454 then, else 535.
  package var isTemporary = false
  /// What the library itself logs.
  package var detail: String?
  /// The name for the log, where one came.
  package var user: String?

  /// Makes a failure.
  package init(_ reason: String, detail: String? = nil, user: String? = nil, isTemporary: Bool = false) {
    self.reason = reason
    self.detail = detail
    self.user = user
    self.isTemporary = isTemporary
  }

  /// Wrong name or password, or another authorization.
  package static func wrong(user: String, detail: String? = nil) -> Self {
    SASLFailure("authentication failure", detail: detail, user: user)
  }

  static func protocolError(_ detail: String? = nil) -> Self { SASLFailure("bad protocol / cancel", detail: detail) }
  static let incomplete = SASLFailure("another step is needed in authentication")
  static let emptyUser = SASLFailure("generic failure", detail: "All-whitespace username.", isTemporary: true)
  /// The mechanism is not known, or not offered.
  package static func noMechanism(_ name: String) -> Self {
    SASLFailure("no mechanism available", detail: "Couldn't find mech \(name)")
  }
  /// The mechanism shows the password, and the connection is not encrypted.
  package static let forbidden = SASLFailure(
    "encryption needed to use mechanism", detail: "security flags do not match required")
  /// The mechanism is not offered, in the words of Postfix with Dovecot.
  package static let invalidMechanism = SASLFailure("Invalid authentication mechanism")
}

/// What a mechanism wants after a message from the client.
package enum SASLServerStep: Hashable, Sendable {
  /// Ask for more.
  case challenge([UInt8])
  /// Everything is there; somebody must judge it.
  case verify(SASLCredentials)
  /// Tell what is stored of a user; then `found`.
  case lookup(SASLLookup)
  /// Hand this on to the back end; its answer is the next step.
  case forward(SASLForward)
  /// The mechanism has proved who he is, and that he may act as whom he named.
  case succeeded(user: String)
  case failed(SASLFailure)
}

/// The server's side of one SASL mechanism (RFC 4422).
package protocol SASLServerMechanism: Sendable {
  /// Whether messages are taken as they come, in base64.
  var takesBase64: Bool { get }
  /// Begins, with the decoded initial response where there was one.
  mutating func start(initial: [UInt8]?) -> SASLServerStep
  /// Takes a decoded response to the last challenge in.
  mutating func respond(_ response: [UInt8]) -> SASLServerStep
  /// Takes in what is stored of the user last asked for.
  mutating func found(_ answer: SASLLookupAnswer) -> SASLServerStep
}

extension SASLServerMechanism {
  /// Messages are decoded first.
  package var takesBase64: Bool { false }
  /// The octets of a line of the client's, as the mechanism takes them; or why the line is no base64.
  package func octets(of text: [UInt8]) -> Result<[UInt8], SASLFailure> {
    if takesBase64 { return .success(text) }
    // RFC 4954 §4: the empty initial response. Cyrus takes it for base64 that is too short, but knows no EXTERNAL.
    if text == [UInt8(ascii: "=")], self is SASLServerExternal { return .success([]) }
    return SASLServerBase64.decode(text).mapError(\.failure)
  }
  /// A mechanism that asks nothing has no use for an answer.
  package mutating func found(_ answer: SASLLookupAnswer) -> SASLServerStep { .failed(.protocolError()) }
}

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

/// LOGIN (draft-murchison-sasl-login).
struct SASLServerLogin: SASLServerMechanism {
  private var user: String?

  mutating func start(initial: [UInt8]?) -> SASLServerStep {
    initial.map { respond($0) } ?? .challenge(Array("Username:".utf8))
  }

  mutating func respond(_ response: [UInt8]) -> SASLServerStep {
    guard let user else {
      self.user = String(decoding: response, as: UTF8.self)
      return .challenge(Array("Password:".utf8))
    }
    return user.isEmpty ? .failed(.emptyUser) : .verify(SASLCredentials(user: user, password: response))
  }
}

/// Base64 as Cyrus SASL judges it.
enum SASLServerBase64 {
  /// The octets, or the failure with which Cyrus meets such a text: whole groups are looked at before what is left over.
  static func decode(_ text: [UInt8]) -> Result<[UInt8], SASLBase64Failure> {
    let whole = text.prefix(text.count - text.count % 4)
    guard let octets = try? Base64.decode(whole) else { return .failure(.protocolError) }
    return whole.count == text.count ? .success(octets) : .failure(.incomplete)
  }
}

/// Why a text could not be decoded.
enum SASLBase64Failure: Error {
  case protocolError
  case incomplete

  var failure: SASLFailure { self == .incomplete ? .incomplete : .protocolError() }
}
