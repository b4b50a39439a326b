import SMTPWire

// Variables and conditions.
extension DialoguePlayer {
  /// What conditions are asked about now.
  var situation: ScriptSituation {
    ScriptSituation(
      reply: lastReply, answered: answered, capabilities: capabilities, elapsed: elapsed, variables: variables)
  }

  /// Whether replies are still to come that a condition may be about.
  func needsReplies(_ condition: ScriptCondition) -> Bool {
    guard isConnected, !sent.awaited.isEmpty, !isBehindReply, !stepAwaitsVerdict else { return false }
    if case .variable = condition.test { return false }
    return true
  }

  /// A text with what the script has set in place of its variables.
  func substituted(_ text: DialogueText) -> DialogueText {
    guard !assigned.isEmpty, !text.variables.isEmpty else { return text }
    let segments = text.segments.flatMap { segment in
      if case .variable(let name) = segment, let value = assigned[name] { value.segments } else { [segment] }
    }
    return DialogueText(segments, ending: text.ending)
  }

  /// Whether a text is no longer than any may be once its variables have the values that the script has set.
  func fits(_ text: DialogueText) -> Bool {
    guard !assigned.isEmpty, text.segments.count > 1 else { return true }
    var total = 0
    var counts: [String: Int] = [:]
    for case .variable(let name) in text.segments {
      let count = counts[name] ?? assigned[name].map { $0.octets.count } ?? 0
      counts[name] = count
      total += count
    }
    return total <= Self.maximumLine
  }

  /// The failure of a text that does not fit.
  mutating func failOverlong() -> PlayerAction {
    // What is expected is the line itself, not the reply before it.
    state = .sending
    return fail("With the values of its variables this is longer than \(Self.maximumLine) octets.")
  }

  /// Sets variables to what the groups of an expression stand for.
  mutating func keep(_ captures: [String: [UInt8]]?) {
    for (name, octets) in captures ?? [:] {
      let value = Array(octets.prefix(Self.maximumValue))
      assigned[name] = DialogueText(value.isEmpty ? [] : [.octets(value)], ending: .none)
      variables[name] = value
    }
  }
}

extension DialogueText {
  /// The same octets cut into lines at each line feed; the last one has no ending where none is written.
  var framed: [DialogueText] {
    var lines: [DialogueText] = []
    var segments: [Segment] = []
    for segment in self.segments {
      guard case .octets(let octets) = segment else {
        segments.append(segment)
        continue
      }
      var rest = octets[...]
      while let lineFeed = rest.firstIndex(of: 0x0A) {
        let hasReturn = lineFeed > rest.startIndex && rest[lineFeed - 1] == 0x0D
        let part = rest[..<(hasReturn ? lineFeed - 1 : lineFeed)]
        if !part.isEmpty { segments.append(.octets(Array(part))) }
        lines.append(DialogueText(segments, ending: hasReturn ? .crlf : .bareLF))
        segments = []
        rest = rest[(lineFeed + 1)...]
      }
      if !rest.isEmpty { segments.append(.octets(Array(rest))) }
    }
    if !segments.isEmpty { lines.append(DialogueText(segments, ending: .none)) }
    return lines
  }
}
