package import SASL
import SMTPSession
import SMTPWire

/// What a challenge or an answer of AUTH says, as text; secrets are left out unless they are shown.
package enum DecodedText {
  /// All of it in one line, to stand behind the line itself: `= “Username:” (LOGIN prompt)`; nil where there is nothing.
  package static func beside(_ content: SASLExchangeDecoder.Entry.Content, showsSecrets: Bool) -> StyledText? {
    var text = StyledText("= ", .dim)
    switch content {
    case .plain: return nil
    case .failed(let failure):
      return StyledText("! column \(failure.offset + 1): \(failure.message)", .warning)
    case .decoded(let decoded):
      guard let first = decoded.fields.first else {
        return decoded.notes.first.map { StyledText("= \($0)", .dim) }
      }
      let kind = decoded.kind.map { OctetText.readable($0.utf8) }
      if decoded.fields.count == 1 {
        text.append(first.isSecret ? value(first, showsSecrets) : quoted(first))
        if let kind { text.append(" (\(kind))", .dim) }
      } else {
        // The name of a mechanism alone stands in the line already.
        if let kind, kind.contains(" ") { text.append(kind + ": ", .dim) }
        text.append(parts(decoded, showsSecrets: showsSecrets, isBrief: true))
      }
    }
    return text
  }

  /// The parts in one line: `user alice, password ‹secret 10 octets›`.
  ///
  /// When it has to be brief, what is empty is left out.
  package static func parts(_ decoded: SASLStringDecoder, showsSecrets: Bool, isBrief: Bool = false) -> StyledText {
    var text = StyledText()
    for field in decoded.fields where !isBrief || !field.octets.isEmpty {
      if !text.isEmpty { text.append(", ", .dim) }
      text.append(SafeText(octets: Array(field.name.utf8)), .dim)
      text.append(" ")
      text.append(value(field, showsSecrets))
    }
    return text
  }

  /// The parts in lines of at most so many columns, names before values, and the notes behind them.
  package static func lines(
    _ content: SASLExchangeDecoder.Entry.Content, showsSecrets: Bool, width: Int
  ) -> [StyledText] {
    guard case .decoded(let decoded) = content else {
      return beside(content, showsSecrets: showsSecrets)?.wrapped(to: width) ?? []
    }
    var lines = decoded.kind.map { [StyledText(OctetText.readable($0.utf8), .strong)] } ?? []
    for field in decoded.fields {
      var name = StyledText(OctetText.readable(field.name.utf8), .dim).padded(to: 12)
      for part in value(field, showsSecrets).wrapped(to: max(2, width - 13)) {
        name.append(" ")
        name.append(part)
        lines.append(name)
        name = StyledText("").padded(to: 12)
      }
    }
    return lines + decoded.notes.flatMap { StyledText("! " + $0, .warning).wrapped(to: width) }
  }

  /// A text that is to be taken apart, with all that could be base64 veiled.
  package static func veiled(_ octets: [UInt8]) -> StyledText {
    var text = StyledText()
    for character in SASLStringDecoder.veiled(octets) {
      text.append(String(character), character == "•" ? .secret : .normal)
    }
    return text
  }

  private static func value(_ field: SASLStringDecoder.Field, _ showsSecrets: Bool) -> StyledText {
    if field.octets.isEmpty { return StyledText("(empty)", .dim) }
    if field.isSecret, !showsSecrets { return StyledText("‹secret \(field.octets.count) octets›", .secret) }
    return StyledText(octets: field.octets, field.isSecret ? .secret : .normal)
  }

  private static func quoted(_ field: SASLStringDecoder.Field) -> StyledText {
    var text = StyledText("“")
    text.append(value(field, false))
    text.append("”")
    return text
  }
}
