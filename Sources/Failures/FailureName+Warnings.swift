// The names of what a server does oddly and what does not end a session.
extension FailureName {
  /// A line ended in LF without CR.
  package static let warnBareLF = FailureName("warn.bare_lf")
  /// A carriage return stood within a line.
  package static let warnStrayCR = FailureName("warn.stray_cr")
  /// A NUL octet stood in a reply.
  package static let warnNUL = FailureName("warn.nul")
  /// A reply line has more than 512 octets.
  package static let warnLongReplyLine = FailureName("warn.long_reply_line")
  /// The code and the enhanced status code disagree.
  package static let warnEnhancedMismatch = FailureName("warn.enhanced_mismatch")
  /// SMTP has no such code.
  package static let warnOddCode = FailureName("warn.odd_code")
  /// A challenge of AUTH is said in words.
  package static let warnChallengeNotBase64 = FailureName("warn.challenge_not_base64")
}
