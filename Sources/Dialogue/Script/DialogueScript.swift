import SMTPWire

/// A dialogue made ready to be played, with all that is wrong with it.
package struct DialogueScript: Hashable, Sendable {
  /// One thing to play; what it says is read from its line when it is played.
  struct Item: Hashable, Sendable {
    enum Content: Hashable, Sendable {
      /// A line to send.
      case client
      /// `S:` lines that belong to one reply, and the `S~` lines among them; the last of them has a number.
      case reply(last: Int32)
      case pattern
      case event
      indirect case step(DialogueStep)
      /// Goes on at another item where the condition does not hold.
      indirect case branch(ScriptCondition, otherwise: Int)
      case jump(to: Int)
      /// The head of a repetition, and the item behind its end.
      case loop(times: Int32, end: Int32)
      /// The end of a repetition, and its head.
      case again(head: Int)
    }

    /// The file it stands in, an index of `sources`.
    let source: Int32
    /// The number of its first line, from 1.
    let number: Int32
    var content: Content

    /// The number of its first line, from 1.
    var line: Int { Int(number) }
  }

  /// A file whose lines are played.
  struct Source: Hashable, Sendable {
    /// The path of an included file; nil for the script itself.
    let path: String?
    let dialogue: Dialogue
    /// Whether it was recorded; then it may hold lines that no script would expect.
    let isRecording: Bool
  }

  /// The variable that holds the client's own name, for an EHLO that the script leaves to the player.
  package static let clientName = "ehlo"

  /// What is to be played, in the present version of the format.
  package let dialogue: Dialogue
  /// Whether it was recorded; a recording may hold lines that no script would expect.
  package let isRecording: Bool
  /// What the lines mean wrongly: unknown steps, bad codes, bad expressions. What the reader found is not repeated, but
  /// for included files.
  package let diagnostics: [DialogueDiagnostic]
  /// The variables it needs, in the order of the lines; those that it sets itself are none of them.
  package let variables: [DialogueVariable]
  let items: [Item]
  let sources: [Source]

  /// Reads the meaning of each line; `include` finds the files that `> include` names, `messages` looks whether those
  /// can be read that `> message` names.
  package init(_ dialogue: Dialogue, include: ScriptIncluder? = nil, messages: ScriptMessageCheck? = nil) {
    let dialogue = DialogueVersion.current(of: dialogue)
    var compiler = ScriptCompiler(include: include, messages: messages)
    compiler.compile(dialogue, path: nil)
    self.dialogue = dialogue
    isRecording = dialogue.isRecording
    diagnostics = compiler.diagnostics
    variables = compiler.variables
    items = compiler.items
    sources = compiler.sources
  }

  /// The server that the file names with `* target`.
  package var target: String? { dialogue.target }

  /// Whether a mistake forbids playing.
  package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

// What an item says.
extension DialogueScript {
  /// The first line of an item.
  func line(of item: Item) -> DialogueLine { sources[Int(item.source)].dialogue.lines[item.line - 1] }

  /// Where an item stands.
  func place(of item: Item) -> ScriptPlace {
    ScriptPlace(line: item.line, file: sources[Int(item.source)].path)
  }

  /// A line at a place, as it is written and made safe to show; nil where there is none.
  func written(at place: ScriptPlace) -> String? {
    guard let source = sources.first(where: { $0.path == place.file }),
      source.dialogue.lines.indices.contains(place.line - 1)
    else { return nil }
    return DialogueDiagnostic.shown(source.dialogue.lines[place.line - 1].written)
  }

  /// The reply that the lines of an item expect.
  func expectation(of item: Item) -> ReplyExpectation? {
    guard case .reply(let last) = item.content else { return nil }
    let source = sources[Int(item.source)]
    var expectation = ReplyExpectation(isRecorded: source.isRecording)
    for number in item.line...Int(last) {
      let line = source.dialogue.lines[number - 1]
      if line.kind == .server { expectation.append(ReplyExpectation.Line(line, number: number)) }
      if line.kind == .pattern, let pattern = try? ReplyPattern(line.text) { expectation.append(pattern) }
    }
    return expectation
  }

  /// The expression of an item; nil for another item and an expression that cannot be used.
  func pattern(of item: Item) -> ReplyPattern? {
    guard item.content == .pattern else { return nil }
    return try? ReplyPattern(line(of: item).text)
  }

  /// The event of an item.
  func event(of item: Item) -> SessionEvent? {
    item.content == .event ? line(of: item).sessionEvent : nil
  }
}

extension DialogueScript.Item {
  /// Whether it is an event, and thus nothing that the client does.
  var isEvent: Bool { content == .event }

  /// Whether it says which reply is expected.
  var isExpectation: Bool {
    switch content {
    case .reply, .pattern: true
    default: false
    }
  }

  /// Whether it judges the last reply: an expectation, or a condition on the reply's words.
  var judgesReply: Bool {
    switch content {
    case .branch(let condition, _), .step(.expect(let condition)): condition.judgesReply
    default: isExpectation
    }
  }
}
