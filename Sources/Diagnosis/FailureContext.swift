import Failures
import SMTPSession
import SMTPWire

/// What the same failure means at one place and not at another.
struct FailureContext {
  let failure: SessionFailure
  let situation: SessionSituation

  private var first: [UInt8] { failure.lines.first?.octets ?? [] }
  private var isTLSOnConnect: Bool { situation.target?.scheme == .smtps }

  /// Says what is known of the place.
  func refine(_ explanation: inout Explanation) {
    switch failure.name {
    case .tlsNotTLS, .tlsHandshake: notTLS(&explanation)
    case .protoNotSMTP: notSMTP(&explanation)
    case .timeoutBanner: noGreeting(&explanation)
    case .connEOF, .connReset: ended(&explanation)
    case .timeoutReply: late(&explanation)
    case .authNotOffered: noLogin(&explanation)
    case .connRefused, .timeoutConnect: noPort(&explanation)
    default: break
    }
  }

  private func notTLS(_ explanation: inout Explanation) {
    let speaksSMTP = first.count > 3 && first.starts(with: "220".utf8)
    if speaksSMTP {
      explanation.title = "this port speaks SMTP in clear"
      explanation.cause =
        "TLS was expected from the first byte, and the server greeted in clear: here TLS begins by STARTTLS."
      explanation.next = [
        "use STARTTLS instead: parley send --tls --server \(sameHost(port: 587)) …",
        "TLS from the first byte is mostly at port 465: smtps://HOST:465",
      ]
    } else if !isTLSOnConnect, failure.name == .tlsNotTLS {
      explanation.cause = "The server said 220 to STARTTLS and then sent something that is not TLS."
      explanation.next = [
        "look at the octets in the recording: a filter or firewall between may not know STARTTLS",
        "try TLS from the first byte: smtps://HOST:465",
      ]
    }
  }

  private func notSMTP(_ explanation: inout Explanation) {
    if first.count > 2, (0x14...0x18).contains(first[0]), first[1] == 3 {
      explanation.title = "this port speaks TLS"
      explanation.cause = "The first bytes are TLS: this port expects TLS from the first byte."
      explanation.next = ["try TLS from the first byte: smtps://\(sameHost(port: 465))"]
      explanation.clause = "RFC 8314 §3.3"
    } else if let name = Self.protocols.first(where: { first.starts(with: $0.mark.utf8) }) {
      explanation.cause = "What answers at this port speaks \(name.name), not SMTP."
    }
  }

  private static let protocols: [(mark: String, name: String)] = [
    ("SSH-", "SSH"), ("* ", "IMAP (reading mail; sending is at 587 or 465)"),
    ("+OK", "POP3 (fetching mail; sending is at 587 or 465)"),
    ("HTTP/", "HTTP"), ("<", "HTTP"), ("\"IMPL", "ManageSieve"),
  ]

  /// The host with the port that was tried, or with this one where that is the port of the other way to begin TLS.
  private func sameHost(port: Int) -> String {
    guard var target = situation.target, target.scheme != .unix else { return "HOST:\(port)" }
    if [25, 465, 587].contains(target.port) { target.port = port }
    return OctetText.readable(Array(target.hostAndPort.utf8))
  }

  private func noGreeting(_ explanation: inout Explanation) {
    guard let target = situation.target else { return }
    if target.scheme != .smtp { explanation.next.removeAll { $0.contains("smtps:") } }
    if target.scheme == .smtp, ![25, 465, 587].contains(target.port) {
      explanation.next[0] = "this port may expect TLS from the first byte: try smtps://\(sameHost(port: 465))"
      let ports = "is this a port of a mail server at all? 25 between servers, 587 and 465 for submission"
      explanation.next.insert(ports, at: 1)
    }
  }

  private func ended(_ explanation: inout Explanation) {
    switch failure.stage {
    case .greeting:
      explanation.cause =
        "The server closed before it greeted: it does not want this client, has too many connections, or expects TLS from the first byte."
      explanation.next = [
        "if the port expects TLS from the first byte: smtps://HOST:465",
        "try again in a minute; then from another address",
        "on the server (Postfix): the log; smtpd dies at its start when a table or the login's backend cannot be reached",
      ]
    case .message:
      explanation.cause =
        "The connection ended in the middle of the message; the server did not get all of it and cannot have kept it."
      explanation.next.insert("send it again; nothing can arrive twice", at: 0)
    case .handshake: explanation.next = FailureMeaning.of(.tlsEOF)?.next ?? explanation.next
    default: break
    }
  }

  private func late(_ explanation: inout Explanation) {
    guard failure.stage == .command(.rcpt) || failure.stage == .command(.mail) else { return }
    explanation.cause =
      "The server did not answer \(failure.stage) in time; it looks senders and recipients up, often at other servers."
  }

  private func noLogin(_ explanation: inout Explanation) {
    if situation.isSecured, situation.plainCapabilities?.mechanisms.isEmpty == false {
      explanation.cause = "AUTH was offered before TLS and is not inside TLS; what was offered in clear does not count."
      explanation.clause = "RFC 3207 §4.2"
    }
  }

  private func noPort(_ explanation: inout Explanation) {
    guard let port = situation.target?.port, port == 25, situation.target?.scheme == .smtp else { return }
    explanation.next.insert(
      "port 25 is closed to many networks: try the submission ports, smtp://HOST:587 or smtps://HOST:465", at: 0)
    explanation.next.removeAll { $0.hasPrefix("many networks") }
  }
}
