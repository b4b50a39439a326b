extension ServerWordingTable {
  /// What servers say about TLS.
  static let encryption: [ServerWording] = [
    ServerWording(
      "encryption-for-mechanism", "this login needs TLS",
      [
        "encryption required for requested", "encryption needed to use mechanism",
        "plaintext authentication disallowed", "cleartext authentication disallowed",
        "plaintext authentication disabled", "cleartext authentication disabled", "must use encryption",
        "authentication mechanism*encrypt",
      ],
      cause: "The server allows this mechanism only inside TLS, because anybody on the way could read the password.",
      next: [
        "use STARTTLS first: parley send --tls --auth …, or TLS from the first byte: smtps://HOST:465",
        "on the server (Postfix): smtpd_sasl_security_options = noanonymous, noplaintext and smtpd_sasl_tls_security_options = noanonymous",
      ],
      clause: "RFC 4954 §6"),
    ServerWording(
      "encryption-needed", "TLS is needed",
      [
        "must issue a starttls", "must issue starttls", "starttls required", "starttls first", "starttls is required",
        "tls required", "tls is required", "encryption required",
        "encryption is required", "requires encryption", "ssl required", "secure connection required", "requires tls",
        "use starttls", "starttls command first", "requires a secure connection",
      ],
      cause: "The server wants TLS before this command.",
      next: [
        "STARTTLS, then EHLO again, then this command; parley send --tls does so by itself",
        "on the server (Postfix): smtpd_tls_security_level = encrypt demands it, = may only offers it",
      ],
      clause: "RFC 3207 §4"),
    ServerWording(
      "tls-unavailable", "TLS is not available now",
      [
        "tls not available", "tls currently unavailable", "tls is not available", "tls unavailable", "tls temporarily",
        "cannot initialize tls", "starttls not available",
      ],
      cause:
        "The server offers STARTTLS and cannot do it: most often its certificate or key is missing or cannot be read.",
      next: [
        "nothing was sent in clear; without TLS it may go on, where you can accept that: parley send --tls-optional …",
        "on the server (Postfix): smtpd_tls_cert_file and smtpd_tls_key_file exist, are readable and belong together; see the log",
      ],
      clause: "RFC 3207 §4"),
    ServerWording(
      "tls-already", "TLS is already on",
      ["tls already active", "already running in tls", "already in tls", "tls already"],
      cause: "STARTTLS was sent inside TLS, and there is no second layer.",
      next: ["go on with EHLO"], clause: "RFC 3207 §4"),
    ServerWording(
      "requiretls-unsupported", "REQUIRETLS cannot be kept", ["requiretls"],
      cause: "The message demands TLS on its whole way, and the server cannot promise that.",
      next: ["send without REQUIRETLS, or by another server"], clause: "RFC 8689"),
  ]
}
