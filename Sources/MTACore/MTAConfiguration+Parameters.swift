import SMTPSession

extension MTAConfiguration {
  /// Gives a parameter of main.cf a value, as Postfix's `-o name=value` does; the value is taken without `$` expansion.
  package mutating func set(_ name: String, to value: String) throws(MTAParameterDiagnostic) {
    guard let parameter = Self.parameters.first(where: { $0.name == name }) else { throw .unsupported }
    guard parameter.apply(value, &self) else { throw .badValue(expected: parameter.expected) }
  }

  /// The parameters that can be set.
  private static let parameters: [MTAParameter] = authentication + encryption + session

  private static let authentication: [MTAParameter] = [
    .flag("smtpd_sasl_auth_enable", \.session.authEnabled),
    .flag("smtpd_tls_auth_only", \.session.authOnlyUnderTLS),
    .flag("broken_sasl_auth_clients", \.session.announcesAuthTwice),
    .flag("smtpd_sasl_authenticated_header", \.tellsLogin),
    .options("smtpd_sasl_security_options") { $1.session.securityOptions = $0 },
    .options("smtpd_sasl_tls_security_options") { $1.session.tlsSecurityOptions = $0 },
    .words("smtpd_sasl_type", ["cyrus": .own, "dovecot": .dovecot], \.authBackEnd),
    MTAParameter("smtpd_sasl_path", "a path, or inet:HOST:PORT") {
      $1.authSocket = $0
      return !$0.isEmpty && !$0.utf8.contains(0)
    },
    MTAParameter("smtpd_sasl_local_domain", "a name, or nothing") {
      $1.realm = $0
      return true
    },
    .number("smtpd_sasl_response_limit", 1...1_000_000, \.session.responseLimit),
  ]

  private static let encryption: [MTAParameter] = [
    .words("smtpd_tls_security_level", ["none": .off, "may": .may, "encrypt": .encrypt], \.session.tls),
    .flag("smtpd_tls_received_header", \.tellsTLS),
    .flag("smtpd_tls_ask_ccert", \.asksCertificate),
    MTAParameter("smtpd_tls_CAfile", "the path of a PEM file") {
      $1.clientAuthorities = $0
      return !$0.isEmpty && !$0.utf8.contains(0)
    },
  ]

  private static let session: [MTAParameter] = [
    .number("smtpd_soft_error_limit", 1...1_000_000, \.session.softErrorLimit),
    .number("smtpd_hard_error_limit", 1...1_000_000, \.session.hardErrorLimit),
    .number("smtpd_junk_command_limit", 1...1_000_000, \.session.junkCommandLimit),
    .time("smtpd_error_sleep_time", \.session.errorDelay),
    .time("smtpd_timeout", \.session.timeout),
    .number("smtpd_recipient_limit", 1...1_000_000, \.session.recipientLimit),
    .number("smtpd_recipient_overshoot_limit", 1...1_000_000, \.session.recipientOvershootLimit),
    .number("message_size_limit", 0...1_073_741_824, \.session.sizeLimit),
    .number("line_length_limit", 12...1_000_000, \.session.lineLimit),
    .number("hopcount_limit", 1...10_000, \.hopLimit),
    .flag("smtpd_helo_required", \.session.heloRequired),
    .flag("strict_rfc821_envelopes", \.session.strictEnvelopes),
    .flag("disable_vrfy_command", \.session.verifyDisabled),
    .flag("smtputf8_enable", \.session.smtputf8),
  ]
}
