package import Dialogue
import Failures
import Network
import SMTPSession
import SMTPWire
import TLSEngine

extension Conversation {
  /// Does a handshake and has its peer judged; records what was agreed and shown.
  ///
  /// What the peer sent in clear before it ends the conversation; of that, `recorded` is in the recording already.
  func handshake(
    _ mode: TLSStartMode, recordedBefore recorded: [UInt8] = [], injectedBefore leftOver: [UInt8]
  ) async throws(SessionFailure) {
    guard let connection else { throw SessionFailure(.connEOF, at: .handshake, "the connection is closed") }
    try refuseInjected(leftOver, behind: recorded)
    let start = await connection.startTLS(
      try await context(), peer: TLSPeer(name: options.tlsName ?? target.host), mode: mode,
      until: deadline(in: options.timeouts.handshake))
    try refuseInjected(start.injected)
    switch start.outcome {
    case .established(let facts, let verification): try await judge(facts, verification)
    case .failed(let failure): throw fail(sessionFailure(failure))
    case .ended(let end):
      let name = end.name == .connReset ? FailureName.connReset : .tlsEOF
      throw failHandshake(name, "the server closed the connection during the TLS handshake")
    case .timedOut where isOverdue: throw fail(overdue(at: .handshake))
    case .timedOut: throw failHandshake(.timeoutTLS, "timed out: the TLS handshake did not end")
    case .cancelled: throw fail(SessionFailure(.cancelled, at: .handshake, "stopped during the TLS handshake"))
    }
  }

  private func failHandshake(_ name: FailureName, _ sentence: String) -> SessionFailure {
    log.note(.tlsFailed(EventReason(name, sentence)))
    return fail(SessionFailure(name, at: .handshake, sentence))
  }

  private func context() async throws(SessionFailure) -> TLSContext {
    do {
      return try await tlsContext()
    } catch {
      throw SessionFailure(error.name, at: .handshake, error.words)
    }
  }

  private func refuseInjected(_ octets: [UInt8], behind recorded: [UInt8] = []) throws(SessionFailure) {
    guard !octets.isEmpty || !recorded.isEmpty else { return }
    let deviation = Deviation.plaintextBehindSTARTTLS(recorded + octets)
    var framer = LineFramer()
    framer.append(octets)
    var lines: [WireLine] = []
    while let line = framer.finish() { lines.append(mask.masked(line)) }
    if !octets.isEmpty { log.note(.injected(lines.flatMap(\.wireOctets))) }
    log.note(.deviation(deviation.reason))
    if options.endsOnInjection { throw fail(.broken(deviation, at: .command(.starttls), lines: lines)) }
  }

  private func judge(_ facts: TLSFacts, _ verification: TLSVerification) async throws(SessionFailure) {
    tlsFacts = facts
    var failures: [TLSVerificationFailure] = []
    if case .failed(let found) = verification { failures = found }
    log.note(.tls(facts.summary(isVerified: failures.isEmpty)))
    for certificate in facts.chain { log.note(.certificate(certificate.summary)) }
    for failure in failures { log.note(.unverified(EventReason(failure.name, failure.words))) }
    log.flush()
    guard let first = failures.first, await !options.trustDecision(facts, failures) else { return }
    throw fail(SessionFailure(first.name, at: .handshake, first.words))
  }

  private func sessionFailure(_ failure: TLSFailure) -> SessionFailure {
    var lines: [WireLine] = []
    if case .notTLS(let octets) = failure.kind {
      var framer = LineFramer()
      framer.append(octets)
      while let line = framer.finish() {
        lines.append(note(line, at: .now))
      }
    }
    log.note(.tlsFailed(EventReason(failure.name, failure.words)))
    return SessionFailure(failure.name, at: .handshake, failure.words, lines: lines)
  }
}

extension TLSFacts {
  /// Version, cipher and group, as the event has them; nothing is said of a verdict that nobody asked for.
  package func summary(isVerified: Bool? = nil) -> TLSSummary {
    TLSSummary(version: version.name, cipher: cipher, group: group ?? "", isVerified: isVerified)
  }
}

extension TLSCertificate {
  /// Whose it is, by whom, for which names and until when.
  package var summary: CertificateSummary {
    CertificateSummary(
      subject: subject, issuer: issuer, names: (dnsNames + ipAddresses).joined(separator: ","),
      until: CalendarTime(unixSeconds: notAfter).text, key: "\(keyType) \(keyBits)")
  }
}
