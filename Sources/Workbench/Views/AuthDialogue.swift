import SASL
import SMTPSession
import SMTPWire

/// The lines of a login that is played through, each with its parts below it.
enum AuthDialogue {
  /// At most so many lines of so many columns; where there is little room the parts stand beside their lines.
  static func lines(_ model: WorkbenchModel, room: Int, width: Int) -> [StyledText] {
    guard let rehearsal = model.auth.rehearsal else { return introduction(model, width) }
    let heads = rehearsal.lines.map { head($0, model.showsSecrets) }
    var details = rehearsal.lines.map { detail($0, model.showsSecrets) }
    var beside = Array(repeating: StyledText(), count: heads.count)
    var count = heads.count + details.count { !$0.isEmpty }
    for index in heads.indices.reversed() where count > room && !details[index].isEmpty {
      beside[index] = details[index]
      details[index] = StyledText()
      count -= 1
    }
    return heads.indices.flatMap { index -> [StyledText] in
      var line = heads[index]
      if !beside[index].isEmpty {
        line = line.truncated(to: width / 2)
        line.append("  ")
        line.append(beside[index])
      }
      guard !details[index].isEmpty else { return [line] }
      var detail = StyledText("    ")
      detail.append(details[index])
      return [line.truncated(to: width), detail]
    }
  }

  /// A line with its sign; what is secret in it is left out unless it is shown.
  static func head(_ entry: SASLExchangeDecoder.Entry, _ showsSecrets: Bool) -> StyledText {
    let code = entry.isServer ? ReplyCode(octets: entry.line.prefix(3)) : nil
    let role = entry.isServer ? RowText.role(of: code) : Role.sent
    var text = StyledText(entry.isServer ? "◂ " : "▸ ", role)
    if entry.line.isEmpty {
      text.append("(empty line)", .dim)
    } else if entry.hasSecret, !showsSecrets {
      text.append(entry.masked, .secret)
    } else {
      text.append(StyledText(octets: entry.line, role))
    }
    return text
  }

  private static func detail(_ entry: SASLExchangeDecoder.Entry, _ showsSecrets: Bool) -> StyledText {
    guard case .decoded(let decoded) = entry.content else {
      return DecodedText.beside(entry.content, showsSecrets: showsSecrets) ?? StyledText()
    }
    return DecodedText.parts(decoded, showsSecrets: showsSecrets)
  }

  private static func introduction(_ model: WorkbenchModel, _ width: Int) -> [StyledText] {
    let words =
      model.digests == nil
      ? "Nothing can be computed here."
      : "Type a user and a password: the lines of the login stand here as they would go over the wire, against a server's side that is made up. A real server's 334 can be answered, too: put it into the challenge."
    return StyledText(words, .dim).wrapped(to: width)
  }
}
