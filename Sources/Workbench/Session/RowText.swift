import Dialogue
package import SMTPWire

/// A row of the dialogue as text, secrets left out.
package enum RowText {
  /// The row as one string, as search and yank see it.
  package static func plain(_ row: LogRow) -> String { styled(row).string }

  /// The row with roles; with `showsSecrets` the octets of secrets stand where their place is.
  package static func styled(_ row: LogRow, showsSecrets: Bool = false) -> StyledText {
    switch row.event {
    case .sent(let line): return sent(line, isMessage: row.isMessage, showsSecrets)
    case .received(let line): return received(line, row)
    case .event(let event): return self.event(event, row)
    case .note(let text): return StyledText("# " + text, .dim)
    }
  }

  /// The sign of a row: `▸` sent, `◂` received, `•` event, `#` note.
  package static func sign(_ row: LogRow) -> (sign: String, role: Role) {
    switch row.event {
    case .sent: ("▸", .sent)
    case .received: ("◂", role(of: row.code))
    case .event: ("•", row.problem == nil ? .event : role(of: row.problem))
    case .note: ("#", .dim)
    }
  }

  /// The role of a reply's code.
  package static func role(of code: ReplyCode?) -> Role {
    switch code?.severity {
    case .completion: .completion
    case .intermediate: .intermediate
    case .transientFailure: .transientFailure
    case .permanentFailure: .permanentFailure
    default: .normal
    }
  }

  /// The role of a problem.
  package static func role(of problem: LogRow.Problem?) -> Role {
    switch problem {
    case .warning: .warning
    case .transientFailure: .transientFailure
    case .permanentFailure: .permanentFailure
    case nil: .normal
    }
  }

  /// What there is to say about a received line that is part of no reply.
  package static func explanation(of row: LogRow) -> Explanation? {
    guard case .received = row.event, row.problem != nil else { return nil }
    return row.code == nil
      ? Explanation(title: "no reply", clause: "RFC 5321 4.2", text: "This line is no SMTP reply, or no part of one.")
      : Explanation(
        title: "unsolicited", clause: "RFC 5321 4.2", text: "The server sent a reply that nobody had asked for.")
  }

  private static func sent(_ line: OutgoingLine, isMessage: Bool, _ showsSecrets: Bool) -> StyledText {
    var text = StyledText()
    for part in line.parts {
      switch part {
      case .octets(let octets): text.append(SafeText(octets: octets), isMessage ? .normal : .sent)
      case .secret(let secret): text.append(masked(secret, showsSecrets))
      }
    }
    text.append(ending(line.ending))
    return text
  }

  private static func masked(_ secret: Secret, _ showsSecrets: Bool) -> StyledText {
    if showsSecrets, !secret.isEmpty { return StyledText(octets: secret.octets, .secret) }
    return StyledText(
      secret.isEmpty ? "‹secret \(secret.name)›" : "‹secret \(secret.count) chars›", .secret)
  }

  private static func received(_ line: WireLine, _ row: LogRow) -> StyledText {
    var text = StyledText()
    let head = row.code == nil ? 0 : min(3, line.octets.count)
    text.append(SafeText(octets: line.octets.prefix(head)), role(of: row.code))
    let isProblem = row.problem == .permanentFailure && row.code == nil
    text.append(SafeText(octets: line.octets.dropFirst(head)), isProblem ? .permanentFailure : .normal)
    text.append(ending(line.ending))
    return text
  }

  /// The ending, where it is not the CRLF that everybody expects.
  private static func ending(_ ending: WireLine.Ending) -> StyledText {
    switch ending {
    case .crlf: StyledText()
    case .bareLF: StyledText(" ‹bare LF›", .warning)
    case .none: StyledText(" ‹no line end›", .warning)
    }
  }

  private static func event(_ event: SessionEvent, _ row: LogRow) -> StyledText {
    let role = row.problem == nil ? Role.event : role(of: row.problem)
    var text = StyledText()
    let details = event.details
    switch event {
    case .tls: break
    case .connected: text.append("connected to ", role)
    case .connecting: text.append("connecting to ", role)
    case .unverified,
      .tlsFailed where row.problem == .warning:
      text.append("not verified: ", role)
    default: text.append(event.name + (details.isEmpty ? "" : " "), role)
    }
    text.append(SafeText(octets: details), role)
    return text
  }
}
