/// Reads the path and the parameters of a MAIL or RCPT command as a user types it or a client sends it.
public struct SMTPPathParser: Sendable {
  /// Which command the path belongs to.
  public enum Command: Sendable, Equatable {
    /// MAIL FROM: `Reverse-path`.
    case mail
    /// RCPT TO: `Forward-path`, Postmaster allowed.
    case rcpt
  }

  private var checker: AddressChecker
  var path = SMTPPath()
  var at = 0

  /// A parser that judges mailboxes with these means.
  public init(policy: AddressPolicy = AddressPolicy(), idna: any IDNAConverter = IDNA2008()) {
    checker = AddressChecker(policy: policy, idna: idna)
  }

  /// Reads a whole command line without its line end; nil when it is neither MAIL FROM: nor RCPT TO:.
  public mutating func parse(line: [UInt8]) -> (command: Command, path: SMTPPath)? {
    for (verb, command) in [("mail from:", Command.mail), ("rcpt to:", Command.rcpt)] {
      let octets = Array(verb.utf8)
      guard line.count >= octets.count, line[..<octets.count].map(Octet.lowered) == octets else { continue }
      return (command, parse(line, from: octets.count, command))
    }
    return nil
  }

  /// Reads what stands behind the colon of a command.
  public mutating func parse(_ line: [UInt8], from start: Int, _ command: Command) -> SMTPPath {
    path = SMTPPath()
    at = start
    while at < line.count, Octet.isBlank(line[at]) { at += 1 }
    if at > start { note(.pathSpaceAfterColon, start..<at) }
    parsePath(line, command)
    parseParameters(line)
    return path
  }

  mutating func note(_ rule: AddressRule, _ range: Range<Int>, scalar: UInt32 = 0) {
    guard path.findings.count < AddressReport.repetitionLimit else { return }
    path.findings.append(AddressFinding(rule, range.lowerBound, range.upperBound, scalar: scalar))
  }

  private mutating func parsePath(_ line: [UInt8], _ command: Command) {
    let open = at
    guard at < line.count, line[at] == Octet.less else {
      while at < line.count, line[at] != Octet.space { at += 1 }
      path.range = open..<at
      note(.pathBracketMissing, open..<at)
      if open < at { judgeMailbox(line, open..<at) }
      return
    }
    at = Self.endOfPath(line, open)
    path.range = open..<at
    let isClosed = at - open >= 2 && line[at - 1] == Octet.greater
    if !isClosed { note(.pathUnclosed, open..<open + 1) }
    if at - open > 256 { note(.pathTooLong, open + 256..<at) }
    judgeContent(line, open + 1..<(isClosed ? at - 1 : at), command)
    if at < line.count, line[at] != Octet.space {
      note(.pathTextAfter, at..<at + 1, scalar: UTF8Scalar.decode(line.span, at: at).scalar)
      while at < line.count, line[at] != Octet.space { at += 1 }
    }
  }

  /// The place behind the ">" that closes a path, quoted strings passed over; without one, the first space or the end.
  private static func endOfPath(_ line: [UInt8], _ open: Int) -> Int {
    var index = open + 1
    while index < line.count, line[index] != Octet.greater {
      index = line[index] == Octet.quote ? ListLexer.end(ofQuoted: line.span, index) : index + 1
    }
    if index < line.count { return index + 1 }
    return line[open...].firstIndex(of: Octet.space) ?? line.count
  }

  private mutating func judgeContent(_ line: [UInt8], _ content: Range<Int>, _ command: Command) {
    if content.isEmpty {
      path.kind = .null
      return note(command == .mail ? .pathNull : .pathNullRecipient, path.range)
    }
    if command == .rcpt, line[content].map(Octet.lowered) == Array("postmaster".utf8) {
      path.kind = .postmaster
      return note(.pathPostmaster, content)
    }
    guard line[content.lowerBound] == Octet.at else { return judgeMailbox(line, content) }
    guard let colon = line[content].firstIndex(of: Octet.colon).map({ Self.routeEnd(line, content, $0) }) ?? nil else {
      return note(.pathRouteMalformed, content)
    }
    judgeRoute(line, content.lowerBound..<colon)
    judgeMailbox(line, colon + 1..<content.upperBound)
  }

  /// The colon that ends a route, which is none inside square brackets.
  private static func routeEnd(_ line: [UInt8], _ content: Range<Int>, _ first: Int) -> Int? {
    var isBracketed = false
    for index in content {
      if line[index] == Octet.openBracket { isBracketed = true }
      if line[index] == Octet.closeBracket { isBracketed = false }
      if line[index] == Octet.colon && !isBracketed { return index }
    }
    return nil
  }

  /// Judges `A-d-l`: at-domains separated by commas.
  private mutating func judgeRoute(_ line: [UInt8], _ route: Range<Int>) {
    note(.pathSourceRoute, route)
    var start = route.lowerBound
    for index in route.lowerBound...route.upperBound {
      guard index == route.upperBound || line[index] == Octet.comma else { continue }
      let hop = start..<index
      start = index + 1
      checker.check(Array("x".utf8) + line[hop])
      guard line[hop].first == Octet.at, checker.report.isValid(.eai) else {
        note(.pathRouteMalformed, hop)
        continue
      }
      if path.route.count < AddressReport.repetitionLimit { path.route.append(hop.lowerBound + 1..<index) }
    }
  }

  private mutating func judgeMailbox(_ line: [UInt8], _ mailbox: Range<Int>) {
    checker.check(line.span.extracting(mailbox))
    path.kind = checker.report.isValid(.eai) ? .mailbox : .malformed
    path.mailbox = mailbox
    let primary = checker.report.primary(.eai)
    if let primary { path.findings.append(primary.moved(by: mailbox.lowerBound)) }
    for finding in checker.report.findings where finding != primary {
      path.findings.append(finding.moved(by: mailbox.lowerBound))
    }
  }
}
