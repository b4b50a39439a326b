import SMTPSession
import SMTPWire
import Testing

@testable import Diagnosis

@Suite struct ExitStatusTests {
  @Test(arguments: [
    ("smtp.450", 75), ("smtp.421", 75), ("smtp.550", 69), ("smtp.554", 69), ("smtp.530", 77), ("smtp.534", 77),
    ("smtp.535", 77),
    ("smtp.538", 77), ("smtp.partial", 1), ("smtp.250", 76), ("timeout.banner", 75), ("timeout.tls", 75),
    ("timeout.connect", 75),
    ("conn.refused", 69), ("conn.unreachable", 69), ("conn.failed", 69), ("conn.unknown_host", 68),
    ("conn.lookup_failed", 75),
    ("conn.eof", 76), ("conn.reset", 76), ("proto.mixed_codes", 76), ("proto.not_smtp", 76), ("tls.cert.expired", 77),
    ("tls.cert.anything", 77), ("tls.not_offered", 77), ("tls.refused", 77), ("tls.client_cert_required", 77),
    ("tls.handshake", 76),
    ("tls.injection", 76), ("tls.not_tls", 76), ("tls.config.identity", 66), ("tls.config.ciphers", 64),
    ("auth.not_offered", 77),
    ("auth.plaintext_refused", 77), ("auth.loop", 76), ("auth.too_many_iterations", 76), ("auth.bad_challenge", 76),
    ("auth.unexpected_success", 76),
    ("delivery.uncertain", 75), ("client.size_exceeded", 65), ("cancelled", 75), ("internal", 70),
    ("file.unreadable", 66), ("script.unmet", 1), ("conn.closed", 75), ("", 70),
  ])
  func `each failure has its exit status`(name: String, status: Int32) {
    #expect(FailureExplainer.exitStatus(for: SessionFailure(name, at: .command(.rcpt), "")) == status)
  }

  @Test(arguments: [("smtp.554", 77), ("smtp.454", 75), ("smtp.421", 75)])
  func `a login refused for good is a login refused, whatever its code`(name: String, status: Int32) {
    #expect(FailureExplainer.exitStatus(for: SessionFailure(name, at: .command(.auth), "")) == status)
  }
}
