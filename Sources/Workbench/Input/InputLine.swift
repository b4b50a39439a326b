package import SMTPSession
package import SMTPWire

/// The line that goes to the server next: editing, history, completion, and lines that wait to go with it.
package struct InputLine: Sendable {
  /// A search through the history, from the newest line on.
  package struct Search: Hashable, Sendable {
    /// What is searched for.
    package var text: [UInt8] = []
    /// Matches that were passed over.
    package var skipped = 0
  }

  /// The line that is being typed.
  package var editor = LineEditor()
  /// The lines that were typed.
  package var history = LineHistory()
  /// Lines that go out in one write with the next one.
  package var staged: [OutgoingLine] = []
  /// The search through typed lines that is going on.
  package var search: Search?
  /// The candidates that Tab walks through, and the one that stands in the line.
  private var walk: (completion: LineCompletion, index: Int)?

  /// Makes an empty line.
  package init() {}

  /// Whether there is nothing to send.
  package var isEmpty: Bool { editor.isEmpty && staged.isEmpty }

  /// Puts the next or previous candidate into the line; returns false when there is none.
  package mutating func complete(_ completion: LineCompletion, isForward: Bool) -> Bool {
    let replaced: Int
    if let (known, index) = walk {
      replaced = LineEditor(Array(known.candidates[index].utf8)).elements.count
      let count = known.candidates.count
      walk = (known, (index + (isForward ? 1 : count - 1)) % count)
    } else {
      guard !completion.candidates.isEmpty else { return false }
      replaced = LineEditor(Array(editor.octetsBeforeCursor.suffix(completion.replaced))).elements.count
      walk = (completion, isForward ? 0 : completion.candidates.count - 1)
    }
    guard let (known, index) = walk else { return false }
    editor.replaceBeforeCursor(replaced, with: Array(known.candidates[index].utf8))
    if known.candidates.count == 1 { walk = nil }
    return true
  }

  /// Forgets the walk through candidates: another key was pressed.
  package mutating func endCompletion() { walk = nil }

  /// Takes the line and the staged ones away, to be sent in one write.
  package mutating func take(session: ClientSession) -> [OutgoingLine] {
    let last = Self.outgoing(editor.octets, session: session)
    remember(last)
    let lines = staged + [last]
    staged = []
    editor = LineEditor()
    endCompletion()
    return lines
  }

  /// Puts the line among the staged ones.
  package mutating func stage(session: ClientSession) {
    let line = Self.outgoing(editor.octets, session: session)
    remember(line)
    staged.append(line)
    editor = LineEditor()
    endCompletion()
  }

  /// Keeps a line for the arrow keys; one with a secret is not kept anywhere.
  private mutating func remember(_ line: OutgoingLine) {
    if line.hasSecret { history.endWalk() } else { history.add(editor.octets) }
  }

  /// The typed octets as a line. Behind `raw ` they are escapes, and no ending is added.
  package static func outgoing(_ typed: [UInt8], session: ClientSession) -> OutgoingLine {
    let raw = Array("raw ".utf8)
    if typed.starts(with: raw), let octets = try? OctetText.unescape(typed.dropFirst(raw.count)) {
      return OutgoingLine(octets, ending: .none)
    }
    return session.marked(typed)
  }
}
