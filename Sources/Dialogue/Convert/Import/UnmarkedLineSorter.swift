import SMTPWire

/// Tells the client's lines from the server's where nothing marks them, as in the log of a terminal.
///
/// A reply line is the server's, any other the client's; within a message, up to its lone dot, all are the client's.
/// Where no line but reply lines is there before the first message, the client was not logged.
struct UnmarkedLineSorter {
  private var lines: [ArraySlice<UInt8>] = []

  /// Takes the next line in.
  mutating func append(_ line: ArraySlice<UInt8>) { lines.append(line) }

  /// Hands out all lines taken in so far.
  mutating func sort(into recorder: inout ImportRecorder) {
    let lines = lines
    self.lines = []
    guard recorder.clientLines > 0 || hasClient(lines) else {
      for line in lines where line.isReplyLine { recorder.server(line) }
      return
    }
    var lastDot = lines.lastIndex { $0.elementsEqual(".".utf8) } ?? -1
    for (index, line) in lines.enumerated() {
      if index > lastDot { lastDot = -1 }
      let isMessage = recorder.isMessageDue && (index <= lastDot || !line.isReplyLine)
      if isMessage || recorder.expectsResponse || !line.isReplyLine {
        if isMessage || !line.isEmpty { recorder.client(line) }
      } else {
        recorder.server(line)
      }
    }
  }

  private func hasClient(_ lines: [ArraySlice<UInt8>]) -> Bool {
    for line in lines {
      if line.begins(with: "354") { return false }
      if !line.isReplyLine, !line.isEmpty { return true }
    }
    return false
  }
}
