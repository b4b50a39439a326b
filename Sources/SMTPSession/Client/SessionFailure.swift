package import Failures
package import SMTPWire

/// Why a session did not come to its end, under the stable name that scripts can rely on.
package struct SessionFailure: Error, Hashable, Sendable {
  /// The name, such as `timeout.banner` or `smtp.550`; it never changes.
  package let name: FailureName
  /// Where in the session it happened.
  package let stage: SessionStage
  /// What happened, in one sentence without the server's words.
  package let summary: String
  /// The server's words: the reply, or what there was of it.
  package let lines: [WireLine]
  /// Whether the message may have been accepted though nobody can know.
  package let isDeliveryUncertain: Bool

  /// What the peer did wrong, where that is the reason.
  package private(set) var deviation: Deviation?

  /// Makes a failure; its parts are not checked.
  package init(
    _ name: FailureName, at stage: SessionStage, _ summary: String, lines: [WireLine] = [],
    isDeliveryUncertain: Bool = false
  ) {
    self.name = name
    self.stage = stage
    self.summary = summary
    self.lines = lines
    self.isDeliveryUncertain = isDeliveryUncertain
  }

  /// A reply that refuses.
  package static func refused(_ reply: Reply, at stage: SessionStage) -> SessionFailure {
    let manner = reply.code.isTransientFailure ? "refused for now" : "refused"
    let summary = reply.code == 421 ? "the server ended the session at \(stage)" : "\(stage) was \(manner)"
    return SessionFailure(.smtp(reply.code), at: stage, summary, lines: reply.lines)
  }

  /// A reply that neither accepts nor refuses, or accepts what was not asked.
  package static func unexpected(_ reply: Reply, at stage: SessionStage, wanted: String) -> SessionFailure {
    SessionFailure(
      .protoUnexpectedCode, at: stage, "unexpected reply code \(reply.code) to \(stage), where \(wanted) was due",
      lines: reply.lines)
  }

  /// Something that the peer did and that ends the dialogue.
  package static func broken(_ deviation: Deviation, at stage: SessionStage, lines: [WireLine]) -> SessionFailure {
    var failure = SessionFailure(deviation.name, at: stage, "\(deviation.sentence) (at \(stage))", lines: lines)
    failure.deviation = deviation
    return failure
  }
}

extension Deviation {
  /// What the peer did, in words.
  package var sentence: String {
    switch self {
    case .bareLF: "the server ends its lines with a bare LF instead of CRLF"
    case .strayCR: "the reply has a carriage return within a line"
    case .nul: "the reply has a NUL octet"
    case .longReplyLine(let octets): "a reply line has \(octets) octets; the limit is 512"
    case .enhancedMismatch(let code, let enhanced):
      "the reply code \(code) and the enhanced status code \(enhanced) disagree"
    case .oddCode(let code): "the reply code \(code) is none that RFC 5321 allows"
    case .challengeNotBase64: "the challenge of AUTH is not base64"
    case .badCode: "the reply is invalid: its line does not begin with a three-digit code"
    case .mixedCodes(let first, let then): "the lines of one reply have mixed codes, \(first) and \(then)"
    case .lineTooLong(let limit): "a reply line is too long: more than \(limit) octets without a line end"
    case .replyTooLong(let lines, let octets):
      "the reply is too long: it has reached \(lines) lines and \(octets) octets"
    case .notSMTP(let name?): "the server does not speak SMTP: this looks like \(name)"
    case .notSMTP(nil): "this is not SMTP: the greeting does not begin with a reply code"
    case .unsolicited(let octets):
      "\(octets.count) unexpected octets came before the command that they could answer (unsolicited reply)"
    case .plaintextBehindSTARTTLS(let octets):
      "\(octets.count) octets of plaintext were injected behind the 220 of STARTTLS; they are kept in the recording and not used"
    case .unexpectedCode(let code): "unexpected reply code \(code)"
    }
  }
}
