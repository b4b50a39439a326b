import SMTPWire

/// The `S:` lines that belong to one reply, and the `S~` lines among them.
package struct ReplyExpectation: Hashable, Sendable {
  /// One `S:` line.
  struct Line: Hashable, Sendable {
    /// The number of the line in the file, from 1.
    let number: Int
    /// The line as it stands in the file.
    let written: [UInt8]
    let content: DialogueText
    /// What stands before the first blank or hyphen.
    let head: [UInt8]
    /// The codes expected; nil for a line that no reply can have.
    let code: ReplyCodePattern?
    /// Whether a hyphen says that more lines follow.
    let isContinued: Bool
  }

  private(set) var lines: [Line] = []
  private(set) var patterns: [ReplyPattern] = []
  /// Whether a code without text is all that the server said, and not all that the script asks.
  let isRecorded: Bool

  init(isRecorded: Bool) {
    self.isRecorded = isRecorded
  }

  /// Makes an expectation of a code pattern that stands in the source, for a step at a line.
  init(code: String, at number: Int) {
    self.init(isRecorded: false)
    lines = [Line(DialogueLine("S: \(code)"), number: number)]
  }

  mutating func append(_ line: Line) { lines.append(line) }
  mutating func append(_ pattern: ReplyPattern) { patterns.append(pattern) }

  /// The number of its first line.
  var number: Int { lines.first?.number ?? 0 }

  /// Whether the reply's last line has not come.
  var isOpen: Bool { lines.last?.isContinued ?? true }

  /// The lines as they stand in the file, made safe to show.
  var written: [String] { lines.map { DialogueDiagnostic.shown($0.written) } }
}

extension ReplyExpectation.Line {
  init(_ line: DialogueLine, number: Int) {
    let content = line.content
    let octets = content.octets
    let head = octets.prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "-") }
    let code = ReplyCodePattern(head)
    self.init(
      number: number, written: Array(line.written), content: content, head: Array(head), code: code,
      isContinued: code != nil && octets.dropFirst(head.count).first == UInt8(ascii: "-"))
  }

  /// What stands behind the code and its separator; the whole line where there is no code.
  func text(_ value: (String) -> [UInt8]) -> ArraySlice<UInt8> {
    content.octets(value).dropFirst(code == nil ? 0 : head.count + 1)
  }
}

// Whether a reply is the one expected.
extension ReplyExpectation {
  /// Why a reply is not as expected, as a sentence; nil when it is.
  func mismatch(
    with reply: Reply, to awaited: AwaitedReply, level: MatchLevel, value: (String) -> [UInt8]
  ) -> String? {
    if let words = codeMismatch(reply, awaited) { return words }
    if let pattern = patterns.first(where: { !$0.matches(reply.lines) }) {
      return "No line of \(awaited.object) matches \(DialogueDiagnostic.shown(Array(pattern.expression.utf8)))."
    }
    switch level {
    case .code: return enhancedMismatch(reply, awaited, value) ?? capabilityMismatch(reply, awaited, value)
    case .text: return enhancedMismatch(reply, awaited, value) ?? textMismatch(reply, awaited, value)
    case .exact: return exactMismatch(reply, awaited, value)
    }
  }

  private func codeMismatch(_ reply: Reply, _ awaited: AwaitedReply) -> String? {
    guard let line = lines.first(where: { $0.code?.matches(reply.code) != true }) else { return nil }
    let enhanced = reply.enhancedStatusCode.map { " \($0)" } ?? ""
    let expected = line.code == nil ? "a line that is no reply" : OctetText.readable(line.head)
    return "\(awaited.subject) is \(reply.code)\(enhanced) where \(expected) was expected."
  }

  private func enhancedMismatch(_ reply: Reply, _ awaited: AwaitedReply, _ value: (String) -> [UInt8]) -> String? {
    guard let text = lines.last?.text(value), let expected = EnhancedStatusCode(prefixOf: text) else { return nil }
    let came = reply.enhancedStatusCode
    let isWhole = !isRecorded && text.elementsEqual(expected.description.utf8)
    if isWhole ? came == expected : came == nil || came?.classDigit == expected.classDigit { return nil }
    let words = came.map { "bears \($0)" } ?? "bears no enhanced status code"
    return "\(awaited.subject) \(words) where \(expected) was expected."
  }

  private func capabilityMismatch(_ reply: Reply, _ awaited: AwaitedReply, _ value: (String) -> [UInt8]) -> String? {
    guard awaited.isCommand(.ehlo), lines.count > 1, reply.code.isCompletion else { return nil }
    let expected = lines.dropFirst().compactMap { Self.keyword($0.text(value)) }
    let offered = Set(reply.texts.dropFirst().compactMap(Self.keyword))
    let missing = expected.filter { !offered.contains($0) }
    guard !missing.isEmpty else { return nil }
    return "The server does not offer \(missing.map { OctetText.readable($0) }.joined(separator: ", "))."
  }

  /// The keyword of an EHLO line in upper case; the old form `AUTH=` counts as AUTH.
  private static func keyword(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    let word = text.drop { $0.isASCIIBlank }.prefix { !$0.isASCIIBlank }.map(\.asciiUppercased)
    return word.isEmpty ? nil : Array(word.prefix { $0 != UInt8(ascii: "=") })
  }

  private func textMismatch(_ reply: Reply, _ awaited: AwaitedReply, _ value: (String) -> [UInt8]) -> String? {
    if isBare(value) { return nil }
    if lines.count != reply.lines.count { return countMismatch(reply, awaited) }
    let context = VolatileText.Context(awaited: awaited, code: reply.code)
    for (index, pair) in zip(lines, reply.texts).enumerated() {
      let expected = VolatileText.fold(pair.0.text(value), in: context, line: index)
      let came = VolatileText.fold(pair.1, in: context, line: index)
      if expected != came { return "\(awaited.subject) has another text." }
    }
    return nil
  }

  private func exactMismatch(_ reply: Reply, _ awaited: AwaitedReply, _ value: (String) -> [UInt8]) -> String? {
    if !isRecorded, isBare(value) { return enhancedMismatch(reply, awaited, value) }
    if lines.count != reply.lines.count { return countMismatch(reply, awaited) }
    for (expected, came) in zip(lines, reply.lines) {
      let isLiteral = expected.code?.isLiteral == true
      let isSame =
        isLiteral
        ? expected.content.octets(value) == came.octets
        : expected.text(value).elementsEqual(came.octets.dropFirst(4))
      if !isSame { return "\(awaited.subject) has another text." }
      if expected.content.ending != came.ending { return "\(awaited.subject) has another line ending." }
    }
    return nil
  }

  private func countMismatch(_ reply: Reply, _ awaited: AwaitedReply) -> String {
    let came = reply.lines.count == 1 ? "1 line" : "\(reply.lines.count) lines"
    return "\(awaited.subject) has \(came) where \(lines.count == 1 ? "1 was" : "\(lines.count) were") expected."
  }

  /// Whether the expectation is a code, with or without an enhanced one, and no text.
  private func isBare(_ value: (String) -> [UInt8]) -> Bool {
    guard lines.count == 1, let text = lines.first?.text(value) else { return lines.isEmpty }
    return text.isEmpty || EnhancedStatusCode(prefixOf: text).map { text.elementsEqual($0.description.utf8) } == true
  }
}
