package import Failures

/// Something that the peer did and that the standard does not allow.
///
/// A deviation is a value, never an error: the peer cannot make us throw.
package enum Deviation: Hashable, Sendable {
  // Ways to write a reply that can still be understood.
  /// A line ended in LF without CR (RFC 5321 §2.3.8).
  case bareLF
  /// A carriage return stood within a line (RFC 5321 §2.3.8).
  case strayCR
  /// A NUL octet (RFC 5321 §4.5.2).
  case nul
  /// A reply line of more than 512 octets, its ending included (RFC 5321 §4.5.3.1.5).
  case longReplyLine(octets: Int)
  /// The reply's code and its enhanced status code disagree about success (RFC 2034 §4).
  case enhancedMismatch(ReplyCode, EnhancedStatusCode)
  /// A code that RFC 5321 §4.2 does not allow, such as 199.
  case oddCode(ReplyCode)
  /// A challenge of AUTH in words, where base64 is due (RFC 4954 §4).
  case challengeNotBase64

  // Replies that cannot be trusted: the dialogue ends.
  /// The line does not begin with three digits and a blank, a hyphen or its end.
  case badCode(line: [UInt8])
  /// The lines of one reply bear different codes (RFC 5321 §4.2.1).
  case mixedCodes(first: ReplyCode, then: ReplyCode)
  /// A line longer than the reader takes.
  case lineTooLong(limit: Int)
  /// A reply of more lines or octets than the reader takes.
  case replyTooLong(lines: Int, octets: Int)
  /// The first line is no SMTP reply; the text names what it looks like.
  case notSMTP(looksLike: String?)

  // Sequence.
  /// Octets came where the peer had nothing to answer.
  case unsolicited([UInt8])
  /// Plaintext stood behind the 220 of STARTTLS (RFC 3207 §4.2, CVE-2011-0411).
  case plaintextBehindSTARTTLS([UInt8])
  /// A reply that this command cannot have.
  case unexpectedCode(ReplyCode)

  /// Whether nothing that comes after it can be trusted.
  package var endsDialogue: Bool {
    switch self {
    case .bareLF, .strayCR, .nul, .longReplyLine, .enhancedMismatch, .oddCode, .challengeNotBase64: false
    case .badCode, .mixedCodes, .lineTooLong, .replyTooLong, .notSMTP, .unsolicited, .plaintextBehindSTARTTLS,
      .unexpectedCode:
      true
    }
  }

  /// Whether the peer says more than we take in.
  package var breaksBounds: Bool {
    switch self {
    case .lineTooLong, .replyTooLong: true
    default: false
    }
  }

  /// The stable name, as the messages and `docs/rules.md` have it.
  package var name: FailureName {
    switch self {
    case .bareLF: .warnBareLF
    case .strayCR: .warnStrayCR
    case .nul: .warnNUL
    case .longReplyLine: .warnLongReplyLine
    case .enhancedMismatch: .warnEnhancedMismatch
    case .oddCode: .warnOddCode
    case .challengeNotBase64: .warnChallengeNotBase64
    case .badCode: .protoBadCode
    case .mixedCodes: .protoMixedCodes
    case .lineTooLong: .protoLineTooLong
    case .replyTooLong: .protoReplyTooLong
    case .notSMTP: .protoNotSMTP
    case .unsolicited: .protoUnsolicited
    case .plaintextBehindSTARTTLS: .tlsInjection
    case .unexpectedCode: .protoUnexpectedCode
    }
  }
}
