package import SASL
import SMTPWire

/// Whether a server offers STARTTLS (RFC 3207).
package enum ServerTLSOffer: Hashable, Sendable {
  /// Not at all.
  case off
  /// Offered; who does not want it goes on in clear.
  case may
  /// Offered, and needed before anything else of weight.
  case encrypt
  /// Offered, but the certificate cannot be loaded: the command is answered 454.
  case broken
}

/// What a server makes of a line feed without a carriage return before it (RFC 5321 §2.3.8).
package enum ServerBareLineFeed: Hashable, Sendable {
  /// A line's end like any other, also around the final dot: `smtpd_forbid_bare_newline = no`.
  case accept
  /// A line's end, but a message ends with CRLF . CRLF only: `normalize`.
  case normalize
  /// As `normalize`, and then refused: `reject`.
  case reject
  /// The ending of the client's first line decides: who begins with a bare LF, as one does by hand, is accepted; for who
  /// begins with CRLF a bare LF within a message is text, and within a command it is refused.
  ///
  /// A smuggler's text (CVE-2023-51764) always comes through a client that writes CRLF itself.
  case consistent
}

/// What a server is told about itself: texts, limits and what it offers.
///
/// The initial values are those of Postfix 3.7.
package struct ServerConfiguration: Hashable, Sendable {
  /// The name in the greeting and in the replies to HELO and EHLO: `myhostname`.
  package var hostname: String
  /// What stands behind the greeting's code: `smtpd_banner`.
  package var banner: String
  /// The greatest message in octets, 0 for no limit: `message_size_limit`.
  package var sizeLimit = 10_240_000
  /// Whether STARTTLS is offered: `smtpd_tls_security_level`.
  package var tls = ServerTLSOffer.off
  /// Whether AUTH is there at all, provided that there is a mechanism: `smtpd_sasl_auth_enable`.
  package var authEnabled = true
  /// The SASL mechanisms in their order, where no back end has its own.
  package var mechanisms: [String] = []
  /// Which of them may be offered in clear: `smtpd_sasl_security_options`.
  package var securityOptions = SASLSecurityOptions.noAnonymous
  /// Which of them may be offered under TLS; as in clear when nil: `smtpd_sasl_tls_security_options`.
  package var tlsSecurityOptions: SASLSecurityOptions?
  /// Whether AUTH waits for TLS: `smtpd_tls_auth_only`.
  package var authOnlyUnderTLS = false
  /// Whether `AUTH=` is announced, too: `broken_sasl_auth_clients`.
  package var announcesAuthTwice = false
  /// Whether HELO or EHLO must come first: `smtpd_helo_required`.
  package var heloRequired = false
  /// Whether an envelope address needs its brackets: `strict_rfc821_envelopes`.
  package var strictEnvelopes = false
  /// Whether VRFY is refused: `disable_vrfy_command`.
  package var verifyDisabled = false
  /// Whether SMTPUTF8 is offered and lines must be UTF-8: `smtputf8_enable`.
  package var smtputf8 = true
  /// Words, in upper case, that are answered like NOOP: `smtpd_noop_commands`.
  package var noopCommands: Set<String> = []
  /// Words, in upper case, that end the session: `smtpd_forbidden_commands`.
  package var forbiddenCommands: Set<String> = ["CONNECT", "GET", "POST"]
  /// Whether an unknown line that begins with no letter ends the session, as that parameter's regexp has it.
  package var forbidsNonLetters = true
  /// EHLO keywords, in upper case, of the extensions that are there, in the order in which they are announced.
  package var extensions = [
    "PIPELINING", "SIZE", "VRFY", "ETRN", "STARTTLS", "AUTH", "ENHANCEDSTATUSCODES", "8BITMIME", "DSN", "SMTPUTF8",
    "CHUNKING",
  ]
  /// EHLO keywords, in upper case, that are kept back: `smtpd_discard_ehlo_keywords`.
  package var discardedKeywords: Set<String> = []
  /// What a bare LF is taken for: `smtpd_forbid_bare_newline`.
  package var bareLineFeed = ServerBareLineFeed.accept
  /// The greatest command line in octets: `line_length_limit`.
  package var lineLimit = 2048
  /// The greatest line in octets that answers a challenge of AUTH (RFC 4954 §4.3).
  package var responseLimit = 12_288
  /// The greatest number of accepted recipients: `smtpd_recipient_limit`.
  package var recipientLimit = 1000
  /// How many recipients beyond the limit are no error yet: `smtpd_recipient_overshoot_limit`.
  package var recipientOvershootLimit = 1000
  /// From how many errors on each reply is delayed: `smtpd_soft_error_limit`.
  package var softErrorLimit = 10
  /// How many errors end the session: `smtpd_hard_error_limit`.
  package var hardErrorLimit = 20
  /// How many commands that bring no mail are no error yet: `smtpd_junk_command_limit`.
  package var junkCommandLimit = 100
  /// `smtpd_error_sleep_time`.
  package var errorDelay: Duration = .seconds(1)
  /// How long the client may take for a command: `smtpd_timeout`.
  package var timeout: Duration = .seconds(300)

  /// Makes the configuration of a server with a name.
  package init(hostname: String = "mail.example.com") {
    self.hostname = hostname
    banner = "\(hostname) ESMTP Postfix"
  }

  /// The word behind a path as a parameter of an extension that is there; nil for any other.
  func parameter(_ word: [UInt8], of verb: Command.Verb) -> ParameterMatch? {
    ExtensionTable.match(word[...], of: verb).flatMap { extensions.contains($0.owner.keyword) ? $0 : nil }
  }

  /// Whether an EHLO keyword is not kept back.
  func announces(_ keyword: String) -> Bool { !discardedKeywords.contains(keyword) }
}

/// Who is at the other end, as replies and log lines name it.
package struct ServerClient: Hashable, Sendable, CustomStringConvertible {
  /// The name that the address leads to and that leads back, else `unknown`.
  package let name: String
  /// The IP address without brackets.
  package let address: String

  /// Makes a client of its name and address.
  package init(name: String, address: String) {
    self.name = name
    self.address = address
  }

  /// `name[address]`.
  package var description: String { "\(name)[\(address)]" }
}

/// What is known of a session's TLS, as the Received header tells it.
package struct ServerTLSFacts: Hashable, Sendable {
  /// Such as `TLSv1.3`.
  package var version: String
  /// The name of the cipher suite.
  package var cipher: String
  /// The strength of the cipher.
  package var cipherBits: Int
  /// The group of the key exchange, such as `X25519`.
  package var group: String?
  /// Words for the server's signature, such as `RSA-PSS (2048 bits) server-digest SHA256`.
  package var serverSignature: String?
  /// What the client showed of itself.
  package var clientCertificate = ClientCertificate.notRequested

  /// What became of the client's certificate.
  package enum ClientCertificate: Hashable, Sendable {
    case notRequested
    /// The client was asked and has none.
    case absent
    /// The names in the certificate, and whether an authority that is trusted here vouches for them.
    case shown(commonName: String, issuer: String, isVerified: Bool)
  }

  /// Makes the facts of a session.
  package init(version: String, cipher: String, cipherBits: Int, group: String? = nil, serverSignature: String? = nil) {
    self.version = version
    self.cipher = cipher
    self.cipherBits = cipherBits
    self.group = group
    self.serverSignature = serverSignature
  }
}

/// Who has logged in.
package struct ServerLogin: Hashable, Sendable {
  /// The mechanism as the client wrote it.
  package let method: String
  /// The name that was authenticated.
  package let user: String

  /// Makes a login.
  package init(method: String, user: String) {
    self.method = method
    self.user = user
  }
}
