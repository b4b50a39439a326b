import SMTPWire

/// One line of a dialogue file, with the very octets it was read from.
package struct DialogueLine: Hashable, Sendable {
  /// What the mark behind the time says.
  package enum Kind: Hashable, Sendable {
    /// `C:` the client's line.
    case client
    /// `S:` the server's line.
    case server
    /// `S~` a pattern for a reply line.
    case pattern
    /// `*` an event.
    case event
    /// `#` a remark.
    case note
    /// `>` a step of a script.
    case step
    /// Nothing but blanks.
    case blank
    /// No dialogue line at all.
    case unknown
  }

  /// The octets as they stand in the file, line end and byte order mark included.
  package let source: ArraySlice<UInt8>
  /// What the mark says.
  package let kind: Kind
  /// Where the first octet of the text is, counted from the beginning of the source.
  package let textOffset: Int
  /// The number of octets of the text.
  package let textCount: Int

  /// Reads the octets of one line, whose line end (LF or CRLF) may be missing.
  package init(source: ArraySlice<UInt8>) {
    let parsed = source.withUnsafeBufferPointer { DialogueLineParser.parse($0) }
    self.source = source
    kind = parsed.kind
    textOffset = parsed.textOffset
    textCount = parsed.textCount
  }

  /// Reads a line of text to which the line end is added.
  package init(_ text: String) {
    self.init(source: (Array(text.utf8) + [0x0A])[...])
  }

  /// What stands behind the mark and its blank, not yet unescaped, without the line end.
  package var text: ArraySlice<UInt8> {
    let start = source.startIndex + textOffset
    return source[start..<start + textCount]
  }

  /// The time since the recording began; nil when the line bears none.
  package var time: Duration? {
    source.withUnsafeBufferPointer { DialogueLineParser.time($0) }
  }

  /// The line as it was written, without the line end and the byte order mark.
  package var written: ArraySlice<UInt8> {
    let start = source.starts(with: DialogueLineParser.byteOrderMark) ? 3 : 0
    return source.prefix(textOffset + textCount).dropFirst(start)
  }

  /// Whether a line feed ends the line.
  package var isEnded: Bool { source.last == 0x0A }

  /// The text as octets with variables, for the kinds whose text is one (`C:` and `S:`).
  ///
  /// Escapes that make no sense stand for themselves; `DialogueReader` reports them.
  package var content: DialogueText { DialogueText.parse(text).text }

  /// The words of the text, split at blanks.
  package var words: [ArraySlice<UInt8>] { text.split { $0.isASCIIBlank } }
}

/// Takes a line apart into time, mark and text.
///
/// The grammar is in `docs/dialogue-format.md`.
enum DialogueLineParser {
  struct Parsed {
    var kind: DialogueLine.Kind
    var textOffset: Int
    var textCount: Int
  }

  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Takes a whole line apart; whatever it holds, it becomes a line of some kind.
  static func parse(_ line: UnsafeBufferPointer<UInt8>) -> Parsed {
    let end = contentEnd(line)
    var index = skipBlanks(line, from: start(line), to: end)
    let timeEnd = skipTime(line, from: index, to: end)
    if let timeEnd { index = skipBlanks(line, from: timeEnd, to: end) }
    guard index < end else {
      return Parsed(kind: timeEnd == nil ? .blank : .unknown, textOffset: end, textCount: 0)
    }
    let (kind, length) = mark(line, at: index, end: end)
    var text = index + length
    if kind != .unknown, text < end, line[text].isASCIIBlank { text += 1 }
    return Parsed(kind: kind, textOffset: text, textCount: end - text)
  }

  /// The time at the beginning of a line.
  static func time(_ line: UnsafeBufferPointer<UInt8>) -> Duration? {
    let end = contentEnd(line)
    let begin = skipBlanks(line, from: start(line), to: end)
    guard let stop = skipTime(line, from: begin, to: end) else { return nil }
    var seconds: Int64 = 0
    var attoseconds: Int64 = 0
    var unit: Int64 = 0
    for octet in line[begin..<stop] {
      if octet == UInt8(ascii: ".") {
        unit = 1_000_000_000_000_000_000
      } else if unit > 0 {
        unit /= 10
        attoseconds += Int64(octet - 0x30) * unit
      } else {
        seconds = seconds * 10 + Int64(octet - 0x30)
      }
    }
    return Duration(secondsComponent: seconds, attosecondsComponent: attoseconds)
  }

  /// The mark at an index and its length; a mark other than `#` must be followed by a blank or the end.
  private static func mark(_ line: UnsafeBufferPointer<UInt8>, at index: Int, end: Int) -> (DialogueLine.Kind, Int) {
    let second = index + 1 < end ? line[index + 1] : 0x20
    let found: (DialogueLine.Kind, Int)
    switch (line[index], second) {
    case (UInt8(ascii: "#"), _): return (.note, 1)
    case (UInt8(ascii: "C"), UInt8(ascii: ":")): found = (.client, 2)
    case (UInt8(ascii: "S"), UInt8(ascii: ":")): found = (.server, 2)
    case (UInt8(ascii: "S"), UInt8(ascii: "~")): found = (.pattern, 2)
    case (UInt8(ascii: "*"), _): found = (.event, 1)
    case (UInt8(ascii: ">"), _): found = (.step, 1)
    default: return (.unknown, 0)
    }
    let next = index + found.1
    return next < end && !line[next].isASCIIBlank ? (.unknown, 0) : found
  }

  /// The end of digits, a dot and up to nine digits, which a blank or the line's end follows; nil when there is no time.
  private static func skipTime(_ line: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) -> Int? {
    var index = start
    while index < end, index - start < 10, line[index].isASCIIDigit { index += 1 }
    guard index > start else { return nil }
    if index < end, line[index] == UInt8(ascii: ".") {
      let dot = index
      index += 1
      while index < end, index - dot < 10, line[index].isASCIIDigit { index += 1 }
      guard index > dot + 1 else { return nil }
    }
    return index == end || line[index].isASCIIBlank ? index : nil
  }

  private static func start(_ line: UnsafeBufferPointer<UInt8>) -> Int {
    line.count >= 3 && line[0] == 0xEF && line[1] == 0xBB && line[2] == 0xBF ? 3 : 0
  }

  private static func contentEnd(_ line: UnsafeBufferPointer<UInt8>) -> Int {
    guard let last = line.last, last == 0x0A else { return line.count }
    return line.count > 1 && line[line.count - 2] == 0x0D ? line.count - 2 : line.count - 1
  }

  private static func skipBlanks(_ line: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) -> Int {
    var index = start
    while index < end, line[index].isASCIIBlank { index += 1 }
    return index
  }
}
