import MailAddress
import SMTPSession
import SMTPWire

/// What is to be said about the path of a typed MAIL or RCPT line, and the parameters behind it (RFC 5321 §4.1.2).
enum PathCheck {
  /// An error in the path or the form of its parameters; nil when there is none.
  static func check(_ line: [UInt8], from start: Int, isRecipient: Bool, session: ClientSession) -> LineCheck? {
    let (path, profile) = read(line, from: start, isRecipient, session)
    if let early = unfinished(path, line, start) { return early }
    if line[start] == 0x20 { return .wrong("no blank may stand behind the colon", at: start) }
    let errors = path.findings.filter { finding in
      finding.rule.severity(in: profile).isInvalid && !isStillTyped(finding, line)
    }
    guard let first = errors.min(by: { $0.start < $1.start }) else { return nil }
    return .wrong(words(first), at: min(first.start, max(0, line.count - 1)))
  }

  /// Something that speaks against a path that is right by its form; nil when nothing does.
  static func remark(on command: Command, _ line: [UInt8], session: ClientSession) -> LineCheck? {
    guard [.mail, .rcpt].contains(command.verb), let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let (path, profile) = read(line, from: colon + 1, command.verb == .rcpt, session)
    if command.verb == .mail, path.verdict(.smtp) == .invalid, path.verdict(.eai) != .invalid, !hasUTF8(path, line) {
      return .doubtful("this path needs SMTPUTF8 behind it", at: path.mailbox?.lowerBound)
    }
    let remarks = path.findings.filter { finding in
      finding.rule.severity(in: profile) >= .obsolete && !isStillTyped(finding, line)
        || [.pathSpaceAfterColon, .pathParameterRepeated, .pathParameterSpaces].contains(finding.rule)
          && finding.end < line.count
    }
    return remarks.min { $0.start < $1.start }.map { .doubtful(words($0), at: $0.start) }
  }

  /// Where the parameters begin in what stands behind the verb: after the `>` that no quotation marks enclose.
  static func endOfPath(_ argument: [UInt8]) -> Int {
    var isQuoted = false
    var index = argument.startIndex
    while index < argument.endIndex {
      switch argument[index] {
      case UInt8(ascii: "\"") where argument[..<index].contains(UInt8(ascii: "<")): isQuoted.toggle()
      case UInt8(ascii: "\\") where isQuoted: index += 1
      case UInt8(ascii: ">") where !isQuoted: return index + 1
      default: break
      }
      index += 1
    }
    return argument.endIndex
  }

  /// The path, and the profile that the server's offer makes the measure.
  private static func read(_ line: [UInt8], from start: Int, _ isRecipient: Bool, _ session: ClientSession) -> (
    path: SMTPPath, profile: AddressProfile
  ) {
    var parser = SMTPPathParser()
    let path = parser.parse(line, from: start, isRecipient ? .rcpt : .mail)
    let isOffered = session.capabilities?.offers("SMTPUTF8") ?? false
    return (path, isOffered ? .eai : .smtp)
  }

  /// What is not an error yet, because more is to be typed.
  private static func unfinished(_ path: SMTPPath, _ line: [UInt8], _ start: Int) -> LineCheck? {
    let isOpen = path.findings.contains { $0.rule == .pathUnclosed }
    if isOpen, path.range.upperBound == line.count { return .unfinished("the > is missing") }
    return line[start...].allSatisfy { $0 == 0x20 } ? .unfinished("expected <…>") : nil
  }

  /// Whether a finding stands at the end of the line, where the next key may mend it.
  private static func isStillTyped(_ finding: AddressFinding, _ line: [UInt8]) -> Bool {
    [.pathParameterSpaces, .pathParameterEmpty].contains(finding.rule) && finding.end >= line.count
  }

  private static func hasUTF8(_ path: SMTPPath, _ line: [UInt8]) -> Bool {
    path.parameters.contains { line[$0.keyword].equalsIgnoringCase("SMTPUTF8") }
  }

  private static func words(_ finding: AddressFinding) -> String {
    "\(AddressMessage.text(finding)) (\(finding.rule.entry.clause))"
  }
}
