import Dialogue
import Failures
import SMTPSession
import SMTPWire

/// Looks at TLS: offered, agreed, verified, and nothing slipped in before it.
enum EncryptionRules {
  static let all = [notOffered, refused, injected, stillOffered, failed, unverified, oldVersion, expiresSoon, expired]

  static let notOffered = FindingRule(
    "starttls.not-offered", .warning, "STARTTLS is not offered",
    "The server does not offer TLS, so everything can be read and changed on the way; or somebody on the way has removed the offer.",
    next: [
      "compare from another network, and try smtps://HOST:465",
      "on the server (Postfix): smtpd_tls_security_level = may, and a certificate in smtpd_tls_chain_files",
    ], "RFC 3207 §4")
  static let refused = FindingRule(
    "starttls.refused", .error, "STARTTLS is offered and refused",
    "The server offers TLS and cannot do it; a client that goes on in clear can be brought to that by anybody on the way.",
    next: [
      "on the server (Postfix): smtpd_tls_cert_file and smtpd_tls_key_file exist, are readable and belong together; see the log"
    ], "RFC 3207 §4")
  static let injected = FindingRule(
    "starttls.trailing-plaintext", .error, "plaintext behind the 220 of STARTTLS",
    "Octets came in clear behind the 220, where a client could take them for a reply inside TLS; they were not used.",
    next: [
      "do not send a password over this way",
      "on the server: its software is older than the repair of CVE-2011-0411, or somebody stands in between",
    ],
    "RFC 3207 §4.2")
  static let stillOffered = FindingRule(
    "starttls.still-offered", .warning, "STARTTLS is offered inside TLS",
    "The reply to EHLO inside TLS lists STARTTLS, which the standard forbids.",
    next: ["a proxy that does TLS before the server is the usual reason: its server does not know of the TLS"],
    "RFC 3207 §4.2")
  static let failed = FindingRule(
    "tls.failed", .error, "the TLS handshake failed", "The two sides did not come to an agreement about TLS.",
    next: ["openssl s_client -starttls smtp -connect HOST:587 shows another client's view"], "RFC 8446 §4")
  static let unverified = FindingRule(
    "tls.unverified", .error, "the certificate cannot be trusted",
    "The server's certificate is not valid for this server, so nobody knows who answers.",
    next: ["on the server: a certificate of a public authority for its own name, with its chain"], "RFC 5280 §6.1")
  static let oldVersion = FindingRule(
    "tls.old-version", .warning, "an old version of TLS", "TLS 1.0 and 1.1 are broken and should not be used.",
    next: ["on the server (Postfix): smtpd_tls_protocols = >=TLSv1.2"], "RFC 8996 §2")
  static let expiresSoon = FindingRule(
    "tls.certificate-expires-soon", .warning, "the certificate expires soon",
    "The certificate is valid for less than two weeks; a renewal that works on its own would have come by now.",
    next: [
      "on the server: look at the timer that renews it (certbot renew --dry-run), and that it reloads the mail server"
    ], "RFC 5280 §4.1.2.5")
  static let expired = FindingRule(
    "tls.certificate-expired", .error, "a certificate has expired",
    "A certificate that the server sent was valid until a time that is past.",
    next: ["on the server: renew it and reload the mail server"], "RFC 5280 §4.1.2.5")

  /// Days before its end from which a certificate is said to expire soon.
  private static let soon = 14

  static func findings(in reading: SessionReading, target: Target?, clock: String?) -> [Finding] {
    offers(reading) + handshakes(reading) + certificates(reading, clock)
  }

  private static func offers(_ reading: SessionReading) -> [Finding] {
    var findings: [Finding] = []
    let greetings = reading.exchanges.filter { $0.stage == .command(.ehlo) && $0.reply.code.isCompletion }
    let offering = { (exchange: SessionReading.Exchange) in exchange.situation.capabilities?.offers("STARTTLS") == true
    }
    // A script may shorten the reply to its code, which says nothing about what is offered.
    let telling = greetings.filter { $0.reply.lines.count > 1 || !$0.reply.text.isEmpty }
    let isAccepted = reading.exchanges.contains { $0.stage == .command(.starttls) && $0.reply.code == 220 }
    if !isAccepted, let bare = telling.first(where: { !$0.wasSecured && !offering($0) }) {
      findings.append(notOffered.finding(reading.evidence(of: bare)))
    }
    if let inside = greetings.first(where: { $0.wasSecured && offering($0) }) {
      let line = inside.replyIndices.first { index in
        guard case .received(let line) = reading.events[index].event else { return false }
        return line.octets.dropFirst(4).equalsIgnoringCase("STARTTLS")
      }
      findings.append(stillOffered.finding(reading.evidence([line ?? inside.replyIndices.upperBound])))
    }
    let refusals = reading.exchanges.filter {
      $0.stage == .command(.starttls) && $0.reply.code.isFailure
        && $0.situation.capabilities?.offers("STARTTLS") == true && !$0.wasSecured
    }
    return findings + refusals.prefix(1).map { refused.finding(reading.evidence(of: $0)) }
  }

  private static func handshakes(_ reading: SessionReading) -> [Finding] {
    var findings: [Finding] = []
    let injections = reading.places {
      switch $0 {
      case .injected: true
      case .deviation(let reason): reason.name == .tlsInjection
      default: false
      }
    }
    if !injections.isEmpty { findings.append(injected.finding(reading.evidence(injections))) }
    let failures = reading.events {
      switch $0 {
      case .tlsFailed(let reason), .unverified(let reason): reason.name ?? .tlsHandshake
      default: nil
      }
    }
    for (index, name) in failures.prefix(10) {
      let meaning = FailureMeaning.of(name)
      let rule = name.isCertificate ? unverified : failed
      findings.append(
        rule.finding(
          reading.evidence([index]), title: meaning?.title, cause: meaning?.cause, next: meaning?.next,
          clause: meaning?.clause))
    }
    let old = reading.places {
      if case .tls(let tls) = $0 { ["TLSv1", "TLSv1.0", "TLSv1.1", "SSLv3"].contains(tls.version) } else { false }
    }
    if !old.isEmpty { findings.append(oldVersion.finding(reading.evidence(old))) }
    return findings
  }

  private static func certificates(_ reading: SessionReading, _ clock: String?) -> [Finding] {
    guard let today = clock.flatMap({ DayNumber(rfc3339: Array($0.utf8)) }) else { return [] }
    let certificates = reading.events { if case .certificate(let certificate) = $0 { certificate } else { nil } }
    return certificates.prefix(20).compactMap { event in
      guard let end = DayNumber(rfc3339: Array(event.part.until.utf8.prefix(40))) else { return nil }
      let left = end.value - today.value
      if left < 0 { return expired.finding(reading.evidence([event.index])) }
      guard left < soon else { return nil }
      let words = left == 0 ? "today" : left == 1 ? "tomorrow" : "in \(left) days"
      return expiresSoon.finding(reading.evidence([event.index]), title: "the certificate expires \(words)")
    }
  }
}
