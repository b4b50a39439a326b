package import SMTPSession
import SMTPWire

/// The message being written for DATA.
package struct Composer: Sendable {
  /// Something to know before the message is sent.
  package struct Note: Hashable, Sendable {
    /// Whether all is well.
    package let isGood: Bool
    /// What was found, in words.
    package let text: String
  }

  /// The lines; never none.
  package private(set) var lines: [LineEditor] = [LineEditor()]
  /// The line of the cursor, from 0.
  package private(set) var row = 0
  /// Whether the message goes out as soon as the server answers 354.
  package var sendsWhenReady = false
  private static let maximumLines = 100_000

  /// Makes an empty message.
  package init() {}

  /// Makes a message of a text, whose lines may end in any way.
  package init(text: [UInt8]) {
    insert(text)
    row = 0
  }

  /// The line of the cursor.
  package var current: LineEditor { lines[row] }
  /// Whether nothing is written.
  package var isEmpty: Bool { lines.count == 1 && lines[0].isEmpty }

  /// The text, each line ended by LF.
  package var text: [UInt8] {
    var text: [UInt8] = []
    for line in lines {
      text += line.octets
      text.append(0x0A)
    }
    if lines.last?.isEmpty == true { text.removeLast() }
    return text
  }

  /// The octets that DATA will carry, endings and doubled dots included, the final dot not.
  package var wireCount: Int {
    var encoder = DotStuffEncoder()
    return encoder.encode(text).count
  }

  /// Whether the cursor's line is a lone dot with nothing behind it, where Enter ends the message as it does in telnet.
  package var isAtFinalDot: Bool { isFinalDot(row) }

  /// Whether a line is a lone dot with nothing but empty lines behind it.
  package func isFinalDot(_ index: Int) -> Bool {
    lines[index].octets == [UInt8(ascii: ".")] && lines[(index + 1)...].allSatisfy(\.isEmpty)
  }

  /// Takes the final dot and the empty lines behind it away.
  package mutating func dropFinalDot() {
    guard isAtFinalDot else { return }
    lines.removeSubrange(row...)
    lines.append(LineEditor())
  }

  /// Takes a key that edits; returns false when it means nothing here.
  package mutating func apply(_ stroke: KeyStroke) -> Bool {
    if current.awaitsLiteral { return lines[row].apply(stroke) }
    switch stroke.key {
    case .enter where !stroke.isAlt, .control("J"): breakLine()
    case .up: move(to: row - 1)
    case .down: move(to: row + 1)
    case .pageUp: move(to: row - 10)
    case .pageDown: move(to: row + 10)
    case .tab: lines[row].insert([0x09])
    case .backspace where lines[row].cursor == 0 && !stroke.isAlt: joinBack()
    default: return lines[row].apply(stroke)
    }
    return true
  }

  /// Inserts a text whose lines may end in any way.
  package mutating func insert(_ text: [UInt8]) {
    for (index, line) in Self.lines(of: text).enumerated() {
      if index > 0 { breakLine() }
      lines[row].insert(line)
    }
  }

  /// What to know before the message is sent.
  package func notes(session: ClientSession) -> [Note] {
    var notes = [headerNote]
    let longest = lines.map { $0.octets.count }.max() ?? 0
    notes.append(
      Note(
        isGood: longest <= 998, text: longest <= 998 ? "lines ≤ 998" : "a line of \(longest) octets, 998 are allowed"))
    let hasOdd = lines.contains { $0.octets.contains { $0 == 0 || $0 == 0x0A || $0 == 0x0D } }
    notes.append(Note(isGood: !hasOdd, text: hasOdd ? "a NUL, CR or LF within a line" : "CRLF"))
    if lines.contains(where: { $0.octets.contains { $0 > 0x7F } }), session.capabilities?.offers("8BITMIME") != true {
      notes.append(Note(isGood: false, text: "8-bit text, and the server does not offer 8BITMIME"))
    }
    if session.acceptedRecipients == 0 {
      notes.append(Note(isGood: false, text: "no accepted recipient yet: server will answer 554 to DATA"))
    }
    return notes
  }

  /// RFC 5322 §3.6: Date and From must be there.
  private var headerNote: Note {
    let header = lines.prefix { !$0.isEmpty }.map { $0.octets }
    if let odd = header.firstIndex(where: { !Self.isHeaderLine($0) }) {
      return Note(isGood: false, text: "line \(odd + 1) is no header line: an empty line must end the header")
    }
    let missing = ["From", "Date"].filter { name in
      !header.contains { $0.prefix(name.utf8.count + 1).equalsIgnoringCase(name + ":") }
    }
    if missing.isEmpty { return Note(isGood: true, text: "header complete") }
    return Note(isGood: false, text: "no \(missing.joined(separator: ", no ")) in the header")
  }

  /// RFC 5322 §2.2: a name of printable ASCII and a colon, or a folded line.
  private static func isHeaderLine(_ line: [UInt8]) -> Bool {
    if line.first?.isASCIIBlank == true { return true }
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > 0 else { return false }
    return line[..<colon].allSatisfy { (0x21...0x7E).contains($0) }
  }

  private mutating func breakLine() {
    guard lines.count < Self.maximumLines else { return }
    let before = current.octetsBeforeCursor
    let after = Array(current.octets.dropFirst(before.count))
    lines[row] = LineEditor(before)
    var next = LineEditor(after)
    _ = next.apply(KeyStroke(.home))
    lines.insert(next, at: row + 1)
    row += 1
  }

  private mutating func joinBack() {
    guard row > 0 else { return }
    let tail = lines.remove(at: row).octets
    row -= 1
    let head = lines[row].elements.count
    lines[row] = LineEditor(lines[row].octets + tail)
    for _ in head..<lines[row].elements.count { _ = lines[row].apply(KeyStroke(.left)) }
  }

  private mutating func move(to target: Int) {
    row = min(max(0, target), lines.count - 1)
  }

  /// The lines of a text with CRLF, LF or CR behind each.
  package static func lines(of text: [UInt8]) -> [[UInt8]] {
    var lines: [[UInt8]] = [[]]
    var wasReturn = false
    for octet in text {
      if octet == 0x0A, wasReturn {
        wasReturn = false
        continue
      }
      wasReturn = octet == 0x0D
      if octet == 0x0A || octet == 0x0D { lines.append([]) } else { lines[lines.count - 1].append(octet) }
    }
    return lines
  }
}
