import Dialogue
import Failures
import SMTPSession
import SMTPWire

/// Looks at the course of a session: how it was made, how it ended, and what became of the message.
enum CourseRules {
  static let all = [addressFailed, noExtensions, partial, uncertain, closedEarly, timedOut]

  static let addressFailed = FindingRule(
    "connection.address-failed", .warning, "one of the host's addresses does not answer",
    "The host has several addresses, and one of them took no connection; every client loses time there.",
    next: [
      "take the address out of the DNS, or let the server listen there: on the server (Postfix) inet_interfaces, inet_protocols"
    ], "RFC 5321 §5.1")
  static let noExtensions = FindingRule(
    "ehlo.refused", .warning, "the server does not know EHLO",
    "EHLO was refused, so there is no TLS, no login, no SIZE: the server is old, or a firewall changes the commands.",
    next: ["look for a firewall that inspects SMTP (fixup, smtp inspection) and switch that off"], "RFC 5321 §3.2")
  static let partial = FindingRule(
    "message.partly-accepted", .warning, "some recipients were refused",
    "The server took the message for some recipients and refused others.",
    next: ["send it again to the refused ones only, after the reason in their replies is gone"], "RFC 5321 §3.3")
  static let uncertain = FindingRule(
    "message.unacknowledged", .error, "nobody knows whether the message was accepted",
    "The final dot was sent and its reply never came: the server may have taken the message, or not.",
    next: ["look for the message on the server before sending it again, or it may arrive twice"], "RFC 1047")
  static let closedEarly = FindingRule(
    "session.closed-early", .warning, "the server closed without a word",
    "The server closed the connection before it had answered, and did not say 421.",
    next: ["on the server: the log at this minute"], "RFC 5321 §3.8")
  static let timedOut = FindingRule(
    "session.timed-out", .error, "the server did not answer in time", "A reply that was due did not come in time.",
    next: ["wait longer: --timeout SECONDS", "on the server: the log at this minute"], "RFC 5321 §4.5.3.2")

  static func findings(in reading: SessionReading) -> [Finding] {
    addresses(reading) + greetings(reading) + messages(reading) + ends(reading)
  }

  private static func addresses(_ reading: SessionReading) -> [Finding] {
    let failed = reading.places { if case .connectFailed = $0 { true } else { false } }
    let opened = reading.places { if case .connected = $0 { true } else { false } }
    guard !failed.isEmpty, !opened.isEmpty else { return [] }
    return [addressFailed.finding(reading.evidence(failed))]
  }

  private static func greetings(_ reading: SessionReading) -> [Finding] {
    let refused = reading.exchanges.first { $0.stage == .command(.ehlo) && $0.reply.code.severity == .permanentFailure }
    let helo = reading.exchanges.first { $0.stage == .command(.helo) && $0.reply.code.isCompletion }
    guard let refused, let helo else { return [] }
    return [noExtensions.finding(reading.evidence(of: refused) + reading.evidence(of: helo))]
  }

  private static func messages(_ reading: SessionReading) -> [Finding] {
    var findings: [Finding] = []
    var refused: [SessionReading.Exchange] = []
    for exchange in reading.exchanges {
      switch exchange.stage {
      case .command(.mail): refused = []
      case .command(.rcpt) where exchange.reply.code.isFailure: refused.append(exchange)
      case .endOfData where exchange.reply.code.isCompletion && !refused.isEmpty:
        findings.append(partial.finding(refused.flatMap { reading.evidence(of: $0) } + reading.evidence(of: exchange)))
      default: break
      }
    }
    let silent = reading.unanswered.filter { $0.stage == .endOfData }.map(\.index)
    return findings + silent.prefix(1).map { uncertain.finding(reading.evidence([$0])) }
  }

  private static func ends(_ reading: SessionReading) -> [Finding] {
    // What QUIT is answered with, or not, matters to nobody; of the final dot there is a finding of its own.
    let open = reading.unanswered.filter { $0.stage != .command(.quit) && $0.stage != .endOfData }
    guard let last = open.first else { return [] }
    let closed = reading.places {
      switch $0 {
      case .closed(.peer, _), .reset: true
      default: false
      }
    }.filter { $0 > last.index }
    if let end = closed.first {
      return [
        closedEarly.finding(
          reading.evidence([last.index, end]), title: "the server closed at \(last.stage) without a word")
      ]
    }
    let timeouts = reading.places {
      switch $0 {
      case .timeout: true
      case .failed(let reason): reason.name?.isTimeout == true
      default: false
      }
    }.filter { $0 > last.index }
    return timeouts.prefix(1).map {
      timedOut.finding(reading.evidence([last.index, $0]), title: "no reply to \(last.stage) in time")
    }
  }
}
