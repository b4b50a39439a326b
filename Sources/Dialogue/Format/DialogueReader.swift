import SMTPWire

/// A dialogue and what its reader found about it.
package struct DialogueReading: Hashable, Sendable {
  /// Every octet of the file.
  package let dialogue: Dialogue
  /// In the order of the lines.
  package let diagnostics: [DialogueDiagnostic]

  /// Whether the file is of a later version: it can be shown, but neither played nor changed.
  package var isReadOnly: Bool {
    guard case .number(let version) = DialogueVersion.declared(in: dialogue) else { return false }
    return version > DialogueVersion.current
  }

  /// Whether the file cannot be played as it is.
  package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

/// Reads a dialogue file that comes in pieces of any size.
///
/// Any file can be read, and its octets are all kept. What is no dialogue becomes a diagnostic, all of them at once; a
/// file that was cut anywhere is read up to the cut, with a note of what is missing.
package struct DialogueReader: Sendable {
  /// The greatest number of diagnostics; a file with more of them is no dialogue.
  package static let maximumDiagnostics = 100

  private var lines: [DialogueLine] = []
  private var diagnostics: [DialogueDiagnostic] = []
  /// The beginning of a line whose end has not come.
  private var pending: [UInt8] = []
  /// The number of the last line that nobody understands and that speaks of AUTH.
  private var loginLine: Int?
  /// How many lines behind such a one may hold what a login consists of, prompts and remarks between.
  private static let loginReach = 12

  /// Makes a reader at the beginning of a file.
  package init() {}

  /// Reads a whole file.
  package static func read(_ octets: [UInt8]) -> DialogueReading {
    var reader = DialogueReader()
    reader.append(octets)
    return reader.finish()
  }

  /// Takes the next piece in. The lines within it share its storage.
  package mutating func append(_ piece: [UInt8]) {
    var start = 0
    while let lineFeed = Self.lineFeed(in: piece, from: start) {
      if pending.isEmpty {
        add(piece[start...lineFeed])
      } else {
        pending.append(contentsOf: piece[start...lineFeed])
        add(pending[...])
        pending = []
      }
      start = lineFeed + 1
    }
    if start < piece.count { pending.append(contentsOf: piece[start...]) }
  }

  /// Ends the file, and gives what was read.
  package mutating func finish() -> DialogueReading {
    if !pending.isEmpty { add(pending[...]) }
    let dialogue = Dialogue(lines: lines)
    noteWhatIsMissing(in: dialogue)
    let reading = DialogueReading(dialogue: dialogue, diagnostics: diagnostics)
    self = DialogueReader()
    return reading
  }

  private static func lineFeed(in piece: [UInt8], from start: Int) -> Int? {
    piece.withUnsafeBufferPointer { octets in
      var index = start
      while index < octets.count {
        if octets[index] == 0x0A { return index }
        index += 1
      }
      return nil
    }
  }

  private mutating func add(_ source: ArraySlice<UInt8>) {
    let line = DialogueLine(source: source)
    lines.append(line)
    switch line.kind {
    case .client, .server, .event: checkText(of: line)
    case .unknown: reportUnknown(line)
    case .note: checkVersion(of: line)
    case .pattern, .step, .blank: break
    }
  }
}

// What is wrong with a line.
extension DialogueReader {
  private mutating func checkText(of line: DialogueLine) {
    guard line.source.withUnsafeBufferPointer({ Self.needsCheck($0, line) }) else { return }
    var faults = line.kind == .event ? eventFaults(line.text) : DialogueText.parse(line.text).faults
    if let offset = line.text.firstIndex(where: Self.isControl).map({ $0 - line.text.startIndex }) {
      let octet = line.text[line.text.startIndex + offset]
      let escape = String(decoding: OctetText.escape([octet]), as: UTF8.self)
      faults.append(.init(offset: offset, message: "a control character is written \(escape)", isUnfinished: false))
    }
    for fault in faults.sorted(by: { $0.offset < $1.offset }) { report(fault, of: line) }
  }

  private static func needsCheck(_ source: UnsafeBufferPointer<UInt8>, _ line: DialogueLine) -> Bool {
    var index = line.textOffset
    let end = index + line.textCount
    while index < end {
      let octet = source[index]
      if octet < 0x20 || octet == UInt8(ascii: "\\") || octet == UInt8(ascii: "$") || octet == 0x7F { return true }
      index += 1
    }
    return false
  }

  private static func isControl(_ octet: UInt8) -> Bool { (octet < 0x20 && octet != 0x09) || octet == 0x7F }

  private func eventFaults(_ text: ArraySlice<UInt8>) -> [DialogueText.Fault] {
    do {
      _ = try OctetText.unescape(text)
      return []
    } catch {
      let isUnfinished = text.dropFirst(error.offset).count < 4
      return [.init(offset: error.offset, message: "no such escape", isUnfinished: isUnfinished)]
    }
  }

  private mutating func report(_ fault: DialogueText.Fault, of line: DialogueLine) {
    let written = line.written
    let offset = written.count - line.textCount + fault.offset
    if fault.isUnfinished, !line.isEnded {
      report(
        .init(
          .note, line: lines.count, at: offset, of: written, "the file was cut here, within an escape or a variable"))
    } else {
      report(.init(line: lines.count, at: offset, of: written, fault.message))
    }
  }

  private mutating func reportUnknown(_ line: DialogueLine) {
    let written = line.source.prefix { $0 != 0x0A && $0 != 0x0D }
      .dropFirst(line.source.starts(with: DialogueLineParser.byteOrderMark) ? 3 : 0)
    let offset = line.source.startIndex + line.textOffset - written.startIndex
    let rest = written.dropFirst(offset)
    let quoted = masksLogin(written) ? Array(repeating: UInt8(ascii: "*"), count: written.count) : Array(written)
    if !line.isEnded, Self.isBeginning(rest) {
      return report(
        .init(.note, line: lines.count, at: written.count, of: quoted, "the file was cut here, before the line's text")
      )
    }
    report(
      .init(
        line: lines.count, at: offset, of: quoted,
        "expected C: S: * # > or S~ with a blank behind it, and seconds such as 0.013 before it or nothing"))
  }

  /// Whether a line that nobody understands may hold a login: it speaks of AUTH, or one of the lines before it does.
  private mutating func masksLogin(_ written: ArraySlice<UInt8>) -> Bool {
    let auth = Array("AUTH".utf8)
    let upper = written.map(\.asciiUppercased)
    if upper.holds(auth) { loginLine = lines.count }
    return loginLine.map { lines.count - $0 <= Self.loginReach } ?? false
  }

  /// Whether a mark or a time may begin this way.
  private static func isBeginning(_ text: ArraySlice<UInt8>) -> Bool {
    if text.last == UInt8(ascii: ".") {
      return text.dropLast().allSatisfy(\.isASCIIDigit) && (2...11).contains(text.count)
    }
    return text.isEmpty || text.elementsEqual("C".utf8) || text.elementsEqual("S".utf8)
  }

  /// A file of a later version may mean something else.
  private mutating func checkVersion(of line: DialogueLine) {
    guard lines.count == 1, line.text.starts(with: "parley ".utf8) else { return }
    let version = line.text.dropFirst(7).prefix { !$0.isASCIIBlank }
    let declaration = DialogueVersion.declared(in: line)
    let objection = DialogueVersion.objection(to: declaration, written: DialogueDiagnostic.shown(version))
    guard let objection else { return }
    let offset = line.written.count - line.textCount + 7
    let isCut = version.isEmpty && !line.isEnded
    report(
      .init(isCut ? .note : .error, line: 1, at: offset, of: line.written, isCut ? "the file was cut here" : objection))
  }

  private mutating func report(_ diagnostic: DialogueDiagnostic) {
    if diagnostics.count < Self.maximumDiagnostics { diagnostics.append(diagnostic) }
  }
}

// What a cut file lacks.
extension DialogueReader {
  private mutating func noteWhatIsMissing(in dialogue: Dialogue) {
    guard let last = dialogue.lines.last else { return }
    if !last.isEnded, dialogue.isRecording, diagnostics.last?.line != lines.count {
      note("the file ends within this line: its rest is missing", behind: last, at: lines.count)
    }
    guard dialogue.isRecording, let index = lines.lastIndex(where: { $0.event != nil && $0.kind != .note }) else {
      return
    }
    guard let missing = missing(after: index) else { return }
    note("the recording ends here: \(missing) missing", behind: lines[index], at: index + 1)
  }

  private mutating func note(_ message: String, behind line: DialogueLine, at number: Int) {
    report(.init(.note, line: number, at: line.written.count, of: line.written, message))
  }

  /// What a recording lacks that ends with a line; nil when it tells its own end.
  private func missing(after index: Int) -> String? {
    switch lines[index].event {
    case .sent?:
      if isWithinMessage(index) {
        return "the rest of the message, its final dot, the reply, and how the connection ended, are"
      }
      return "the reply, and how the connection ended, are"
    case .received(let wire)? where wire.octets.dropFirst(3).first == UInt8(ascii: "-"):
      return "the reply's last lines, and how the connection ended, are"
    case .received?: return "how the connection ended is"
    case .event(let event)?: return event.endsConnection ? nil : "how the connection ended is"
    case .note?, nil: return nil
    }
  }

  /// Whether the client's line at an index is text of a message that has not ended.
  private func isWithinMessage(_ index: Int) -> Bool {
    if lines[index].text.elementsEqual(".".utf8) { return false }
    var index = index - 1
    while index >= 0 {
      switch lines[index].kind {
      case .client where lines[index].text.elementsEqual(".".utf8): return false
      case .server: return lines[index].text.starts(with: "354".utf8)
      default: index -= 1
      }
    }
    return false
  }
}
