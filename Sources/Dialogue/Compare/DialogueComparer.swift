import SMTPWire

extension DialogueComparison {
  /// What differs between two dialogues, in words, with what varies by nature left out of account.
  ///
  /// Their exchanges are aligned by command. Time and memory grow with the number of lines.
  package static func compare(
    _ first: Dialogue, _ second: Dialogue, level: MatchLevel = .code, names: (String, String) = ("A", "B")
  ) -> DialogueComparisonResult {
    var comparer = DialogueComparer(ComparedDialogue(first), ComparedDialogue(second), level, names)
    comparer.compareFacts()
    comparer.compareExchanges()
    return comparer.result
  }

  /// What a dialogue's server offers and answers before STARTTLS and after it; nil when it has no part of either kind.
  package static func beforeAndAfterTLS(_ dialogue: Dialogue, level: MatchLevel = .code) -> DialogueComparisonResult? {
    let whole = ComparedDialogue(dialogue)
    let before = whole.part { !$0.isEncrypted && $0.verb != .starttls && $0.kind != .greeting }
    let after = whole.part { $0.isEncrypted && $0.kind != .greeting }
    guard !before.exchanges.isEmpty, !after.exchanges.isEmpty else { return nil }
    let names = ("the session before STARTTLS", "the session after STARTTLS")
    var comparer = DialogueComparer(before, after, level, names)
    comparer.tellsWhatOneLacks = false
    comparer.compareExchanges()
    return comparer.result
  }
}

extension ComparedDialogue {
  /// The same with some of its exchanges alone.
  func part(_ isIncluded: (ComparedExchange) -> Bool) -> Self {
    var part = self
    part.keep(isIncluded)
    return part
  }
}

/// Compares two dialogues whose exchanges have been listed.
struct DialogueComparer {
  let first: ComparedDialogue
  let second: ComparedDialogue
  let level: MatchLevel
  /// Whether an exchange that one dialogue lacks is a finding.
  var tellsWhatOneLacks = true
  var result: DialogueComparisonResult

  init(_ first: ComparedDialogue, _ second: ComparedDialogue, _ level: MatchLevel, _ names: (String, String)) {
    self.first = first
    self.second = second
    self.level = level
    result = DialogueComparisonResult(nameA: names.0, nameB: names.1)
  }

  /// Aligns the exchanges, compares those that belong together, and tells the others.
  mutating func compareExchanges() {
    let pairs = SequenceAlignment.pairs(first.exchanges.map(\.key), second.exchanges.map(\.key))
    var (left, right) = (0, 0)
    for pair in pairs {
      compareGap(left..<Int(pair.left), right..<Int(pair.right))
      compare(first.exchanges[Int(pair.left)], second.exchanges[Int(pair.right)])
      (left, right) = (Int(pair.left) + 1, Int(pair.right) + 1)
    }
    compareGap(left..<first.exchanges.count, right..<second.exchanges.count)
  }

  /// Compares what lies between two pairs: the same verbs belong together in their order.
  private mutating func compareGap(_ left: Range<Int>, _ right: Range<Int>) {
    if left.isEmpty, right.isEmpty { return }
    let keys = { (exchange: ComparedExchange) in
      UInt64(exchange.kind.rawValue) << 32 | UInt64(truncatingIfNeeded: Command.Verb.order(of: exchange.verb))
    }
    let pairs = SequenceAlignment.pairs(first.exchanges[left].map(keys), second.exchanges[right].map(keys))
    var (low, low2) = (left.lowerBound, right.lowerBound)
    for pair in pairs {
      let (one, other) = (left.lowerBound + Int(pair.left), right.lowerBound + Int(pair.right))
      // Unknown words have a verb in common, and nothing else.
      guard first.exchanges[one].verb != .other || first.exchanges[one].kind != .command else { continue }
      tellLone(low..<one, low2..<other)
      compareCommands(first.exchanges[one], second.exchanges[other])
      compare(first.exchanges[one], second.exchanges[other])
      (low, low2) = (one + 1, other + 1)
    }
    tellLone(low..<left.upperBound, low2..<right.upperBound)
  }

  private mutating func tellLone(_ left: Range<Int>, _ right: Range<Int>) {
    guard tellsWhatOneLacks else { return }
    if let exchange = first.exchanges[left].first {
      add(.onlyInA, exchange.number, nil, "\(first.names(left)) only in \(result.nameA).")
    }
    if let exchange = second.exchanges[right].first {
      add(.onlyInB, nil, exchange.number, "\(second.names(right)) only in \(result.nameB).")
    }
  }

  mutating func add(_ kind: DialogueFinding.Kind, _ lineA: Int?, _ lineB: Int?, _ sentence: String) {
    result.add(kind, lineA, lineB, sentence)
  }

  /// Tells that two commands of one verb have other arguments.
  private mutating func compareCommands(_ one: ComparedExchange, _ other: ComparedExchange) {
    guard one.kind == .command else { return }
    let (command, another) = (first.written(one), second.written(other))
    add(
      .command, one.number, other.number, "\(result.nameA) says \(command) where \(result.nameB) says \(another).")
  }
}

extension ComparedDialogue {
  fileprivate mutating func keep(_ isIncluded: (ComparedExchange) -> Bool) {
    exchanges = exchanges.filter(isIncluded)
  }

  /// The command of an exchange as it is written, shortened and safe to show.
  func written(_ exchange: ComparedExchange) -> String {
    switch exchange.kind {
    case .greeting: return "the greeting"
    case .authentication: return "the answer in the AUTH exchange"
    case .messageEnd: return "the message"
    case .unprompted: return "a reply to nothing"
    case .command:
      let text = dialogue.lines[Int(exchange.line)].text
      return DialogueDiagnostic.shown(text.prefix(120)) + (text.count > 120 ? "…" : "")
    }
  }

  /// The commands of some exchanges, not more than four of them, and `is` or `are`.
  fileprivate func names(_ range: Range<Int>) -> String {
    let names = exchanges[range.prefix(4)].map(written)
    let rest = range.count - names.count
    let list = names.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    return "\(list) \(range.count == 1 ? "is" : "are")"
  }

  /// The lines of an exchange's reply as they were on the wire.
  func reply(of exchange: ComparedExchange) -> [WireLine] {
    guard exchange.firstReply >= 0 else { return [] }
    return dialogue.lines[Int(exchange.firstReply)...Int(exchange.lastReply)].compactMap { line in
      guard line.kind == .server else { return nil }
      let content = line.content
      return WireLine(content.octets, ending: content.ending)
    }
  }
}

extension ComparedExchange {
  /// The number of its line, from 1.
  var number: Int { Int(line) + 1 }
  /// The number of its reply's first line, from 1; the command's where none came.
  var replyNumber: Int { Int(firstReply >= 0 ? firstReply : line) + 1 }
}

extension Command.Verb {
  private static let orders: [Self: Int] = Dictionary(
    uniqueKeysWithValues: allCases.enumerated().map { ($0.element, $0.offset) })

  /// The place of a verb among all.
  static func order(of verb: Self) -> Int { orders[verb] ?? 0 }
}
