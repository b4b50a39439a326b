import SMTPWire

/// Reads an example as RFCs print them: marked and indented lines, which may go on without a mark.
struct ExampleParser {
  private var recorder = ImportRecorder()
  private var pending: (isClient: Bool, indent: Int, text: [UInt8])?
  private let isRFC821: Bool

  /// Reads a whole text.
  static func parse(_ octets: [UInt8]) -> DialogueImport {
    var kinds = Set<ExampleMark.Kind>()
    for line in ImportLines(octets) {
      if let mark = ExampleMark(line.withoutReturns) { kinds.insert(mark.kind) }
    }
    var parser = ExampleParser(isRFC821: kinds.contains(.receiver) && !kinds.contains(.client))
    for line in ImportLines(octets) { parser.read(line.withoutReturns) }
    parser.flush()
    return DialogueImport(parser.recorder)
  }

  private init(isRFC821: Bool) { self.isRFC821 = isRFC821 }

  private mutating func read(_ line: ArraySlice<UInt8>) {
    if let mark = ExampleMark(line) {
      flush()
      guard mark.kind != .both else { return recorder.remark(mark.text.trimmed.text) }
      let isClient = mark.kind == .client || (mark.kind == .senderOrServer && isRFC821)
      // More blanks than one set the text apart, except in a message.
      let text = isClient && recorder.isInMessage ? mark.text : mark.text.withoutIndent
      pending = (isClient, mark.indent, Array(text))
      return
    }
    let text = line.withoutIndent
    guard let (isClient, indent, begun) = pending, !text.isEmpty, line.count - text.count > indent else {
      return flush()
    }
    if isClient ? recorder.isInMessage : text.isReplyLine {
      flush()
      pending = (isClient, indent, Array(text))
    } else {
      pending = (isClient, indent, begun + [0x20] + text)
    }
  }

  private mutating func flush() {
    guard let (isClient, _, text) = pending else { return }
    pending = nil
    var line = text[...].trimmedEnd
    if line.elementsEqual("<CRLF>.<CRLF>".utf8) { line = [UInt8(ascii: ".")] }
    if line.count > 6, line.suffix(6).elementsEqual("<CRLF>".utf8) { line = line.dropLast(6) }
    if isRemark(line) { return recorder.remark(line.text) }
    if isClient { recorder.client(line) } else { recorder.server(line) }
  }

  /// `<open connection>`, or `(86 octets in canonical form)` in the place of a chunk: words about what happens.
  private func isRemark(_ line: ArraySlice<UInt8>) -> Bool {
    if line.first == UInt8(ascii: "<"), line.last == UInt8(ascii: ">") { return !recorder.isInMessage }
    return line.first == UInt8(ascii: "(") && line.last == UInt8(ascii: ")") && !recorder.isMessageDue
  }
}

extension ArraySlice<UInt8> {
  /// Without blanks at the end.
  fileprivate var trimmedEnd: ArraySlice<UInt8> {
    var slice = self
    while slice.last?.isASCIIBlank == true { slice.removeLast() }
    return slice
  }
}
