import SMTPWire

/// One thing in which two dialogues differ.
package struct DialogueDifference: Hashable, Sendable {
  /// What the replies that differ answer.
  package let answered: AwaitedReply
  /// The number of the first line in the expected dialogue, from 1; nil where it has nothing to compare with.
  package let expectedNumber: Int?
  /// The number of the first line in the other dialogue, from 1; nil where it has nothing to compare with.
  package let actualNumber: Int?
  /// The difference in one sentence that is safe to show.
  package let sentence: String
}

/// Compares two dialogues reply by reply, in their order.
package enum DialogueComparison {
  /// A reply in a dialogue, what it answers, and the number of its first line.
  struct Exchange {
    let answered: AwaitedReply
    let reply: Reply
    let number: Int
  }

  /// What differs, at a level; nothing when the dialogues are alike.
  package static func differences(
    expected: Dialogue, actual: Dialogue, level: MatchLevel
  ) -> [DialogueDifference] {
    let (left, right) = (exchanges(of: expected), exchanges(of: actual))
    var differences: [DialogueDifference] = []
    for (expected, actual) in zip(left, right) {
      if let difference = difference(expected, actual, level) { differences.append(difference) }
    }
    let common = min(left.count, right.count)
    differences += left.dropFirst(common).map { lost($0, isExpected: true) }
    differences += right.dropFirst(common).map { lost($0, isExpected: false) }
    return differences
  }

  /// The replies of a dialogue with what they answer.
  static func exchanges(of dialogue: Dialogue) -> [Exchange] {
    var tracker = SentLineTracker()
    tracker.connect()
    var parser = ReplyParser()
    var first: Int?
    var exchanges: [Exchange] = []
    for (index, line) in dialogue.lines.enumerated() {
      if line.kind == .client { tracker.send(line.content) }
      guard line.kind == .server, case .received(let wire)? = line.event else { continue }
      let number = first ?? index + 1
      first = number
      switch parser.receive(wire) {
      case .incomplete: continue
      case .reply(let reply):
        exchanges.append(Exchange(answered: tracker.receive(reply), reply: reply, number: number))
      case .broken: break
      }
      first = nil
    }
    return exchanges
  }

  private static func difference(_ expected: Exchange, _ actual: Exchange, _ level: MatchLevel) -> DialogueDifference? {
    if !isSameKind(expected.answered, actual.answered) {
      let sentence = "\(expected.answered.name) was answered in one dialogue, \(actual.answered.name) in the other."
      return DialogueDifference(
        answered: expected.answered, expectedNumber: expected.number, actualNumber: actual.number, sentence: sentence)
    }
    let expectation = ReplyExpectation(of: expected.reply, at: expected.number)
    let sentence = expectation.mismatch(with: actual.reply, to: expected.answered, level: level) { Array($0.utf8) }
    return sentence.map {
      DialogueDifference(
        answered: expected.answered, expectedNumber: expected.number, actualNumber: actual.number, sentence: $0)
    }
  }

  private static func isSameKind(_ left: AwaitedReply, _ right: AwaitedReply) -> Bool {
    if case .command(let one) = left, case .command(let other) = right { return one.verb == other.verb }
    return left == right
  }

  private static func lost(_ exchange: Exchange, isExpected: Bool) -> DialogueDifference {
    let sentence = "\(exchange.answered.subject) is in one dialogue alone."
    return DialogueDifference(
      answered: exchange.answered, expectedNumber: isExpected ? exchange.number : nil,
      actualNumber: isExpected ? nil : exchange.number, sentence: sentence)
  }
}

extension ReplyExpectation {
  /// What a reply that came once lets expect of another.
  init(of reply: Reply, at number: Int) {
    self.init(isRecorded: true)
    for (index, line) in reply.lines.enumerated() {
      let written = DialogueWriter.line(TimedEvent(.zero, .received(line)))
      append(Line(DialogueLine(source: written[...]), number: number + index))
    }
  }
}
