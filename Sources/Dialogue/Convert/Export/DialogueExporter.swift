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
