package import SMTPSession
import SMTPWire

/// What is to be said about a line before it is sent. It warns and never forbids.
package struct LineCheck: Hashable, Sendable {
  /// How sure it is that the line will fail.
  package enum Verdict: Sendable {
    case good
    /// More is to be typed; nothing is wrong so far.
    case unfinished
    case doubtful, wrong

    /// The sign in front of the line.
    package var sign: String {
      switch self {
      case .good: "✓"
      case .unfinished: "…"
      case .doubtful: "!"
      case .wrong: "✗"
      }
    }
  }

  /// What is to be thought of the line.
  package let verdict: Verdict
  /// Why, unless it is good.
  package let reason: String
  /// Where, as an offset in octets from 0; nil when it is about the whole line.
  package let offset: Int?

  /// Nothing to say.
  package static let good = LineCheck(verdict: .good, reason: "", offset: nil)

  static func wrong(_ reason: String, at offset: Int? = nil) -> LineCheck {
    LineCheck(verdict: .wrong, reason: reason, offset: offset)
  }

  static func unfinished(_ reason: String) -> LineCheck {
    LineCheck(verdict: .unfinished, reason: reason, offset: nil)
  }

  static func doubtful(_ reason: String, at offset: Int? = nil) -> LineCheck {
    LineCheck(verdict: .doubtful, reason: reason, offset: offset)
  }

  /// Judges a line without its ending, as the next one of a session.
  package static func check(_ line: [UInt8], session: ClientSession) -> LineCheck {
    if line.isEmpty { return .good }
    if session.awaitsResponse { return response(line) }
    if let odd = oddOctet(line) { return odd }
    let command = Command(line)
    if let syntax = syntax(command, line, session) { return syntax }
    if let sequence = LineSequence.objection(to: command, session: session) { return doubtful(sequence) }
    if let parameter = ParameterCheck.check(command, at: offset(of: command, in: line), line, session) {
      return parameter
    }
    if let remark = PathCheck.remark(on: command, line, session: session) { return remark }
    if line.count > 510 { return doubtful("\(line.count + 2) octets: a server need not take more than 512") }
    return .good
  }

  /// RFC 4954 §4: the answer to a challenge is base64, or `*`.
  private static func response(_ line: [UInt8]) -> LineCheck {
    if line == [UInt8(ascii: "*")] { return .good }
    do {
      _ = try Base64.decode(line)
      return .good
    } catch {
      switch error {
      case .badOctet(_, let offset), .badPadding(let offset): return wrong("no base64", at: offset)
      case .badLength(let count): return wrong("no base64: \(count) characters are no multiple of 4")
      }
    }
  }

  private static func oddOctet(_ line: [UInt8]) -> LineCheck? {
    guard let offset = line.firstIndex(where: { $0 == 0 || $0 == 0x0A || $0 == 0x0D }) else { return nil }
    let name = line[offset] == 0 ? "NUL" : line[offset] == 0x0A ? "bare LF" : "bare CR"
    return doubtful("a \(name) within the line", at: offset)
  }

  private static func syntax(_ command: Command, _ line: [UInt8], _ session: ClientSession) -> LineCheck? {
    switch command.verb {
    case .other:
      let isPrefix = CommandGrammar.all.contains {
        line.count < $0.verb.rawValue.utf8.count
          && command.word.equalsIgnoringCase($0.verb.rawValue.prefix(line.count).description)
      }
      if isPrefix { return unfinished("no verb yet") }
      if let owner = ExtensionTable.entry(adding: command.name.uppercased()) {
        return doubtful("\(command.name) belongs to \(owner.keyword): \(owner.summary) (\(owner.clause))", at: 0)
      }
      return wrong("no SMTP verb: a server answers 500 or 502", at: 0)
    case .mail: return path(command, line, keyword: "FROM:", session)
    case .rcpt: return path(command, line, keyword: "TO:", session)
    case .ehlo, .helo, .lhlo, .vrfy, .expn, .etrn, .auth:
      return command.argument.isEmpty ? unfinished("\(command.verb.rawValue) needs an argument") : nil
    case .data, .rset, .starttls, .quit:
      return command.argument.isEmpty
        ? nil : wrong("\(command.verb.rawValue) takes no argument", at: offset(of: command, in: line))
    case .bdat:
      let isNumber = command.words.first?.allSatisfy(\.isASCIIDigit) ?? false
      return isNumber ? nil : unfinished("BDAT needs the number of octets")
    default: return nil
    }
  }

  /// RFC 5321 §4.1.1.2 and §4.1.1.3: keyword, colon, and at once the path in angle brackets.
  private static func path(_ command: Command, _ line: [UInt8], keyword: String, _ session: ClientSession) -> LineCheck?
  {
    let start = offset(of: command, in: line)
    let argument = command.argument
    guard argument.prefix(keyword.utf8.count).equalsIgnoringCase(keyword) else {
      if argument.equalsIgnoringCase(String(keyword.prefix(argument.count))) {
        return unfinished("expected \(keyword)<…>")
      }
      return wrong("expected \(keyword)<…>", at: start)
    }
    if argument.count == keyword.utf8.count { return unfinished("expected <…>") }
    return PathCheck.check(line, from: start + keyword.utf8.count, isRecipient: keyword == "TO:", session: session)
  }

  private static func offset(of command: Command, in line: [UInt8]) -> Int {
    let trailing = line.reversed().prefix { $0.isASCIIBlank }.count
    return max(0, line.count - trailing - command.argument.count)
  }
}
