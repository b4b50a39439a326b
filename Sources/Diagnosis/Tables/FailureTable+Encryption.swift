import Failures

extension FailureTable {
  /// How TLS can fail before there is a certificate to be judged.
  static let handshakes: [FailureMeaning] = [
    FailureMeaning(
      .tlsNotOffered, "TLS not offered",
      "TLS is required and the reply to EHLO does not list STARTTLS; nothing was sent in clear.",
      next: [
        "try TLS from the first byte: smtps://HOST:465",
        "somebody on the way may have removed STARTTLS from the reply: compare from another network",
        "where mail in clear is acceptable: parley send --tls-optional …",
        "on the server (Postfix): smtpd_tls_security_level = may, and a certificate",
      ], "RFC 3207 §4"),
    FailureMeaning(
      .tlsRefused, "TLS refused", "The server offers STARTTLS and then refuses it; nothing was sent in clear.",
      next: [
        "try again later, or smtps://HOST:465",
        "on the server (Postfix): smtpd_tls_cert_file and smtpd_tls_key_file exist, are readable and belong together; see the log",
      ], "RFC 3207 §4"),
    FailureMeaning(
      .tlsNotTLS, "no TLS here", "What the server sent is not TLS.",
      next: ["use STARTTLS on port 587 or 25 instead: smtp://HOST:587"], "RFC 8314 §3.3"),
    FailureMeaning(
      .tlsHandshake, "the TLS handshake failed",
      "The two sides did not come to an agreement, or what came was damaged.",
      next: [
        "the words above name the step; openssl s_client -starttls smtp -connect HOST:587 shows another client's view"
      ], "RFC 8446 §4"),
    FailureMeaning(
      .tlsAlert, "the server ended TLS", "The server broke the handshake off with an alert.",
      next: [
        "handshake_failure: no cipher or version in common; unrecognized_name: the server does not know the name asked for (--tls-sni NAME)",
        "on the server (Postfix): smtpd_tls_loglevel = 1, then the log",
      ], "RFC 8446 §6.2"),
    FailureMeaning(
      .tlsEOF, "closed during the handshake", "The server closed the connection in the middle of the TLS handshake.",
      next: [
        "is TLS expected at this port? 465 begins with TLS, 25 and 587 with STARTTLS",
        "on the server (Postfix): the log line SSL_accept error",
      ], "RFC 8446 §6.1"),
    FailureMeaning(
      .tlsTruncated, "cut off inside TLS",
      "The connection was closed without TLS's closing alert in the middle of a reply, so something may have cut it.",
      next: ["try again; if it happens at the same place, compare from another network"], "RFC 8446 §6.1"),
    FailureMeaning(
      .tlsInjection, "plaintext injected before TLS",
      "Plaintext stood behind the 220 of STARTTLS: somebody on the way, or a faulty server, tries to have it taken for a reply inside TLS.",
      next: [
        "do not send a password over this way; compare from another network",
        "on the server: its software is older than the repair of CVE-2011-0411",
      ],
      "RFC 3207 §4.2, CVE-2011-0411"),
    FailureMeaning(
      .tlsRenegotiation, "renegotiation refused",
      "The server wanted a new handshake in the middle of the connection, which is refused because it has been abused.",
      next: ["on the server: allow TLS 1.3, which has none"], "RFC 5746 §1"),
    FailureMeaning(
      .tlsVersion, "no TLS version in common",
      "The server speaks only versions of TLS that are refused here: TLS 1.0 and 1.1 are broken.",
      next: ["on the server (Postfix): smtpd_tls_protocols = >=TLSv1.2, and a current OpenSSL"], "RFC 8996 §2"),
    FailureMeaning(
      .tlsClientCertRequired, "a client certificate is required",
      "The server lets only clients in that show a certificate.",
      next: [
        "show yours: parley send --tls-cert FILE --tls-key FILE …",
        "on the server (Postfix): smtpd_tls_req_ccert = yes demands it, smtpd_tls_ask_ccert only asks",
      ],
      "RFC 8446 §4.3.2"),
  ]

  /// Why a certificate is not believed.
  static let certificates: [FailureMeaning] = [
    certificate(
      .tlsCertExpired, "the certificate has expired",
      "The server's certificate, or one above it, was valid until a time that is past.",
      next: [
        "is the clock here right?",
        "on the server: renew the certificate and reload; certbot and acme.sh need a hook for that (postfix reload)",
      ]),
    certificate(
      .tlsCertNotYetValid, "the certificate is not valid yet",
      "The server's certificate will be valid later: a clock is wrong, here or there.",
      next: ["is the clock here right? Compare date with another host"]),
    certificate(
      .tlsCertSelfSigned, "the certificate is signed by itself",
      "Nobody vouches for the server's certificate but the certificate itself.",
      next: [
        "if you know it: trust it by --tls-ca-path FILE; parley's reference MTA prints its own authority's file",
        "between servers (port 25) this is common; without verification nobody knows who answers: --insecure",
        "on the server: a certificate of a public authority",
      ]),
    certificate(
      .tlsCertUntrusted, "the certificate's issuer is not trusted",
      "The chain does not lead to an authority that is trusted here.",
      next: [
        "mostly the server does not send the intermediate certificate: on the server (Postfix) smtpd_tls_chain_files or smtpd_tls_cert_file must hold the full chain",
        "for an authority of your own: --tls-ca-path FILE",
      ]),
    certificate(
      .tlsCertHostname, "the certificate is for another name",
      "The certificate is good, and for other names than the one that was asked for.",
      next: [
        "connect by a name that the certificate bears",
        "by an address or alias: --tls-sni NAME sets the name that is asked for",
        "on the server: add the name to the certificate",
      ], "RFC 9525 §6"),
    certificate(
      .tlsCertWeakKey, "the key is too short", "A key in the chain is too short to be safe.",
      next: ["on the server: a new key of RSA 2048 bits or more, or ECDSA P-256"]),
    certificate(
      .tlsCertWeakSignature, "the signature is too weak",
      "A certificate of the chain is signed with a digest that is broken, such as SHA-1.",
      next: ["on the server: have the certificate issued anew"], "RFC 9155 §1"),
    certificate(
      .tlsCertInvalid, "the certificate breaks a rule",
      "A certificate of the chain is not fit for this use, or its signature is wrong.",
      next: [
        "the words above name the rule; on the server: have the certificate issued anew, for server authentication"
      ]),
  ]

  private static func certificate(
    _ name: FailureName, _ title: String, _ cause: String, next: [String], _ clause: String = "RFC 5280 §6.1"
  ) -> FailureMeaning {
    FailureMeaning(name, title, cause, next: next, clause)
  }

  /// What is wrong with our own side's TLS settings.
  static let settings: [FailureMeaning] = [
    setting(
      .tlsConfigIdentity, "our certificate or key",
      "The certificate or key file of this side is missing, cannot be read, or the two do not belong together.",
      next: ["check the files of --tls-cert and --tls-key: PEM, readable, of one pair"]),
    setting(
      .tlsConfigTrust, "our trusted certificates", "The file or directory of trusted certificates could not be read.",
      next: ["check --tls-ca-path, SSL_CERT_FILE and SSL_CERT_DIR; Debian's package is ca-certificates"]),
    setting(
      .tlsConfigCiphers, "our cipher list", "The cipher list names no cipher that can be used.",
      next: ["openssl ciphers -v LIST shows what a list means"]),
    setting(
      .tlsConfigVersions, "our TLS versions", "The oldest version allowed is newer than the newest.",
      next: ["set the two the other way round"]),
    setting(
      .tlsConfigKeyLog, "our key log", "The key log file cannot be written.",
      next: ["check the path in SSLKEYLOGFILE, or unset it"]),
    setting(
      .tlsConfigLibrary, "the TLS library", "OpenSSL itself failed.",
      next: ["is OpenSSL's configuration (openssl.cnf) in order?"]),
  ]

  private static func setting(_ name: FailureName, _ title: String, _ cause: String, next: [String]) -> FailureMeaning {
    FailureMeaning(name, title, cause, next: next, "RFC 8446 §4.4.2")
  }
}
