import SMTPWire

// Two exchanges that belong together.
extension DialogueComparer {
  /// Compares commands and replies.
  mutating func compare(_ one: ComparedExchange, _ other: ComparedExchange) {
    result.compared += 1
    if level != .code { compareWords(of: one, other) }
    if one.firstReply >= 0, other.firstReply >= 0 {
      if !first.hasSameReply(one, second, other) { compareReplies(one, other) }
    } else if one.firstReply >= 0 || other.firstReply >= 0 {
      let name = one.firstReply >= 0 ? result.nameB : result.nameA
      add(
        .reply, one.replyNumber, other.replyNumber, "\(first.subject(one)) was not answered in \(name).")
    }
  }

  private mutating func compareReplies(_ one: ComparedExchange, _ other: ComparedExchange) {
    let (lines, others) = (first.reply(of: one), second.reply(of: other))
    if one.code != other.code {
      let words = Self.verdict(other.code, others) + " instead of " + Self.verdict(one.code, lines, than: other.code)
      return add(.reply, one.replyNumber, other.replyNumber, "\(first.subject(one)) \(words).")
    }
    if one.kind == .command, one.verb == .ehlo, one.code / 100 == 2 {
      compareCapabilities(lines, others, one, other)
      if level != .exact { return }
    }
    switch level {
    case .code: compareStatus(lines, others, one, other)
    case .text: compareText(lines, others, one, other)
    case .exact:
      let words = first.subject(one)
      add(.text, one.replyNumber, other.replyNumber, "\(words) has other octets: \(Self.quote(lines, others)).")
    }
  }

  /// At level `code` the class of the enhanced status code counts.
  private mutating func compareStatus(
    _ lines: [WireLine], _ others: [WireLine], _ one: ComparedExchange, _ other: ComparedExchange
  ) {
    guard let status = Self.status(lines), let another = Self.status(others), status.classDigit != another.classDigit
    else { return }
    add(
      .reply, one.replyNumber, other.replyNumber, "\(first.subject(one)) bears \(another) instead of \(status).")
  }

  private mutating func compareText(
    _ lines: [WireLine], _ others: [WireLine], _ one: ComparedExchange, _ other: ComparedExchange
  ) {
    guard let code = ReplyCode(rawValue: Int(one.code)) else {
      return add(.text, one.replyNumber, other.replyNumber, "\(first.subject(one)) has another text.")
    }
    let context = VolatileText.Context(awaited: one.awaited, code: code)
    let isSame =
      lines.count == others.count
      && zip(lines, others).enumerated().allSatisfy { index, pair in
        VolatileText.areAlike(pair.0.octets.dropFirst(4), pair.1.octets.dropFirst(4), in: context, line: index)
      }
    if isSame { return }
    add(
      .text, one.replyNumber, other.replyNumber, "\(first.subject(one)) has another text: \(Self.quote(lines, others))."
    )
  }

  /// The first lines that differ, as `B where A`.
  private static func quote(_ lines: [WireLine], _ others: [WireLine]) -> String {
    let count = max(lines.count, others.count)
    let index = (0..<count).first { index in
      !lines.indices.contains(index) || !others.indices.contains(index) || lines[index] != others[index]
    }
    let shown = { (lines: [WireLine]) -> String in
      guard let index, lines.indices.contains(index) else { return "nothing" }
      let octets = lines[index].octets
      let ending = lines[index].ending == .crlf ? "" : lines[index].ending == .bareLF ? "\\n" : "\\z"
      return "“" + OctetText.readable(octets.prefix(120)) + (octets.count > 120 ? "…" : "") + ending + "”"
    }
    return "\(shown(others)) instead of \(shown(lines))"
  }

  /// What a reply decided, with its code.
  private static func verdict(_ code: Int16, _ lines: [WireLine], than other: Int16? = nil) -> String {
    let status = status(lines).map { " \($0)" } ?? ""
    if let other, other / 100 != code / 100, code / 100 == 2 { return "accepted" }
    return switch code / 100 {
    case 2: "accepted with \(code)\(status)"
    case 3: "answered with \(code)"
    case 4: "refused for now with \(code)\(status)"
    case 5: "refused \(code)\(status)"
    default: code < 0 ? "answered with what is no reply" : "answered with \(code)"
    }
  }

  private static func status(_ lines: [WireLine]) -> EnhancedStatusCode? {
    lines.last.flatMap { EnhancedStatusCode(prefixOf: $0.octets.dropFirst(4)) }
  }
}

// What a server offers.
extension DialogueComparer {
  private mutating func compareCapabilities(
    _ lines: [WireLine], _ others: [WireLine], _ one: ComparedExchange, _ other: ComparedExchange
  ) {
    let (before, after) = (Offer(lines), Offer(others))
    let names = before.names + after.names.filter { before.parameters[$0] == nil }
    for name in names {
      guard let sentence = sentence(name, before.parameters[name], after.parameters[name]) else { continue }
      add(.capability, one.replyNumber, other.replyNumber, sentence)
    }
  }

  private func sentence(_ name: String, _ before: [String]?, _ after: [String]?) -> String? {
    let shown = { (parameters: [String]) in
      OctetText.readable(Array(([name] + parameters).joined(separator: " ").utf8))
    }
    guard let before else { return "\(result.nameB) also offers \(shown(after ?? []))." }
    guard let after else { return "\(result.nameB) no longer offers \(shown(before))." }
    if before == after { return nil }
    // Of a list of words it is told which are new; a number is a value that changed.
    guard name == "AUTH" || before.count > 1 || after.count > 1 else {
      let value = { (parameters: [String]) in
        parameters.isEmpty ? "nothing" : shown(parameters).dropFirst(name.utf8.count + 1)
      }
      return "\(shown(before)) → \(value(after)) in \(result.nameB)."
    }
    let (lost, gained) = (before.filter { !after.contains($0) }, after.filter { !before.contains($0) })
    if lost.isEmpty, gained.isEmpty { return nil }
    if gained.isEmpty { return "\(result.nameB) no longer offers \(shown(lost))." }
    if lost.isEmpty { return "\(result.nameB) also offers \(shown(gained))." }
    return "\(result.nameB) offers \(shown(gained)) instead of \(shown(lost))."
  }

  /// The keywords in a reply to EHLO, and the parameters of each.
  private struct Offer {
    private(set) var names: [String] = []
    private(set) var parameters: [String: [String]] = [:]

    init(_ lines: [WireLine]) {
      let offered = Capabilities(Reply(code: 250, lines: lines))
      for keyword in offered.keywords {
        // `AUTH=` is an old form of AUTH.
        let isOldForm = keyword.name.hasPrefix("AUTH=")
        let name = isOldForm ? "AUTH" : keyword.name
        let words = isOldForm ? offered.mechanisms : keyword.parameters.map { $0.uppercased() }
        if parameters[name] == nil { names.append(name) }
        for word in words where parameters[name]?.contains(word) != true { parameters[name, default: []].append(word) }
        parameters[name] = parameters[name] ?? []
      }
    }
  }
}

extension ComparedExchange {
  /// What its reply answers, as far as the words in it depend on that.
  var awaited: AwaitedReply {
    switch kind {
    case .greeting: .greeting
    case .command: .command(Command(verb.rawValue))
    case .authentication: .authentication
    case .messageEnd: .messageEnd
    case .unprompted: .unprompted
    }
  }
}

extension ComparedDialogue {
  /// What an exchange is called at the beginning of a sentence.
  func subject(_ exchange: ComparedExchange) -> String {
    let words = written(exchange)
    return exchange.kind == .command ? words : words.prefix(1).uppercased() + words.dropFirst()
  }

  /// Whether two replies are written with the same octets.
  func hasSameReply(_ exchange: ComparedExchange, _ other: ComparedDialogue, _ another: ComparedExchange) -> Bool {
    let count = exchange.lastReply - exchange.firstReply
    guard exchange.code == another.code, count == another.lastReply - another.firstReply else { return false }
    for offset in 0...Int(count) {
      let (one, two) = (
        dialogue.lines[Int(exchange.firstReply) + offset], other.dialogue.lines[Int(another.firstReply) + offset]
      )
      guard one.kind == two.kind, one.kind != .server || one.text == two.text else { return false }
    }
    return true
  }
}
