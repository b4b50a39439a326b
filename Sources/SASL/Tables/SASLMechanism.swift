/// All that is known of one SASL mechanism by its name (RFC 4422); its entry stands in `SASLMechanismTable`.
package struct SASLMechanism: Sendable {
  /// What a login proves, and so what either side must have.
  package enum Proof: Hashable, Sendable {
    /// The password, which is sent; a server need not store it as it is.
    case password
    /// A digest of the password, which the server must store as it is.
    case storedPassword
    /// What SCRAM derives from the password; the server needs that or its verifier.
    case scram(SASLHash)
    /// A bearer token, which is sent.
    case token
    /// A client certificate.
    case certificate
    case nothing
  }

  /// Makes the client's side; nil when the context lacks what it needs.
  package typealias MakeClient =
    @Sendable (Credentials, SASLContext) -> (any SASLClientMechanism)?
  /// Makes the server's side; nil when the context lacks what it needs.
  package typealias MakeServer = @Sendable (SASLServerContext) -> (any SASLServerMechanism)?

  /// The name in upper case.
  package let name: String
  /// Its document.
  package let clause: String
  /// What a login proves.
  package let proof: Proof
  /// What an attacker can do with it, as Cyrus SASL judges it.
  package let traits: SASLMechanismTraits
  /// What its user should know; empty when there is nothing.
  package let remark: String
  /// How its answers come about, in the notation of its document, one step a line; `‹secret›` is the password.
  package let derivation: [String]
  /// What a server may say before each answer that proves nothing itself; nil where it has to compute a challenge.
  package let prompts: [String]?
  /// What the variables of its answers are called behind `auth.` and its name, in their order.
  package let variables: [String]
  /// Whether some servers want the mechanism's name alone in AUTH, and the first message after a 334.
  package let mayStartBare: Bool
  /// What an answer holds that is a bare text, in the order of the answers.
  package let fields: [String]
  /// The user's name in the first answer, which is no secret; nil when it is not there.
  package let user: @Sendable ([UInt8]) -> [UInt8]?
  /// Makes the client's side.
  package let makeClient: MakeClient
  /// Makes the server's side; nil for a mechanism that is spoken as the client only.
  package let makeServer: MakeServer?

  init(
    _ name: String, _ clause: String, proof: Proof, traits: SASLMechanismTraits, remark: String = "",
    derivation: [String], prompts: [String]? = nil, variables: [String] = [""], fields: [String] = [],
    mayStartBare: Bool = false,
    user: @escaping @Sendable ([UInt8]) -> [UInt8]? = { _ in nil }, client: @escaping MakeClient,
    server: MakeServer? = nil
  ) {
    self.name = name
    self.clause = clause
    self.proof = proof
    self.traits = traits
    self.remark = remark
    self.derivation = derivation
    self.prompts = prompts
    self.variables = variables
    self.fields = fields
    self.mayStartBare = mayStartBare
    self.user = user
    makeClient = client
    makeServer = server
  }

  /// Whether the login is bound to the TLS connection, so that there must be one (RFC 5802 §6).
  package var bindsChannel: Bool { SASLMechanismTable.bindsChannel(name) }

  /// Whether the client says all that it has to say in one message, whatever the server says before it.
  package var isOneMessage: Bool { prompts == [""] }

  /// Whether the text of the server's prompts does not matter: the client knows what it has to say.
  package var ignoresPrompts: Bool { proof == .password }

  /// Whether a user must be named.
  package var needsUser: Bool { proof != .certificate && proof != .nothing }

  /// Whether the password goes into the answer to a challenge, and so not into the first line.
  package var awaitsChallenge: Bool {
    switch proof {
    case .storedPassword, .scram: true
    default: false
    }
  }

  /// The variable that stands for the n-th answer, the first being 1.
  package func variable(answer: Int) -> String {
    let tail = answer <= variables.count ? variables[answer - 1] : ".\(answer)"
    return "auth.\(name.lowercased())\(tail)"
  }
}
