import SMTPSession
package import SMTPWire

/// What the three digits of a reply say, without its text.
package struct ReplyCodeMeaning: Sendable {
  /// The number.
  package let code: Int
  /// A few words.
  package let title: String
  /// One sentence.
  package let sentence: String
  /// What to try next; empty where the class of the code says it all.
  package let next: [String]
  /// Where it is defined.
  package let clause: String

  init(_ code: Int, _ title: String, _ sentence: String, next: [String] = [], _ clause: String = "RFC 5321 §4.2.3") {
    self.code = code
    self.title = title
    self.sentence = sentence
    self.next = next
    self.clause = clause
  }

  /// The meaning of a code; nil when no RFC defines it for SMTP.
  package static func of(_ code: ReplyCode) -> ReplyCodeMeaning? {
    ReplyCodeTable.entries.first { $0.code == code.rawValue }
  }

  /// What the first digit alone says, as one layer of an explanation.
  static func classLayer(_ code: ReplyCode) -> String {
    switch code.severity {
    case .completion: "2yz: done as asked (RFC 5321 §4.2.1)"
    case .intermediate: "3yz: so far accepted, the server waits for more (RFC 5321 §4.2.1)"
    case .transientFailure: "4yz: refused for now, the same may succeed later (RFC 5321 §4.2.1)"
    case .permanentFailure: "5yz: refused, the same will be refused again (RFC 5321 §4.2.1)"
    case .preliminary: "1yz: not used by SMTP (RFC 5321 §4.2.1)"
    case nil: "\(code): no class of replies that SMTP knows (RFC 5321 §4.2.1)"
    }
  }

  /// What the first digit alone says, as a cause.
  static func classCause(_ code: ReplyCode, at stage: SessionStage) -> String {
    switch code.severity {
    case .completion: "The server accepted \(stage)."
    case .intermediate: "The server accepted \(stage) so far and waits for more."
    case .transientFailure: "The server refused \(stage) for now; the same may succeed later."
    case .permanentFailure: "The server refused \(stage), and will refuse the same again."
    case .preliminary, nil: "The code is none that SMTP knows."
    }
  }

  /// What the first digit alone lets one try.
  static func classNext(_ code: ReplyCode) -> [String] {
    switch code.severity {
    case .transientFailure: ["try the same again later; a mail server would do so by itself for days"]
    case .permanentFailure: ["change the command, the message or the way in; asking the same again does not help"]
    case .preliminary, nil: ["look at the recording: what answers there may be no mail server"]
    default: []
    }
  }
}
