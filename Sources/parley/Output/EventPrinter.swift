import Dialogue
import SMTPWire
import Synchronization

/// Prints events as they happen: as lines of a dialogue file, or as JSON Lines.
///
/// The dialogue's form is safe for a terminal. A message's text is cut after some lines, and a line after some octets:
/// the recording has them whole.
final class EventPrinter: Sendable {
  enum Form: Sendable { case dialogue, json, none }

  private static let maximumLine = 2_000
  private static let maximumMessageLines = 40

  private let form: Form
  private let state = Mutex<(isInMessage: Bool, messageLines: Int)>((false, 0))

  init(_ form: Form) {
    self.form = form
  }

  /// Prints the events of one read or write.
  func print(_ events: [TimedEvent]) {
    guard form != .none else { return }
    var text: [UInt8] = []
    for event in events { append(event, to: &text) }
    if !text.isEmpty { Output.write(text) }
  }

  private func append(_ event: TimedEvent, to text: inout [UInt8]) {
    if form == .json { return DialogueJSON.encode(event, into: &text) }
    let elided = state.withLock { state in Self.elision(of: event, &state) }
    switch elided {
    case .show: break
    case .skip: return
    case .count(let hidden):
      text += Array("# \(hidden) more lines of the message\n".utf8)
    }
    var line = DialogueWriter.line(event)
    if line.count > Self.maximumLine {
      let rest = line.count - Self.maximumLine
      line = Self.cut(line) + Array("… (\(rest) more octets)\n".utf8)
    }
    text += line
  }

  private enum Elision { case show, skip, count(Int) }

  private static func elision(of event: TimedEvent, _ state: inout (isInMessage: Bool, messageLines: Int)) -> Elision {
    switch event.event {
    case .received(let line):
      state = (line.octets.starts(with: Array("354".utf8)), 0)
    case .sent(let line) where state.isInMessage:
      if line.octets == [UInt8(ascii: ".")] {
        let hidden = state.messageLines - maximumMessageLines
        state = (false, 0)
        return hidden > 0 ? .count(hidden) : .show
      }
      state.messageLines += 1
      return state.messageLines > maximumMessageLines ? .skip : .show
    default: break
    }
    return .show
  }

  /// The beginning of a line, not cut within a character.
  private static func cut(_ line: [UInt8]) -> [UInt8] {
    var end = maximumLine
    while end > 0, line[end] & 0xC0 == 0x80 { end -= 1 }
    return Array(line[..<end])
  }
}
