import SMTPWire

/// A dialogue made ready to be played, with all that is wrong with it.
package struct DialogueScript: Hashable, Sendable {
  /// One thing to play.
  struct Item: Hashable, Sendable {
    enum Content: Hashable, Sendable {
      /// A line to send; its text is read from the dialogue when it is played.
      case client
      case reply(ReplyExpectation)
      case pattern(ReplyPattern)
      case step(DialogueStep)
      case event(name: String, details: [UInt8])
    }

    /// The number of its first line, from 1.
    let number: Int
    var content: Content
  }

  /// The variable that holds the client's own name, for an EHLO that the script leaves to the player.
  package static let clientName = "ehlo"

  /// What is to be played.
  package let dialogue: Dialogue
  /// Whether it was recorded; a recording may hold lines that no script would expect.
  package let isRecording: Bool
  /// What the lines mean wrongly: unknown steps, bad codes, bad expressions. What the reader found is not repeated.
  package private(set) var diagnostics: [DialogueDiagnostic] = []
  /// The variables it needs, in the order of the lines.
  package private(set) var variables: [DialogueVariable] = []
  private(set) var items: [Item] = []
  private var sendsEHLO = false

  /// Reads the meaning of each line.
  package init(_ dialogue: Dialogue) {
    self.dialogue = dialogue
    isRecording = dialogue.isRecording
    items.reserveCapacity(dialogue.lines.count)
    for (index, line) in dialogue.lines.enumerated() { add(line, number: index + 1) }
  }

  /// The server that the file names with `* target`.
  package var target: String? { dialogue.target }

  /// Whether a mistake forbids playing.
  package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  private mutating func add(_ line: DialogueLine, number: Int) {
    switch line.kind {
    case .client: addClient(line, number)
    case .server: addServer(line, number)
    case .pattern: addPattern(line, number)
    case .step: addStep(line, number)
    case .event:
      guard case .event(let name, let details)? = line.event else { return }
      items.append(Item(number: number, content: .event(name: name, details: details)))
    case .note, .blank, .unknown: return
    }
  }

  private mutating func addClient(_ line: DialogueLine, _ number: Int) {
    items.append(Item(number: number, content: .client))
    noteVariables(of: line, number)
    if !sendsEHLO { sendsEHLO = line.text.prefix(4).equalsIgnoringCase("EHLO") }
  }

  /// Adds an `S:` line to the reply it continues, else as the beginning of one.
  private mutating func addServer(_ line: DialogueLine, _ number: Int) {
    let expected = ReplyExpectation.Line(line, number: number)
    if expected.code == nil, !isRecording { report(badCode(expected), line, number) }
    noteVariables(of: line, number)
    if let index = openReply, case .reply(var reply) = items[index].content {
      reply.append(expected)
      items[index].content = .reply(reply)
    } else {
      var reply = ReplyExpectation(isRecorded: isRecording)
      reply.append(expected)
      items.append(Item(number: number, content: .reply(reply)))
    }
  }

  /// The reply whose last line has not come; events may stand between its lines, nothing else.
  private var openReply: Int? {
    let index = items.lastIndex { if case .event = $0.content { false } else { true } }
    guard let index, case .reply(let reply) = items[index].content, reply.isOpen else { return nil }
    return index
  }

  private mutating func addPattern(_ line: DialogueLine, _ number: Int) {
    do throws(ReplyPattern.Fault) {
      let pattern = try ReplyPattern(line.text)
      if let index = openReply, case .reply(var reply) = items[index].content {
        reply.append(pattern)
        items[index].content = .reply(reply)
      } else {
        items.append(Item(number: number, content: .pattern(pattern)))
      }
    } catch {
      report((0, error.message), line, number)
    }
  }

  private mutating func addStep(_ line: DialogueLine, _ number: Int) {
    do throws(DialogueStep.Fault) {
      let step = try DialogueStep(line.text)
      items.append(Item(number: number, content: .step(step)))
      if step == .startTLS, !sendsEHLO { noteVariable(Self.clientName, number) }
    } catch {
      report((error.offset, error.message), line, number)
    }
  }

  private func badCode(_ line: ReplyExpectation.Line) -> (Int, String) {
    let words = line.head.isEmpty ? "expected a reply code" : "\(DialogueDiagnostic.shown(line.head)) is no reply code"
    return (0, "\(words); expected three digits such as 250, 25z or 2yz, and | between alternatives")
  }

  private mutating func report(_ fault: (offset: Int, message: String), _ line: DialogueLine, _ number: Int) {
    let written = line.written
    let offset = written.count - line.textCount + fault.offset
    diagnostics.append(DialogueDiagnostic(line: number, at: offset, of: written, fault.message))
  }

  private mutating func noteVariables(of line: DialogueLine, _ number: Int) {
    guard line.text.contains(UInt8(ascii: "$")) else { return }
    for name in line.content.variables { noteVariable(name, number) }
  }

  private mutating func noteVariable(_ name: String, _ number: Int) {
    if !variables.contains(where: { $0.name == name }) { variables.append(DialogueVariable(name: name, line: number)) }
  }
}
