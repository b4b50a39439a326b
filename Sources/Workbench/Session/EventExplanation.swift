import Diagnosis
import Dialogue
import Failures
import SMTPSession
import SMTPWire

/// Why an event of a session is as it is.
enum EventExplanation {
  /// What there is to say about an event; nil for one that explains itself.
  ///
  /// `lastReply` is the last reply before the event, `awaited` what had no reply yet.
  static func explain(
    _ event: SessionEvent, after lastReply: Reply?, awaited: SessionStage?, target: Target?
  ) -> Explanation? {
    let words = StyledText(octets: event.details).string
    switch event {
    case .connecting: return Explanation(title: "connecting", text: "The TCP connection is being made: \(words).")
    case .connected:
      return Explanation(
        title: "connected", clause: "RFC 5321 3.1",
        text: "TCP stands. The server speaks first: its greeting comes next.")
    case .authenticated:
      return Explanation(
        title: "authenticated", clause: "RFC 4954 4", text: "The server took the credentials: \(words) from here on.")
    case .certificate:
      return Explanation(
        title: "certificate", text: "One certificate of the server's chain; M-5 shows the whole chain.")
    case .closed(let side, _): return closed(byUs: side == .us, lastReply, awaited)
    case .tls(let summary): return secured(isVerified: summary.isVerified != false)
    case .deviation(let reason):
      return Explanation(title: "deviation", clause: "RFC 5321 4.2", text: safe(reason.words))
    case .injected:
      return Explanation(
        title: "plaintext behind STARTTLS", clause: "RFC 3207 4.2",
        text: "Text stood behind the 220 of STARTTLS. It was not encrypted, so it is not used.")
    case .reset(let words): return failure(event, EventReason(.connReset, words), awaited ?? .greeting, target)
    case .timeout(let reason):
      return failure(event, EventReason(reason.name ?? .timeoutReply, reason.words), awaited ?? .greeting, target)
    case .failed(let reason): return failure(event, reason, awaited ?? .greeting, target)
    case .tlsFailed(let reason), .unverified(let reason): return failure(event, reason, .handshake, target)
    case .connectFailed(_, let reason):
      return failure(event, EventReason(reason.name ?? connectName(reason.words), reason.words), .connect, target)
    case .target, .clock, .elided, .truncated, .unknown: return nil
    }
  }

  private static func closed(byUs isOurs: Bool, _ lastReply: Reply?, _ awaited: SessionStage?) -> Explanation {
    if isOurs, lastReply?.code != 221 {
      return Explanation(title: "closed by us", text: "This side closed the connection. Nothing more can come.")
    }
    switch lastReply?.code {
    case 221:
      return Explanation(
        title: "closed", clause: "RFC 5321 4.1.1.10",
        text: isOurs
          ? "The session ended as it should: the server said 221, and both sides closed."
          : "The session ended as it should: the server said 221 and closed.")
    case 421:
      return Explanation(
        title: "closed after 421", clause: "RFC 5321 3.8",
        text: "The server said 421, which announces that it closes, and closed. It may serve again later.",
        next: ["connect again in a few minutes: ^P reconnect"])
    case let code? where awaited == nil && code.isFailure && lastReply.map { $0.code == 554 } == true:
      return Explanation(
        title: "closed after 554", clause: "RFC 5321 3.1", text: "The server refused the session and closed.")
    default:
      let place = awaited.map { "while the reply to \($0) was awaited" } ?? "without being asked to"
      return Explanation(
        title: "closed by the server", clause: "RFC 5321 3.8",
        text: "The server closed the connection \(place), and said neither 221 nor 421, as it should have.",
        next: ["connect again: ^P reconnect", "look at the line before: some servers close instead of refusing"])
    }
  }

  private static func secured(isVerified: Bool) -> Explanation {
    if !isVerified {
      return Explanation(
        title: "TLS, not verified", clause: "RFC 3207",
        text: "The connection is encrypted, but nothing proves who the server is.", next: ["M-5 shows the chain"])
    }
    return Explanation(
      title: "TLS", clause: "RFC 3207",
      text: "The connection is encrypted, and the certificate proves the server's name. EHLO comes again now.")
  }

  /// What the catalogue of failures says about the one that the event names.
  private static func failure(
    _ event: SessionEvent, _ reason: EventReason, _ stage: SessionStage, _ target: Target?
  ) -> Explanation {
    guard let name = reason.name, FailureMeaning.of(name) != nil else {
      return Explanation(title: event.name, text: StyledText(octets: event.details).string)
    }
    return Explanation(FailureExplainer.explain(SessionFailure(name, at: stage, safe(reason.words)), target: target))
  }

  private static func safe(_ words: String) -> String { StyledText(octets: Array(words.utf8)).string }

  private static func connectName(_ words: String) -> FailureName {
    if words.contains("refused") { return .connRefused }
    if words.contains("no route") { return .connUnreachable }
    return words.contains("in time") ? .timeoutConnect : .connFailed
  }
}
