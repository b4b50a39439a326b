/// The mechanisms that are known by name: one entry each, the strongest first; those that show the password or a token
/// come after all that do not.
///
/// Client and server, recordings, imports, the strings of `parley auth`, the workbench and the findings read this table.
package enum SASLMechanismTable {
  /// All entries; each name once.
  package static let all: [SASLMechanism] =
    [
      scram("SCRAM-SHA-256-PLUS", "RFC 7677", .sha256), scram("SCRAM-SHA-1-PLUS", "RFC 5802", .sha1),
      scram("SCRAM-SHA-256", "RFC 7677", .sha256), scram("SCRAM-SHA-1", "RFC 5802", .sha1), external,
      oauth(.oauthBearer, "RFC 7628", "n,a=NAME, ^A host= ^A port= ^A auth=Bearer ‹secret› ^A ^A"),
      oauth(.xoauth2, "", "user=NAME ^A auth=Bearer ‹secret› ^A ^A"), digestMD5, cramMD5, plain, login, ntlm, anonymous,
    ]

  /// The entry of a name in any case; nil for an unknown one.
  package static func entry(_ name: String) -> SASLMechanism? {
    let name = name.uppercased()
    return all.first { $0.name == name }
  }

  /// Whether a mechanism, known or not, is bound to the TLS connection.
  package static func bindsChannel(_ name: String) -> Bool { name.hasSuffix("-PLUS") }

  /// The variable that stands for the n-th answer of a mechanism in any case, known or not; the first is 1.
  package static func variable(_ name: String, answer: Int) -> String {
    if let entry = entry(name) { return entry.variable(answer: answer) }
    return "auth.\(name.lowercased())" + (answer == 1 ? "" : ".\(answer)")
  }

  /// The mechanism whose first answer a variable stands for; nil when it stands for something else.
  package static func entry(firstAnswer variable: String) -> SASLMechanism? {
    all.first { $0.variable(answer: 1) == variable }
  }

  private static let external = SASLMechanism(
    "EXTERNAL", "RFC 4422", proof: .certificate, traits: [],
    remark: "EXTERNAL needs a client certificate: --tls-cert FILE",
    derivation: ["base64(authzid), or = for the name in the certificate"], prompts: [""], fields: ["user"],
    client: { credentials, _ in ExternalMechanism(credentials) },
    server: { SASLServerExternal(certificateUser: $0.certificateUser) })

  private static let digestMD5 = SASLMechanism(
    "DIGEST-MD5", "RFC 2831", proof: .storedPassword, traits: [.active, .dictionary, .mutual],
    remark: "DIGEST-MD5 needs the server to store the password; it is out of date",
    derivation: [
      "A1 = MD5(user:realm:‹secret›):nonce:cnonce[:authzid]", "A2 = AUTHENTICATE:digest-uri",
      "response = MD5(MD5(A1):nonce:nc:cnonce:qop:MD5(A2))",
    ],
    user: { DigestDirectives($0)?["username"] },
    client: { credentials, context in
      context.digests.map { DigestMD5Mechanism(credentials, $0, host: context.host, nonce: context.nonce) }
    },
    server: { context in context.digests.map { SASLServerDigestMD5(realm: context.realm, $0) } })

  private static let cramMD5 = SASLMechanism(
    "CRAM-MD5", "RFC 2195", proof: .storedPassword, traits: [.active, .dictionary],
    remark: "CRAM-MD5 needs the server to store the password; it is out of date",
    derivation: ["digest = HMAC-MD5(‹secret›, challenge)", "base64(user SP hex(digest))"],
    prompts: ["<1.1@server.example>"],
    user: { answer in answer.lastIndex(of: 0x20).map { Array(answer[..<$0]) } },
    client: { credentials, context in context.digests.map { CRAMMD5Mechanism(credentials, $0) } },
    server: { context in context.digests.map { SASLServerCRAMMD5(host: context.host, $0) } })

  private static let plain = SASLMechanism(
    "PLAIN", "RFC 4616", proof: .password, traits: [.plaintext, .active], remark: "PLAIN sends the password itself",
    derivation: ["base64(authzid NUL user NUL ‹secret›)"], prompts: [""],
    user: { answer in
      let parts = answer.split(separator: 0, omittingEmptySubsequences: false)
      return parts.count == 3 ? Array(parts[1]) : nil
    },
    client: { credentials, _ in PlainMechanism(credentials) }, server: { _ in SASLServerPlain() })

  private static let login = SASLMechanism(
    "LOGIN", "draft-murchison-sasl-login", proof: .password, traits: [.plaintext, .active],
    remark: "LOGIN sends the password itself", derivation: ["base64(user)", "base64(‹secret›)"],
    prompts: loginPrompts, variables: [".username", ".password"], fields: ["user", "password"],
    user: { $0 },
    client: { credentials, context in LoginMechanism(credentials, sendsUser: context.loginSendsUser) },
    server: { _ in SASLServerLogin(prompts: loginPrompts) })

  private static let loginPrompts = ["Username:", "Password:"]

  private static let ntlm = SASLMechanism(
    "NTLM", "MS-NLMP", proof: .storedPassword, traits: [.active, .dictionary],
    remark: "NTLM can be guessed off-line by who listens",
    derivation: [
      "key      = HMAC-MD5(MD4(UTF-16(‹secret›)), UPPER(user) domain)",
      "response = HMAC-MD5(key, challenge blob) blob",
    ],
    variables: [".1", ".2"], mayStartBare: true,
    client: { credentials, context in
      context.digests.map { NTLMMechanism(credentials, $0, unixTime: context.unixTime) }
    })

  private static let anonymous = SASLMechanism(
    "ANONYMOUS", "RFC 4505", proof: .nothing, traits: [.anonymous, .active],
    remark: "ANONYMOUS proves nothing; the user is a trace", derivation: ["base64(trace), which proves nothing"],
    prompts: [""], fields: ["trace"], client: { credentials, _ in AnonymousMechanism(credentials) },
    server: { _ in SASLServerAnonymous() })

  private static func oauth(_ kind: OAuthMechanism.Kind, _ clause: String, _ form: String) -> SASLMechanism {
    SASLMechanism(
      kind.rawValue, clause, proof: .token, traits: [.plaintext, .active],
      remark: "\(kind.rawValue) sends the token itself", derivation: ["base64(\(form))"], prompts: [""],
      user: { answer in OAuthMessage(answer).map { Array($0.user.utf8) } },
      client: { OAuthMechanism(kind, $0, host: $1.host, port: $1.port) }, server: { _ in SASLServerOAuth(kind) })
  }

  /// RFC 5802 §3, §7.
  private static func scram(_ name: String, _ clause: String, _ hash: SASLHash) -> SASLMechanism {
    let digest = hash == .sha256 ? "SHA-256" : "SHA-1"
    return SASLMechanism(
      name, clause, proof: .scram(hash), traits: [.dictionary, .mutual],
      remark: bindsChannel(name) ? "what binds it to TLS is made up here; in a session it is real" : "",
      derivation: [
        "SaltedPassword  = PBKDF2(\(digest), ‹secret›, salt, iterations)",
        "ClientKey       = HMAC(SaltedPassword, \"Client Key\")", "StoredKey       = \(digest)(ClientKey)",
        "ClientSignature = HMAC(StoredKey, AuthMessage)", "ClientProof     = ClientKey XOR ClientSignature",
      ],
      variables: [".1", ".2"],
      user: { answer in
        let bare = answer.split(separator: UInt8(ascii: ","), maxSplits: 2, omittingEmptySubsequences: false)
        return bare.count < 3 ? nil : ScramText(bare[2])?["n"].flatMap { ScramText.unescaped($0) }
      },
      client: { credentials, context in
        context.digests.flatMap { ScramMechanism(name, credentials, context, digests: $0) }
      },
      server: { context in context.digests.flatMap { SASLServerScram(name, context, $0) } })
  }
}
