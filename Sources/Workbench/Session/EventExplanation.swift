import Diagnosis
import Failures
import SMTPSession
import SMTPWire

/// Why an event of a session is as it is.
enum EventExplanation {
  /// What there is to say about an event; nil for one that explains itself.
  ///
  /// `lastReply` is the last reply before the event, `awaited` what had no reply yet.
  static func explain(
    _ name: String, _ details: [UInt8], after lastReply: Reply?, awaited: SessionStage?, target: Target?
  )
    -> Explanation?
  {
    let words = StyledText(octets: details).string
    switch name {
    case "connecting": return Explanation(title: "connecting", text: "The TCP connection is being made: \(words).")
    case "connected":
      return Explanation(
        title: "connected", clause: "RFC 5321 3.1",
        text: "TCP stands. The server speaks first: its greeting comes next.")
    case "authenticated":
      return Explanation(
        title: "authenticated", clause: "RFC 4954 4", text: "The server took the credentials: \(words) from here on.")
    case "certificate":
      return Explanation(
        title: "certificate", text: "One certificate of the server's chain; M-5 shows the whole chain.")
    case "closed": return closed(words, lastReply, awaited)
    case "tls": return secured(words)
    case "deviation":
      return Explanation(title: "deviation", clause: "RFC 5321 4.2", text: afterName(words))
    case "injected":
      return Explanation(
        title: "plaintext behind STARTTLS", clause: "RFC 3207 4.2",
        text: "Text stood behind the 220 of STARTTLS. It was not encrypted, so it is not used.")
    case "reset", "timeout", "failed", "tls-failed", "connect-failed":
      return failure(name, words, awaited, target)
    default: return nil
    }
  }

  private static func closed(_ words: String, _ lastReply: Reply?, _ awaited: SessionStage?) -> Explanation {
    if words.hasPrefix("by us"), lastReply?.code != 221 {
      return Explanation(title: "closed by us", text: "This side closed the connection. Nothing more can come.")
    }
    switch lastReply?.code {
    case 221:
      return Explanation(
        title: "closed", clause: "RFC 5321 4.1.1.10",
        text: words.hasPrefix("by us")
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

  private static func secured(_ words: String) -> Explanation {
    if words.hasSuffix(" unverified") {
      return Explanation(
        title: "TLS, not verified", clause: "RFC 3207",
        text: "The connection is encrypted, but nothing proves who the server is.", next: ["M-5 shows the chain"])
    }
    return Explanation(
      title: "TLS", clause: "RFC 3207",
      text: "The connection is encrypted, and the certificate proves the server's name. EHLO comes again now.")
  }

  /// What the catalogue of failures says about the one that the event names.
  private static func failure(_ name: String, _ words: String, _ awaited: SessionStage?, _ target: Target?)
    -> Explanation
  {
    let known = words.split(separator: " ").map { FailureName(rawValue: String($0)) }
      .first { FailureMeaning.of($0) != nil }
    let plain = ["reset": .connReset, "timeout": .timeoutReply, "connect-failed": connectName(words)]
    guard let failure = known ?? plain[name] else { return Explanation(title: name, text: words) }
    let stage: SessionStage =
      switch name {
      case "connect-failed": .connect
      case "tls-failed": .handshake
      default: awaited ?? .greeting
      }
    return Explanation(FailureExplainer.explain(SessionFailure(failure, at: stage, afterName(words)), target: target))
  }

  private static func connectName(_ words: String) -> FailureName {
    if words.contains("refused") { return .connRefused }
    if words.contains("no route") { return .connUnreachable }
    return words.contains("in time") ? .timeoutConnect : .connFailed
  }

  /// The words without the stable name in front of them.
  private static func afterName(_ words: String) -> String {
    guard let blank = words.firstIndex(of: " ") else { return words }
    return words[..<blank].contains(".") ? String(words[words.index(after: blank)...]) : words
  }
}
