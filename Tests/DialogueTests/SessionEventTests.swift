import Dialogue
import Failures
import SMTPWire
import Testing

@Suite("Events as text")
struct SessionEventTests {
  private static let all: [(SessionEvent, String)] = [
    (.target("smtp://mail.example.com:587"), "target smtp://mail.example.com:587"),
    (.clock("2026-11-22T19:34:05.123Z"), "clock 2026-11-22T19:34:05.123Z"),
    (.connecting("mail.example.com:587"), "connecting mail.example.com:587"),
    (.connected("192.0.2.25:587"), "connected 192.0.2.25:587"), (.connected(""), "connected"),
    (
      .connectFailed("192.0.2.25:587", EventReason(.connRefused, "connection refused")),
      "connect-failed 192.0.2.25:587 conn.refused connection refused"
    ),
    (.connectFailed("-", EventReason(nil, "Connection refused")), "connect-failed - Connection refused"),
    (
      .tls(TLSSummary(version: "TLSv1.3", cipher: "AES", group: "X25519", isVerified: true)),
      "tls TLSv1.3 AES X25519 verified"
    ),
    (.tls(TLSSummary(version: "TLSv1.2", cipher: "AES", isVerified: false)), "tls TLSv1.2 AES unverified"),
    (.tls(TLSSummary(version: "TLSv1.2", cipher: "AES")), "tls TLSv1.2 AES"),
    (
      .certificate(
        CertificateSummary(subject: "CN=a b", issuer: "CN=CA", names: "a,b", until: "2027", key: "RSA 2048")),
      "certificate subject=CN=a b issuer=CN=CA names=a,b until=2027 key=RSA 2048"
    ),
    (.certificate(CertificateSummary(subject: "x", until: "y")), "certificate subject=x until=y"),
    (.unverified(EventReason(.tlsCertExpired, "it ended")), "unverified tls.cert.expired it ended"),
    (.tlsFailed(EventReason(.tlsEOF, "")), "tls-failed tls.eof"),
    (.injected([0x32, 0xFF, 0x0A]), "injected 2\\xFF\\n"),
    (.authenticated(mechanism: "PLAIN", user: "alice smith"), "authenticated PLAIN alice smith"),
    (.deviation(EventReason(.warnBareLF, "a bare LF")), "deviation warn.bare_lf a bare LF"),
    (.closed(by: .peer, ""), "closed by peer"), (.closed(by: .us, ", with a reset"), "closed by us, with a reset"),
    (.closed(by: nil, "by user"), "closed by user"), (.closed(by: nil, ""), "closed"),
    (.reset("by peer"), "reset by peer"),
    (.timeout(EventReason(.timeoutBanner, "no greeting")), "timeout timeout.banner no greeting"),
    (.timeout(EventReason(nil, "")), "timeout"),
    (.failed(EventReason(.connEOF, "it closed")), "failed conn.eof it closed"), (.truncated(""), "truncated"),
    (.unknown(name: "weather", details: [0x41, 0xFF]), "weather A\\xFF"),
    (.unknown(name: "connected", details: [0xFF]), "connected \\xFF"),
  ]

  @Test("each event is written as the format has it, and read as it was", arguments: all)
  func both(event: SessionEvent, text: String) throws {
    let written = DialogueWriter.line(TimedEvent(.zero, .event(event)))
    #expect(String(decoding: written, as: UTF8.self) == "0.000 * \(text)\n")
    #expect(DialogueLine("* " + text).sessionEvent == event)
  }

  @Test("each name of the format is known, and the list above has them all but the digest")
  func names() {
    #expect(Set(SessionEvent.Name.allCases.map(\.rawValue)).subtracting(Self.all.map(\.0.name)) == ["elided"])
    for name in SessionEvent.Name.allCases where name != .elided {
      if case .unknown = SessionEvent(name: name.rawValue, details: []) { Issue.record("\(name)") }
    }
  }

  @Test("what a file says of octets left out is read, and nonsense stays as it is")
  func elided() {
    #expect(DialogueLine("* elided sha256=00ff octets=5").sessionEvent?.details == bytes("sha256=00ff octets=5"))
    #expect(DialogueLine("* elided many").sessionEvent == .unknown(name: "elided", details: bytes("many")))
  }

  @Test(
    "no value of a certificate passes for another field",
    arguments: ["CN=a issuer=CN=Good CA", "\"CN", "a key=\"x\\", " until=2030", "names=b", "issuer=CN=x"])
  func forged(value: String) {
    for certificate in [
      CertificateSummary(subject: value, issuer: "CN=Real", names: "a", until: "2027", key: "RSA 2048"),
      CertificateSummary(subject: "s", issuer: value, names: value, until: "2027", key: value),
    ] {
      let event = SessionEvent.certificate(certificate)
      #expect(SessionEvent(name: event.name, details: event.details) == event, "\(event)")
    }
  }

  @Test("an older name of a certificate's end is read")
  func expires() {
    let event = SessionEvent(name: "certificate", details: bytes("subject=x expires=2027"))
    #expect(event == .certificate(CertificateSummary(subject: "x", until: "2027")))
  }
}
