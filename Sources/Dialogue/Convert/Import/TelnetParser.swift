import SMTPWire

/// Reads what telnet left in a terminal (with the client's lines) or a pipe (without them).
enum TelnetParser {
  /// Whether a line is one that telnet writes.
  static func isSign(_ line: ArraySlice<UInt8>) -> Bool {
    line.begins(with: "Trying ") || line.begins(with: "Connected to ") || line.begins(with: "Escape character is ")
  }

  /// Reads a whole log.
  static func parse(_ octets: [UInt8]) -> DialogueImport {
    var recorder = ImportRecorder()
    var sorter = UnmarkedLineSorter()
    var host: String?
    var port = ""
    var isOpen = false
    var blanks = 0
    for source in ImportLines(octets) {
      let line = TerminalLine.edited(source.withoutReturns)
      if !isOpen {
        port = portOfCommand(line) ?? port
        if let rest = line.behind("Trying ") { host = ImportAddress.name(rest.droppingDots) ?? host }
        if line.begins(with: "Connected to ") { recorder.event(.connected(host.map { $0 + port } ?? "")) }
        if let rest = line.behind("telnet: Unable to connect to remote host: ") {
          recorder.event(.connectFailed(host ?? "-", EventReason(nil, rest.trimmed.text)))
        }
        isOpen = line.begins(with: "Escape character is ") || line.isReplyLine
        if line.isReplyLine { sorter.append(line) }
      } else if let end = end(line) {
        sorter.sort(into: &recorder)
        recorder.event(.closed(by: end, ""))
        break
      } else if line.isEmpty {
        // Those in front of telnet's own words were never typed.
        blanks += 1
      } else if !line.begins(with: "telnet> ") {
        for _ in 0..<blanks { sorter.append(line.prefix(0)) }
        blanks = 0
        sorter.append(line)
      }
    }
    sorter.sort(into: &recorder)
    if recorder.clientLines == 0, recorder.serverLines > 0 {
      recorder.note("the client's lines are not in the source")
    }
    return DialogueImport(recorder, target: host.map { "smtp://\($0)\(port)" })
  }

  /// `:587`, where the line is the command line above the log.
  private static func portOfCommand(_ line: ArraySlice<UInt8>) -> String? {
    let words = line.words
    guard let name = words.firstIndex(where: { $0.elementsEqual("telnet".utf8) }), name + 2 < words.count,
      let port = ImportNumber.decimal(words[name + 2]), (1...65_535).contains(port)
    else { return nil }
    return ":\(port)"
  }

  private static func end(_ line: ArraySlice<UInt8>) -> SessionEvent.Side? {
    let isPeer =
      line.begins(with: "Connection closed by foreign host") || line.begins(with: "Connection to host lost")
    if isPeer { return .peer }
    return line.elementsEqual("Connection closed.".utf8) ? .us : nil
  }
}

/// A line as it was typed into a terminal.
enum TerminalLine {
  /// The line without what was erased again, and without the bell and the escape sequences of a terminal.
  static func edited(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard line.contains(where: { $0 == 0x08 || $0 == 0x7F || $0 == 0x1B }) else { return line }
    var text: [UInt8] = []
    var rest = line
    while let octet = rest.popFirst() {
      switch octet {
      case 0x08:
        // A terminal erases with backspace, blank, backspace.
        if rest.starts(with: [0x20, 0x08]) { rest = rest.dropFirst(2) }
        while let last = text.popLast(), last & 0xC0 == 0x80 {}
      case 0x7F: while let last = text.popLast(), last & 0xC0 == 0x80 {}
      case 0x1B where rest.first == UInt8(ascii: "["):
        rest = rest.dropFirst().drop { (0x20...0x3F).contains($0) }.dropFirst()
      default: text.append(octet)
      }
    }
    return text[...]
  }
}
