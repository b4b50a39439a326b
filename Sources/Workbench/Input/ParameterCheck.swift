import SMTPSession
import SMTPWire

/// What is to be said about the parameters behind the path of a typed MAIL or RCPT line.
enum ParameterCheck {
  /// What speaks against the first parameter that is not in order; nil when all are.
  ///
  /// `start` is the place in the line at which the command's argument begins.
  static func check(_ command: Command, at start: Int, _ line: [UInt8], _ session: ClientSession) -> LineCheck? {
    guard [.mail, .rcpt].contains(command.verb) else { return nil }
    for word in command.argument[PathCheck.endOfPath(command.argument)...].split(separator: 0x20) {
      let at = start + word.startIndex
      if let check = check(word, of: command.verb, at: at, isLast: at + word.count == line.count, session) {
        return check
      }
    }
    return nil
  }

  private static func check(
    _ word: ArraySlice<UInt8>, of verb: Command.Verb, at offset: Int, isLast: Bool, _ session: ClientSession
  ) -> LineCheck? {
    let name = String(decoding: word.prefix { $0 != UInt8(ascii: "=") }.map(\.asciiUppercased), as: UTF8.self)
    guard let match = ExtensionTable.match(word, of: verb) else {
      let isPrefix = ExtensionTable.parameters(of: verb).contains { $0.parameter.name.hasPrefix(name) }
      if isPrefix, isLast, name.utf8.count == word.count { return .unfinished("\(name) is no parameter yet") }
      return .doubtful("no parameter of \(verb.rawValue) that is known here", at: offset)
    }
    if let capabilities = session.capabilities, !capabilities.offers(match.owner.keyword) {
      return .doubtful("the server does not offer \(match.owner.keyword)", at: offset)
    }
    let place = offset + name.utf8.count
    guard match.parameter.value != nil else {
      return match.fit == .whole ? nil : .wrong("\(name) takes no value", at: place)
    }
    if place + 1 >= offset + word.count { return .unfinished("\(name) needs a value") }
    switch match.fit {
    case .whole: return nil
    case .beginning where isLast: return .unfinished("expected \(match.expected)")
    case .beginning, .none: return .wrong("expected \(match.expected)", at: place + 1)
    }
  }
}
