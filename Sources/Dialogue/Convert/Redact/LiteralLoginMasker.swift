import SASL
import SMTPWire

extension Dialogue {
  /// The same dialogue with variables in the place of the answers to AUTH that stand in it literally, in lines of the client
  /// and in `> raw`; every other line keeps its octets.
  package var withoutLiteralLogins: Dialogue {
    var masker = LiteralLoginMasker()
    return Dialogue(lines: lines.map { masker.masked($0) })
  }
}

/// Follows a dialogue, and takes out of it what answers AUTH.
private struct LiteralLoginMasker {
  private var sent = SentLineTracker()
  private var replies = ReplyParser()
  private var marker = LoginMarker()

  mutating func masked(_ line: DialogueLine) -> DialogueLine {
    switch line.kind {
    case .client:
      let content = line.content
      return marked(content).map { Self.line(line, Self.written($0)) } ?? line
    case .step: return maskedStep(line)
    case .server: receive(line.content)
    case .event where line.words.first?.elementsEqual("connected".utf8) == true:
      sent.connect()
      replies = ReplyParser()
      marker = LoginMarker()
    case .pattern, .event, .note, .blank, .unknown: break
    }
    return line
  }

  private mutating func receive(_ content: DialogueText) {
    guard case .reply(let reply) = replies.receive(WireLine(content.octets, ending: content.ending)) else { return }
    let answered = sent.receive(reply)
    marker.received(reply.code, answersAuth: answered.isCommand(.auth) || answered == .authentication)
  }

  private mutating func maskedStep(_ line: DialogueLine) -> DialogueLine {
    guard case .raw(let text, let isBytewise)? = try? DialogueStep(line.text) else { return line }
    var isChanged = false
    var octets: [UInt8] = []
    for piece in text.framed {
      let marked = marked(piece)
      isChanged = isChanged || marked != nil
      octets += Self.written(marked ?? Self.outgoing(piece), ends: true)
    }
    guard isChanged else { return line }
    return Self.line(line, Array("raw \(isBytewise ? "bytewise " : "")\"".utf8) + octets + [UInt8(ascii: "\"")])
  }

  /// The line with its answers marked; nil where it holds none.
  private mutating func marked(_ text: DialogueText) -> OutgoingLine? {
    let line = Self.outgoing(text)
    let isText = sent.isInMessage
    sent.send(text)
    let marked = marker.mark(line, isText: isText)
    return marked == line ? nil : marked
  }

  private static func outgoing(_ text: DialogueText) -> OutgoingLine {
    OutgoingLine(
      text.segments.map { segment in
        switch segment {
        case .octets(let octets): .octets(octets)
        case .variable(let name): .secret(Secret(name: name, octets: []))
        }
      }, ending: text.ending)
  }

  /// A line's text as it stands in a file; with `ends`, a CRLF is written too and the lack of an ending is not.
  private static func written(_ line: OutgoingLine, ends: Bool = false) -> [UInt8] {
    var text: [UInt8] = []
    for part in line.parts {
      switch part {
      case .octets(let octets): OctetText.escape(octets, dollar: true, into: &text)
      case .secret(let secret): text += Array("${\(secret.name)}".utf8)
      }
    }
    switch line.ending {
    case .crlf: return ends ? text + Array("\\r\\n".utf8) : text
    case .bareLF: return text + Array("\\n".utf8)
    case .none: return ends ? text : text + Array("\\z".utf8)
    }
  }

  /// A line with another text.
  private static func line(_ line: DialogueLine, _ text: [UInt8]) -> DialogueLine {
    let end = line.source.startIndex + line.textOffset
    return DialogueLine(source: (line.source[..<end] + text + line.source[(end + line.textCount)...])[...])
  }
}
