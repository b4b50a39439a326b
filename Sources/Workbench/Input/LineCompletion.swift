package import SMTPSession
import SMTPWire

/// What could come next in a line, best first.
package struct LineCompletion: Hashable, Sendable {
  /// How many octets before the cursor a candidate replaces.
  package let replaced: Int
  /// The candidates.
  package let candidates: [String]

  /// The part of the best candidate that is not typed yet.
  package func ghost(behind typed: [UInt8]) -> String {
    guard let best = candidates.first else { return "" }
    let head = typed.suffix(replaced)
    let octets = Array(best.utf8)
    guard octets.count > head.count, zip(head, octets).allSatisfy({ $0.asciiUppercased == $1.asciiUppercased }) else {
      return ""
    }
    return String(decoding: octets.dropFirst(head.count), as: UTF8.self)
  }

  /// The candidates for the octets before the cursor.
  package static func complete(_ typed: [UInt8], session: ClientSession, clientName: String, paths: [String])
    -> LineCompletion
  {
    if session.awaitsResponse || session.isInMessage { return none }
    guard let blank = typed.firstIndex(of: 0x20) else { return verb(typed, session) }
    let command = Command(typed)
    let rest = Array(typed[(blank + 1)...])
    switch command.verb {
    case .ehlo, .helo, .lhlo: return matching(rest, [clientName])
    case .mail: return path(rest, "FROM:<", paths, command.verb, session)
    case .rcpt: return path(rest, "TO:<", paths, command.verb, session)
    case .auth: return rest.contains(0x20) ? none : matching(rest, session.capabilities?.mechanisms ?? [])
    case .vrfy, .expn: return matching(rest, paths)
    case .bdat: return rest.contains(0x20) ? matching(lastWord(rest), ["LAST"]) : none
    default: return none
    }
  }

  private static let none = LineCompletion(replaced: 0, candidates: [])

  private static func verb(_ typed: [UInt8], _ session: ClientSession) -> LineCompletion {
    let order = likely(session) + CommandGrammar.all.map(\.verb)
    var names: [String] = []
    for verb in order where !names.contains(verb.rawValue) && verb != .lhlo { names.append(verb.rawValue) }
    if typed.isEmpty { return none }
    let tails: [String: String] = [
      "MAIL": " FROM:<", "RCPT": " TO:<", "EHLO": " ", "HELO": " ", "AUTH": " ", "VRFY": " ",
    ]
    return matching(typed, names.map { $0 + (tails[$0] ?? "") })
  }

  /// The verbs that come next in most sessions.
  private static func likely(_ session: ClientSession) -> [Command.Verb] {
    if !session.isGreeted { return [.ehlo] }
    if session.reversePath != nil { return session.acceptedRecipients > 0 ? [.rcpt, .data, .rset] : [.rcpt, .rset] }
    var verbs: [Command.Verb] = []
    if !session.isSecured, session.capabilities?.offers("STARTTLS") == true { verbs.append(.starttls) }
    if !session.isAuthenticated, session.capabilities?.mechanisms.isEmpty == false { verbs.append(.auth) }
    return verbs + [.mail, .quit]
  }

  private static func path(
    _ rest: [UInt8], _ keyword: String, _ paths: [String], _ verb: Command.Verb, _ session: ClientSession
  ) -> LineCompletion {
    guard rest.contains(UInt8(ascii: ">")) else {
      guard rest.count >= keyword.utf8.count else { return matching(rest, [keyword]) }
      return matching(rest, paths.map { keyword + $0 + ">" })
    }
    let word = lastWord(rest)
    guard word.count < rest.count else { return none }
    let used = rest.split(separator: 0x20).map { $0.map(\.asciiUppercased) }
    var candidates: [String] = []
    for (owner, parameter) in ExtensionTable.parameters(of: verb)
    where session.capabilities?.offers(owner.keyword) ?? true {
      candidates += parameter.proposals.map { parameter.typed + $0 }
      if !used.contains(where: { $0.starts(with: parameter.typed.utf8) }) { candidates.append(parameter.typed) }
    }
    return word.isEmpty ? none : matching(word, candidates)
  }

  private static func lastWord(_ octets: [UInt8]) -> [UInt8] {
    octets.lastIndex(of: 0x20).map { Array(octets[($0 + 1)...]) } ?? octets
  }

  private static func matching(_ typed: [UInt8], _ candidates: [String]) -> LineCompletion {
    let found = candidates.filter { candidate in
      candidate.utf8.count > typed.count
        && zip(typed, candidate.utf8).allSatisfy { $0.asciiUppercased == $1.asciiUppercased }
    }
    return LineCompletion(replaced: typed.count, candidates: found)
  }
}
