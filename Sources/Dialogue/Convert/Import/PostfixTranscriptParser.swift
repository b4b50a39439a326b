import SMTPWire

/// Reads the mail in which Postfix tells its postmaster what was said in a session with errors.
struct PostfixTranscriptParser {
  private var recorder = ImportRecorder()
  /// The line so far, which may go on in the next line of the mail.
  private var pending: (isOut: Bool, text: [UInt8])?
  /// Whether Postfix was the client, so that it said the commands; nil until a reply was read.
  private var isClient: Bool?

  /// Reads a whole mail.
  static func parse(_ octets: [UInt8]) -> DialogueImport {
    var parser = PostfixTranscriptParser()
    for line in ImportLines(octets) { parser.read(line.withoutReturns) }
    parser.flush()
    return DialogueImport(parser.recorder)
  }

  private mutating func read(_ line: ArraySlice<UInt8>) {
    let text = line.withoutIndent
    let indent = line.count - text.count
    if indent <= 3, let rest = text.behind("Out:") ?? text.behind("In:") {
      flush()
      let isOut = text.begins(with: "Out")
      pending = (isOut, Array(rest.dropFirst(rest.prefix(isOut ? 1 : 2).prefix { $0 == 0x20 }.count)))
    } else if indent >= 4, let (isOut, begun) = pending, !text.isEmpty {
      // A long line goes on behind four blanks, and lost the blank where it was cut.
      pending = (isOut, begun + [0x20] + text)
    } else {
      flush()
      if let reason = line.behind("Session aborted, reason: ") { recorder.remark("session aborted: \(reason.text)") }
    }
  }

  private mutating func flush() {
    guard let (isOut, text) = pending else { return }
    pending = nil
    let isClient = isClient ?? !(isOut && text[...].isReplyLine)
    self.isClient = isClient
    if isOut == isClient { recorder.client(text) } else { recorder.server(text) }
  }
}
