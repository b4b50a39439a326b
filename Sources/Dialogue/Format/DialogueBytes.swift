import SMTPWire

/// The octets that one side sent, taken from the lines of a dialogue.
package enum DialogueBytes {
  /// One of the two who speak.
  package enum Side: String, CaseIterable, Hashable, Sendable {
    case client
    case server
  }

  /// All octets of a side, in order. A secret stands as its variable, `${name}`, since the file does not hold it.
  package static func sent(by side: Side, in dialogue: Dialogue) -> [UInt8] {
    var octets: [UInt8] = []
    for line in dialogue.lines { append(line, of: side, to: &octets) }
    // A recording that was cut within the server's line does not know how that line went on.
    if side == .server, let last = dialogue.lines.last, last.kind == .server, !last.isEnded, dialogue.isRecording {
      octets.removeLast(last.content.ending.octets.count)
    }
    return octets
  }

  /// Appends what one line says that a side sent; nothing when it says that of the other side or of none.
  package static func append(_ line: DialogueLine, of side: Side, to octets: inout [UInt8]) {
    switch (line.kind, side) {
    case (.client, .client), (.server, .server):
      let content = line.content
      octets.append(contentsOf: content.octets)
      octets.append(contentsOf: content.ending.octets)
    case (.event, .server):
      // What came behind the 220 of STARTTLS was never read as a line; the server sent it all the same.
      if case .injected(let injected)? = line.sessionEvent { octets.append(contentsOf: injected) }
    default: break
    }
  }
}
