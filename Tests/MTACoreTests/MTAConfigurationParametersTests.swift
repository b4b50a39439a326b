import MTACore
import SASL
import SMTPSession
import Testing

@Suite("Parameters of main.cf")
struct MTAConfigurationParametersTests {
  private func set(_ pairs: KeyValuePairs<String, String>) throws(MTAParameterDiagnostic) -> MTAConfiguration {
    var configuration = MTAConfiguration()
    for (name, value) in pairs { try configuration.set(name, to: value) }
    return configuration
  }

  @Test("flags, numbers, times and words are taken over")
  func values() throws {
    let configuration = try set([
      "smtpd_tls_auth_only": "yes", "broken_sasl_auth_clients": "YES", "smtpd_soft_error_limit": "3",
      "smtpd_error_sleep_time": "0", "smtpd_timeout": "5m", "smtpd_tls_security_level": "encrypt",
      "smtpd_sasl_type": "dovecot", "smtpd_sasl_path": "/run/auth", "smtpd_sasl_auth_enable": "no",
      "smtpd_sasl_security_options": "", "smtpd_sasl_tls_security_options": "noplaintext",
      "smtpd_tls_ask_ccert": "yes", "smtpd_tls_CAfile": "/ca.pem", "smtpd_sasl_local_domain": "example.com",
    ])
    #expect(configuration.session.authOnlyUnderTLS && configuration.session.announcesAuthTwice)
    #expect(configuration.session.softErrorLimit == 3)
    #expect(configuration.session.errorDelay == .zero)
    #expect(configuration.session.timeout == .seconds(300))
    #expect(configuration.session.tls == .encrypt)
    #expect(configuration.authBackEnd == .dovecot && configuration.authSocket == "/run/auth")
    #expect(!configuration.session.authEnabled)
    #expect(configuration.session.securityOptions == SASLSecurityOptions())
    #expect(configuration.session.tlsSecurityOptions == SASLSecurityOptions(forbidden: .plaintext))
    #expect(configuration.asksCertificate && configuration.clientAuthorities == "/ca.pem")
    #expect(configuration.realm == "example.com")
  }

  @Test("a parameter that is not followed is named, not ignored")
  func unsupported() {
    #expect(throws: MTAParameterDiagnostic.unsupported) { try set(["smtpd_milters": "inet:localhost:1"]) }
  }

  @Test(
    "a value that is none says what was expected",
    arguments: [
      ("smtpd_tls_auth_only", "maybe", "yes or no"), ("smtpd_hard_error_limit", "-1", "a number from 1"),
      ("smtpd_error_sleep_time", "1y", "a time"), ("smtpd_timeout", "99999999999999999999", "a time"),
      ("smtpd_timeout", "2w", "a time"), ("smtpd_sasl_type", "saslauthd", "cyrus, dovecot"),
      ("smtpd_sasl_security_options", "noplain", "noplaintext"), ("smtpd_sasl_path", "", "a path"),
    ])
  func bad(name: String, value: String, words: String) {
    #expect {
      try set([name: value])
    } throws: { error in
      guard case .badValue(let expected)? = error as? MTAParameterDiagnostic else { return false }
      return expected.contains(words)
    }
  }
}
