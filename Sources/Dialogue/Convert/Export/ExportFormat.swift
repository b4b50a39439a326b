/// What a dialogue can be written as, beside the dialogue file itself.
package enum ExportFormat: String, CaseIterable, Hashable, Sendable {
  /// A shell command that does the same with swaks.
  case swaks
  case curl
  case openssl
  case parley
  /// For a ticket.
  case markdown
  /// JSON Lines, see `DialogueJSON`.
  case json
  /// One file that loads nothing.
  case html
  /// asciicast v2, which asciinema plays.
  case asciicast
  /// The message alone.
  case eml

  /// What the name of such a file ends in, without the dot.
  package var fileExtension: String {
    switch self {
    case .swaks, .curl, .openssl, .parley: "sh"
    case .markdown: "md"
    case .json: "jsonl"
    case .html: "html"
    case .asciicast: "cast"
    case .eml: "eml"
    }
  }
}

/// What an export may be told.
package struct ExportOptions: Hashable, Sendable {
  /// The server's URL, over the one that the dialogue names.
  package var target: String?
  /// Which message is wanted, from 1.
  package var message: Int
  /// The title, over one made of the server's name.
  package var title: String?

  /// Makes options; the defaults are the dialogue's target and its first message.
  package init(target: String? = nil, message: Int = 1, title: String? = nil) {
    self.target = target
    self.message = message
    self.title = title
  }
}

/// A dialogue in another form.
package struct DialogueExport: Hashable, Sendable {
  /// The whole file.
  package var octets: [UInt8]
  /// What the form cannot say, as sentences that are safe on a terminal. A command has them as comments too.
  package var notes: [String]

  /// Makes an export.
  package init(_ octets: [UInt8], notes: [String] = []) {
    self.octets = octets
    self.notes = notes
  }

  /// Whether there was nothing to write.
  package var isEmpty: Bool { octets.isEmpty }
}

/// Writes a dialogue in other forms. A secret stays the name of its variable, or is asked for by the program.
package enum DialogueExporter {
  /// Writes a dialogue in a form.
  package static func write(
    _ dialogue: Dialogue, as format: ExportFormat, options: ExportOptions = ExportOptions()
  ) -> DialogueExport {
    switch format {
    case .json:
      var octets: [UInt8] = []
      for event in dialogue.events { DialogueJSON.encode(event, into: &octets) }
      return DialogueExport(octets)
    case .asciicast: return AsciicastEncoder.encode(dialogue, options)
    case .swaks: return SwaksCommandEncoder.encode(SessionOutline(dialogue, options))
    case .curl: return CurlCommandEncoder.encode(SessionOutline(dialogue, options))
    case .openssl: return OpenSSLCommandEncoder.encode(SessionOutline(dialogue, options))
    case .parley: return ParleyCommandEncoder.encode(SessionOutline(dialogue, options), dialogue)
    case .markdown: return MarkdownEncoder.encode(dialogue, SessionOutline(dialogue, options), options)
    case .html: return HTMLEncoder.encode(dialogue, SessionOutline(dialogue, options), options)
    case .eml: return message(SessionOutline(dialogue, options), options.message)
    }
  }

  private static func message(_ outline: SessionOutline, _ number: Int) -> DialogueExport {
    let messages = outline.messages
    guard messages.indices.contains(number - 1) else {
      let reason =
        messages.isEmpty
        ? "the dialogue holds no message" : "there is no message \(number): the dialogue holds \(messages.count)"
      return DialogueExport([], notes: [reason])
    }
    let message = messages[number - 1]
    return DialogueExport(message.octets, notes: message.isWhole ? [] : ["the message is not whole in the dialogue"])
  }
}
