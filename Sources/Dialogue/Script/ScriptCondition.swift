import SMTPWire

/// What `> if` asks and `> expect` demands.
package struct ScriptCondition: Hashable, Sendable {
  /// What is asked.
  package enum Test: Hashable, Sendable {
    /// `capability KEYWORD [PARAMETER]`: the last EHLO offered it. Both are in upper case.
    case capability(String, parameter: String?)
    /// `code 25z|450`: the last reply has one of these codes.
    case code(ReplyCodePattern)
    /// `enhanced 5.7.1`: the last reply bears this code, or one that begins so.
    case enhanced([Int])
    /// `text TEXT`: some line of the last reply holds these octets.
    case text(DialogueText)
    /// `variable NAME [= TEXT]`: the variable has a value, or this one.
    case variable(String, equals: DialogueText?)
    /// `within SECONDS`: the last reply came within so much time after the last write.
    case within(Duration)
  }

  /// What is asked.
  package let test: Test
  /// Whether `no` stands before it.
  package let isNegated: Bool

  /// The words that begin a condition.
  package static let names = ["capability", "code", "enhanced", "text", "variable", "within"]

  /// Reads the words of a condition.
  init(_ words: inout StepWords) throws(DialogueStep.Fault) {
    isNegated = words.peek() == "no"
    if isNegated { _ = words.next() }
    let start = words
    switch words.next() {
    case "capability": test = try Self.capability(&words)
    case "code":
      let place = words
      guard let pattern = ReplyCodePattern(Array(words.next().utf8)) else {
        throw place.fault("expected a reply code such as 250, 25z or 250|251")
      }
      test = .code(pattern)
    case "enhanced": test = try Self.enhanced(&words)
    case "text":
      guard !words.isAtEnd else { throw words.fault("expected the text") }
      test = .text(try words.escapedText())
    case "variable":
      let name = try words.variableName()
      test = .variable(name, equals: words.takeEqualsSign() ? try words.escapedText() : nil)
    case "within": test = .within(try words.duration())
    default: throw start.fault("expected no or one of \(Self.names.joined(separator: ", "))")
    }
  }

  private static func capability(_ words: inout StepWords) throws(DialogueStep.Fault) -> Test {
    guard !words.isAtEnd else { throw words.fault("expected a keyword such as STARTTLS") }
    let keyword = words.next().uppercased()
    return .capability(keyword, parameter: words.isAtEnd ? nil : words.next().uppercased())
  }

  private static func enhanced(_ words: inout StepWords) throws(DialogueStep.Fault) -> Test {
    let start = words
    let parts = words.next().utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part in
      (1...3).contains(part.count) && part.allSatisfy(\.isASCIIDigit)
        ? part.reduce(0) { $0 * 10 + Int($1 - 0x30) } : nil
    }
    guard (1...3).contains(parts.count), numbers.count == parts.count, [2, 4, 5].contains(numbers[0]) else {
      throw start.fault("expected an enhanced status code such as 5.7.1 or 5.7")
    }
    return .enhanced(numbers)
  }

  /// The variables that are named in it, the one it asks for not counted.
  var variables: [String] {
    switch test {
    case .text(let text), .variable(_, equals: let text?): text.variables
    default: []
    }
  }

  /// Whether it is about the words of the last reply, and so takes the place of the verdict on a step's reply.
  var judgesReply: Bool {
    switch test {
    case .code, .enhanced, .text: true
    case .capability, .variable, .within: false
    }
  }
}

/// What a condition is asked about.
struct ScriptSituation {
  /// The last reply on this connection.
  var reply: Reply?
  /// What it answered.
  var answered: AwaitedReply
  /// What the last reply to EHLO offered; nil before it.
  var capabilities: Capabilities?
  /// The time between the last write and the last reply; nil when nobody measured it.
  var elapsed: Duration?
  /// The variables that are known.
  var variables: [String: [UInt8]]

  /// The octets of a text, unknown variables as they are written.
  ///
  /// A text that is longer than any may be ends early: no line of a reply is so long.
  func octets(_ text: DialogueText) -> [UInt8] {
    var room = DialoguePlayer.maximumLine
    return text.octets { name in
      let value = variables[name] ?? Array("${\(name)}".utf8)
      room -= value.count
      return room >= 0 ? value : []
    }
  }
}

// Whether it holds.
extension ScriptCondition {
  /// Whether it holds in a situation; what cannot be known does not hold.
  func holds(in situation: ScriptSituation) -> Bool { isMet(in: situation) != isNegated }

  private func isMet(in situation: ScriptSituation) -> Bool {
    switch test {
    case .capability(let keyword, let parameter):
      guard let capabilities = situation.capabilities else { return false }
      if keyword == "AUTH", let parameter { return capabilities.mechanisms.contains(parameter) }
      guard let parameters = capabilities.parameters(of: keyword) else { return false }
      return parameter.map { wanted in parameters.contains { $0.uppercased() == wanted } } ?? true
    case .code(let pattern): return situation.reply.map { pattern.matches($0.code) } ?? false
    case .enhanced(let numbers):
      guard let code = situation.reply?.enhancedStatusCode else { return false }
      return [code.classDigit, code.subject, code.detail].starts(with: numbers)
    case .text(let text):
      let wanted = situation.octets(text)
      return situation.reply?.lines.contains { $0.octets.holds(wanted) } ?? false
    case .variable(let name, equals: nil): return situation.variables[name] != nil
    case .variable(let name, equals: let text?): return situation.variables[name] == situation.octets(text)
    case .within(let limit): return situation.elapsed.map { $0 <= limit } ?? false
    }
  }

  /// Why it does not hold, as a sentence that is safe to show; nil when it does.
  func mismatch(in situation: ScriptSituation) -> String? {
    if holds(in: situation) { return nil }
    let subject = situation.answered.subject
    switch test {
    case .capability(let keyword, let parameter):
      guard situation.capabilities != nil else { return "The server was not asked with EHLO what it offers." }
      let name = OctetText.readable(Array((keyword + (parameter.map { " " + $0 } ?? "")).utf8))
      return isNegated ? "The server offers \(name)." : "The server does not offer \(name)."
    case .code(let pattern):
      guard let reply = situation.reply else { return "There is no reply whose code could be judged." }
      let codes = pattern.written
      return "\(subject) is \(reply.code) where \(isNegated ? "another code than \(codes)" : codes) was expected."
    case .enhanced(let numbers):
      let came = situation.reply?.enhancedStatusCode.map { "bears \($0)" } ?? "bears no enhanced status code"
      let wanted = numbers.map(String.init).joined(separator: ".")
      return "\(subject) \(came) where \(isNegated ? "another than \(wanted)" : wanted) was expected."
    case .text(let text):
      let wanted = OctetText.readable(situation.octets(text))
      return "\(subject) \(isNegated ? "holds" : "does not hold") the text \(wanted)."
    case .variable(let name, let text):
      if text == nil { return "The variable \(name) has \(isNegated ? "a" : "no") value." }
      return "The variable \(name) has \(isNegated ? "this" : "another") value."
    case .within(let limit):
      guard let elapsed = situation.elapsed else { return "The time that the reply took is not known." }
      return "\(subject) took \(elapsed.inMilliseconds) ms where \(isNegated ? "more than" : "at most") "
        + "\(limit.inMilliseconds) ms were expected."
    }
  }
}

extension Duration {
  /// Whole milliseconds, rounded down.
  var inMilliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}

extension Array where Element == UInt8 {
  /// Whether other octets stand somewhere among these.
  func holds(_ other: [UInt8]) -> Bool {
    guard let first = other.first else { return true }
    guard count >= other.count else { return false }
    for start in 0...(count - other.count) where self[start] == first {
      if self[start..<start + other.count].elementsEqual(other) { return true }
    }
    return false
  }
}
