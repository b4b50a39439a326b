package import SMTPSession
package import SMTPWire

/// Why something is as it is, and what to try next.
package struct Explanation: Hashable, Sendable {
  /// What is explained, such as `451 4.7.1`.
  package var title: String
  /// The RFC clause.
  package var clause: String
  /// The cause in plain sentences.
  package var text: String
  /// What to try next, one thing an element.
  package var next: [String]

  /// Makes an explanation.
  package init(title: String, clause: String = "", text: String, next: [String] = []) {
    self.title = title
    self.clause = clause
    self.text = text
    self.next = next
  }

  /// What the code's class alone says: the answer when nothing better is known.
  package static func ofClass(_ reply: Reply, stage: SessionStage) -> Explanation {
    let enhanced = reply.code.severity == .intermediate ? nil : reply.enhancedStatusCode
    let title = enhanced.map { "\(reply.code) \($0)" } ?? "\(reply.code)"
    var words: String
    var next: [String] = []
    switch reply.code.severity {
    case .completion: words = "Done: the server accepted \(stage)."
    case .intermediate:
      words = stage == .command(.data) ? "The server waits for the message." : "The server waits for more from you."
    case .transientFailure:
      words = "Temporary: the server may accept the same command later."
      next = ["r resends the line"]
    case .permanentFailure:
      words = "Permanent: the same command will be refused again."
      next = ["e copies the line for editing"]
    default: words = "No code that SMTP knows."
    }
    if let enhanced { words += subject(enhanced) }
    return Explanation(title: title, clause: "RFC 5321 4.2.1", text: words, next: next)
  }

  /// RFC 3463 §3: what the second number is about.
  private static func subject(_ code: EnhancedStatusCode) -> String {
    let subjects = [
      1: "the address", 2: "the mailbox", 3: "the mail system", 4: "network and routing", 5: "the protocol",
      6: "the message's content", 7: "security or policy",
    ]
    return subjects[code.subject].map { " \(code) is about \($0) (RFC 3463)." } ?? ""
  }
}
