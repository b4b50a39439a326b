import Dialogue
import SMTPWire

/// A line of the server's that stands in a recording as far as it has come.
///
/// It grows in its place while nothing else is written. What is written behind it ends it with `\\z`, and the rest of the
/// line becomes a line of its own.
struct UnfinishedLine {
  /// The octets of the line that are written.
  private(set) var written: [UInt8] = []
  /// Whether the line in the file has not been ended.
  private(set) var isOpen = false

  /// Appends what is new of a line, which is given from its beginning.
  mutating func grow(to octets: [UInt8], at time: Duration, into buffer: inout [UInt8]) {
    let whole = octets.prefix(Self.settled(octets))
    guard whole.count > written.count, whole.starts(with: written) else { return }
    let new = Array(whole.dropFirst(written.count))
    if isOpen {
      OctetText.escape(new, dollar: true, into: &buffer)
    } else {
      DialogueWriter.write(TimedEvent(time, .received(WireLine(new, ending: .none))), into: &buffer)
      buffer.removeLast(Self.end.count)
      isOpen = true
    }
    written += new
  }

  /// Appends what an event makes of the line; the event that is left to be written, if there is one.
  mutating func meet(_ event: TimedEvent, into buffer: inout [UInt8]) -> TimedEvent? {
    if written.isEmpty { return event }
    guard case .received(let line) = event.event else {
      close(into: &buffer)
      return event
    }
    defer { (written, isOpen) = ([], false) }
    // A secret may have become known meanwhile that the line holds.
    guard line.octets.starts(with: written) else {
      close(into: &buffer)
      return event
    }
    let rest = WireLine(Array(line.octets.dropFirst(written.count)), ending: line.ending)
    guard isOpen else { return TimedEvent(event.time, .received(rest)) }
    // The rest as a line of its own, without its time, its mark and, where there is a text, its blank.
    let isBare = rest.octets.isEmpty && rest.ending == .crlf
    let text = DialogueWriter.line(TimedEvent(.zero, .received(rest)))
    buffer.append(contentsOf: text.dropFirst(isBare ? Self.head.count - 1 : Self.head.count))
    return nil
  }

  /// Ends the line in the file, where it has not been ended.
  mutating func close(into buffer: inout [UInt8]) {
    if isOpen { buffer.append(contentsOf: Self.end) }
    isOpen = false
  }

  private static let end = Array("\\z\n".utf8)
  private static let head = Array("0.000 S: ".utf8)

  /// How many octets mean the same whatever comes behind them.
  private static func settled(_ octets: [UInt8]) -> Int {
    var count = octets.count
    while count > 0, octets.count - count < 4, isOpenEnded(octets[count - 1]) { count -= 1 }
    return count
  }

  /// Whether what an octet means depends on the next: a character's part, the return of CRLF, the dollar of a variable.
  private static func isOpenEnded(_ octet: UInt8) -> Bool {
    octet >= 0x80 || octet == 0x0D || octet == UInt8(ascii: "$")
  }
}
