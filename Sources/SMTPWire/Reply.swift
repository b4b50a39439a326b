/// A server's answer to one command: a code and one or more lines of text (RFC 5321 §4.2).
package struct Reply: Hashable, Sendable {
  /// The code that all its lines share.
  package let code: ReplyCode
  /// The lines as they came, codes and endings included; never empty.
  package let lines: [WireLine]
  /// What is wrong with the way it was written; the reply is understood all the same.
  package let deviations: [Deviation]

  /// Makes a reply of lines that have been read already.
  package init(code: ReplyCode, lines: [WireLine], deviations: [Deviation] = []) {
    self.code = code
    self.lines = lines
    self.deviations = deviations
  }

  /// Makes a reply to be sent: each text becomes a line, with hyphens as they must be.
  package init(_ code: ReplyCode, _ texts: [String]) {
    let texts = texts.isEmpty ? [""] : texts
    let lines = texts.enumerated().map { index, text in
      WireLine("\(code)\(index == texts.count - 1 ? " " : "-")\(text)")
    }
    self.init(code: code, lines: lines)
  }

  /// Makes a reply of one line to be sent.
  package init(_ code: ReplyCode, _ text: String) {
    self.init(code, [text])
  }

  /// The text of each line: what stands behind the code and its separator.
  package var texts: [ArraySlice<UInt8>] { lines.map { $0.octets.dropFirst(4) } }

  /// The text of the last line.
  package var text: ArraySlice<UInt8> { lines.last?.octets.dropFirst(4) ?? [] }

  /// The enhanced status code at the beginning of the last line's text, where there is one.
  package var enhancedStatusCode: EnhancedStatusCode? {
    // RFC 2034 §4: greetings and the replies to HELO and EHLO bear none, but may begin with a number all the same.
    EnhancedStatusCode(prefixOf: text)
  }

  /// The bytes as they stand on the wire.
  package var wireOctets: [UInt8] { lines.flatMap(\.wireOctets) }
}

/// Puts reply lines together to replies, within bounds (RFC 5321 §4.2).
package struct ReplyParser: Sendable {
  /// What a line led to.
  package enum Outcome: Hashable, Sendable {
    /// The reply goes on.
    case incomplete
    case reply(Reply)
    /// The lines so far are no reply, and nothing after them can be understood.
    case broken(Deviation, lines: [WireLine])
  }

  /// The greatest number of lines in one reply.
  package let maximumLines: Int
  /// The greatest number of octets in one reply, endings included.
  package let maximumOctets: Int
  private var lines: [WireLine] = []
  private var octets = 0
  private var code: ReplyCode?
  private var deviations: [Deviation] = []
  private var isGreeting = true

  /// Makes a parser that awaits the greeting.
  package init(maximumLines: Int = 20_000, maximumOctets: Int = 1 << 20) {
    self.maximumLines = maximumLines
    self.maximumOctets = maximumOctets
  }

  /// The lines of a reply that has begun and not ended.
  package var pendingLines: [WireLine] { lines }

  /// Takes the next line in.
  package mutating func receive(_ line: WireLine) -> Outcome {
    lines.append(line)
    octets += line.octets.count + line.ending.octets.count
    if line.ending == .none { return broken(.lineTooLong(limit: line.octets.count)) }
    guard let (lineCode, isLast) = Self.head(of: line.octets) else {
      let isFirst = isGreeting && code == nil
      return broken(
        isFirst ? .notSMTP(looksLike: Self.protocolName(of: line.octets)) : .badCode(line: line.octets))
    }
    if let code, code != lineCode { return broken(.mixedCodes(first: code, then: lineCode)) }
    note(line)
    code = lineCode
    if !isLast {
      guard lines.count < maximumLines, octets < maximumOctets else {
        return broken(.replyTooLong(lines: lines.count, octets: octets))
      }
      return .incomplete
    }
    return finished(lineCode)
  }

  /// What is known of a greeting by octets that have no line end yet; nil when a reply may begin so.
  package func judge(beginning octets: some Collection<UInt8>) -> Deviation? {
    guard isGreeting, lines.isEmpty, octets.prefix(3).contains(where: { !$0.isASCIIDigit }) else { return nil }
    return .notSMTP(looksLike: Self.protocolName(of: Array(octets)))
  }

  private mutating func finished(_ code: ReplyCode) -> Outcome {
    if !code.isWellFormed { noteOnce(.oddCode(code)) }
    let reply = Reply(code: code, lines: lines, deviations: deviations)
    isGreeting = false
    reset()
    guard let deviation = Self.deviation(in: reply) else { return .reply(reply) }
    return .reply(Reply(code: code, lines: reply.lines, deviations: reply.deviations + [deviation]))
  }

  /// What is odd about a whole reply.
  private static func deviation(in reply: Reply) -> Deviation? {
    if reply.code == 334 { return (try? Base64.decode(reply.text)) == nil ? .challengeNotBase64 : nil }
    guard let enhanced = reply.enhancedStatusCode, reply.code.severity != .intermediate,
      enhanced.classDigit != reply.code.rawValue / 100
    else { return nil }
    return .enhancedMismatch(reply.code, enhanced)
  }

  private mutating func broken(_ deviation: Deviation) -> Outcome {
    defer { reset() }
    return .broken(deviation, lines: lines)
  }

  private mutating func reset() {
    lines = []
    octets = 0
    code = nil
    deviations = []
  }

  private mutating func note(_ line: WireLine) {
    if line.ending == .bareLF { noteOnce(.bareLF) }
    if line.octets.contains(0x0D) { noteOnce(.strayCR) }
    if line.octets.contains(0) { noteOnce(.nul) }
    if line.octets.count > 510, !deviations.contains(where: { if case .longReplyLine = $0 { true } else { false } }) {
      deviations.append(.longReplyLine(octets: line.octets.count + line.ending.octets.count))
    }
  }

  private mutating func noteOnce(_ deviation: Deviation) {
    if !deviations.contains(deviation) { deviations.append(deviation) }
  }

  /// The code of a line, and whether the line is the reply's last.
  private static func head(of octets: [UInt8]) -> (ReplyCode, isLast: Bool)? {
    guard let code = ReplyCode(octets: octets.prefix(3)), code.severity != nil else { return nil }
    switch octets.count > 3 ? octets[3] : UInt8(ascii: " ") {
    case UInt8(ascii: " "), 0x0D: return (code, true)
    case UInt8(ascii: "-"): return (code, false)
    default: return nil
    }
  }

  /// The name of the protocol that a first line belongs to, where it is a well-known one.
  private static func protocolName(of octets: [UInt8]) -> String? {
    let marks = [
      ("SSH-", "SSH"), ("* OK", "IMAP"), ("* PREAUTH", "IMAP"), ("* BYE", "IMAP"), ("+OK", "POP3"), ("-ERR", "POP3"),
      ("HTTP/", "HTTP"), ("<!DOCTYPE", "HTTP"), ("<html", "HTTP"), ("\"IMPLEMENTATION\"", "ManageSieve"),
    ]
    if octets.count > 2, (0x14...0x18).contains(octets[0]), octets[1] == 3 { return "TLS" }
    return marks.first { octets.starts(with: $0.0.utf8) }?.1
  }
}
