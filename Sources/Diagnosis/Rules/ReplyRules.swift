import SMTPSession
import SMTPWire

/// Looks at the replies: how they are written, how long they took, and what they refuse.
enum ReplyRules {
  static let all = [
    bareLF, strayCR, nul, longLine, enhancedMismatch, oddCode, challengeNotBase64, broken, unsolicited, slow, refused,
    refusedForNow,
  ]

  static let bareLF = FindingRule(
    "reply.bare-lf", .warning, "the server's lines end in a bare LF",
    "The server ends lines in LF without CR, which some clients do not take for a line end.",
    next: ["tell the server's administrator; a program of his own making is often the reason"], "RFC 5321 §2.3.8")
  static let strayCR = FindingRule(
    "reply.stray-cr", .warning, "a carriage return within a reply line",
    "A reply line holds a carriage return that is no part of its end; on a terminal it could paint over what is before it.",
    next: ["look at the bytes of the line"], "RFC 5321 §2.3.8")
  static let nul = FindingRule(
    "reply.nul", .warning, "a NUL octet in a reply", "A reply holds a NUL octet, at which many programs stop reading.",
    next: ["look at the bytes of the line"], "RFC 5321 §4.5.2")
  static let longLine = FindingRule(
    "reply.line-too-long", .warning, "a reply line is too long",
    "A reply line has more than 512 octets, its end included.",
    next: ["tell the server's administrator; the text should go on in a further line of the same code"],
    "RFC 5321 §4.5.3.1.5")
  static let enhancedMismatch = FindingRule(
    "reply.enhanced-mismatch", .warning, "code and enhanced code disagree",
    "The first digits of the reply code and of the enhanced status code differ; the reply code is the one that counts.",
    next: ["on the server (Postfix): a text in an access table that begins with its own enhanced code"], "RFC 2034 §4")
  static let oddCode = FindingRule(
    "reply.odd-code", .warning, "a code that SMTP does not have",
    "The reply code is outside what SMTP allows: 2 to 5, then 0 to 5, then any digit.",
    next: ["only the first digit can be relied on"], "RFC 5321 §4.2")
  static let challengeNotBase64 = FindingRule(
    "reply.challenge-not-base64", .warning, "a challenge of AUTH in words",
    "The text behind 334 is not base64; clients that take it for a prompt go on, others give the login up.",
    next: ["tell the server's administrator; 334 VXNlcm5hbWU6 is the prompt Username: as it must be sent"],
    "RFC 4954 §4")
  static let broken = FindingRule(
    "reply.broken", .error, "no reply", "What the server sent is no reply, so the session could not go on.",
    next: ["look at the recording"], "RFC 5321 §4.2")
  static let unsolicited = FindingRule(
    "reply.unsolicited", .error, "a reply to nothing",
    "A reply came that no command had asked for, so no later one can be trusted.",
    next: ["look at what came before: a server or filter may answer twice, or something speaks in between"],
    "RFC 5321 §4.3.1")
  static let slow = FindingRule(
    "reply.slow", .note, "a slow reply",
    "The server took more than a second; it looks something up, waits on purpose, or is overloaded.",
    next: [
      "on the server (Postfix): the DNS, policy servers and milters that are asked at this stage; smtpd_error_sleep_time after errors"
    ], "RFC 5321 §4.5.3.2")
  static let refused = FindingRule(
    "reply.refused", .error, "refused", "The server refuses for good.", next: [], "RFC 5321 §4.2.1")
  static let refusedForNow = FindingRule(
    "reply.refused-for-now", .warning, "refused for now", "The server refuses for now.", next: [], "RFC 5321 §4.2.1")

  /// From this on a reply is called slow.
  private static let slowFrom = Duration.seconds(1)

  static func findings(in reading: SessionReading, target: Target?) -> [Finding] {
    deviations(reading) + strays(reading) + slowReplies(reading) + refusals(reading, target)
  }

  private static func deviations(_ reading: SessionReading) -> [Finding] {
    let rules: [(FindingRule, (Deviation) -> Bool)] = [
      (bareLF, { $0 == .bareLF }), (strayCR, { $0 == .strayCR }), (nul, { $0 == .nul }),
      (longLine, { if case .longReplyLine = $0 { true } else { false } }),
      (enhancedMismatch, { if case .enhancedMismatch = $0 { true } else { false } }),
      (oddCode, { if case .oddCode = $0 { true } else { false } }),
      (challengeNotBase64, { $0 == .challengeNotBase64 }),
    ]
    return rules.compactMap { rule, fits in
      let places = reading.exchanges.filter { $0.reply.deviations.contains(where: fits) }.map(\.replyIndices.upperBound)
      return places.isEmpty ? nil : rule.finding(reading.evidence(places))
    }
  }

  private static func strays(_ reading: SessionReading) -> [Finding] {
    reading.strays.prefix(20).map { stray in
      guard let deviation = stray.deviation else { return unsolicited.finding(reading.evidence(stray.indices)) }
      let meaning = FailureMeaning.of(deviation.name)
      return broken.finding(
        reading.evidence(stray.indices), title: meaning?.title, cause: meaning?.cause, next: meaning?.next,
        clause: meaning?.clause)
    }
  }

  private static func slowReplies(_ reading: SessionReading) -> [Finding] {
    reading.exchanges.filter { $0.duration >= slowFrom }.prefix(20).map { exchange in
      let place = exchange.stage == .greeting ? "the greeting" : "the reply to \(exchange.stage)"
      return slow.finding(
        reading.evidence(of: exchange), title: "\(place) took \(seconds(exchange.duration))",
        cause: slowCause(exchange.stage))
    }
  }

  private static func slowCause(_ stage: SessionStage) -> String? {
    switch stage {
    case .greeting:
      "The server lets clients wait before its greeting: it looks them up in the DNS or in block lists, or waits to see who speaks too early."
    case .authResponse, .command(.auth): "The server lets a login wait: it asks another server, or slows down guessing."
    case .endOfData:
      "The server looks the message through before it answers: a content filter, a milter, or a slow disk."
    default: nil
    }
  }

  private static func refusals(_ reading: SessionReading, _ target: Target?) -> [Finding] {
    reading.exchanges.filter(\.reply.code.isFailure).prefix(50).map { exchange in
      var situation = exchange.situation
      situation.target = target
      let why = ReplyExplainer.explain(exchange.reply, in: situation)
      let rule = exchange.reply.code.isTransientFailure ? refusedForNow : refused
      let title = "\(exchange.stage == .greeting ? "the connection" : "\(exchange.stage)") \(rule.title): \(why.title)"
      return rule.finding(
        reading.evidence(of: exchange), title: title, cause: why.cause, next: why.next, clause: why.clause)
    }
  }

  /// Seconds with one decimal.
  static func seconds(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    return "\(seconds).\(attoseconds / 100_000_000_000_000_000) s"
  }
}
