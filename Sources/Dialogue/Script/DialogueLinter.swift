import SMTPWire

/// Finds mistakes in a dialogue without a connection: all that can be known from its lines alone.
package struct DialogueLinter {
  private let lines: [DialogueLine]
  private let isRecording: Bool
  private let known: Set<String>
  private var diagnostics: [DialogueDiagnostic] = []
  private var sent = SentLineTracker()
  private var hasGreeted = false
  private var hasSaidMAIL = false
  private var hasQuit = false
  /// The line of a DATA whose message has not ended.
  private var dataLine: Int?
  /// The variables that a step sets, and the lines that do so first.
  private var assigned: [String: Int] = [:]
  private var used: Set<String> = []
  private var depth = 0

  /// What the reader, the script and the linter find, in the order of the lines; what is wrong with the script itself comes
  /// first on its line.
  ///
  /// `known` are the variables that have a value; a note tells of others that nobody sets. `messages` looks whether the
  /// messages that the script names can be read; without it they are taken for granted.
  package static func lint(
    _ reading: DialogueReading, include: ScriptIncluder? = nil, messages: ScriptMessageCheck? = nil,
    known: Set<String> = []
  ) -> [DialogueDiagnostic] {
    let script = DialogueScript(reading.dialogue, include: include, messages: messages)
    var linter = DialogueLinter(reading.dialogue, known)
    linter.lint()
    linter.noteUnknown(script.variables)
    let all = reading.diagnostics + script.diagnostics + linter.diagnostics
    let ordered = all.enumerated().sorted { one, other in
      let (left, right) = (
        one.element.file == nil ? one.element.line : .max, other.element.file == nil ? other.element.line : .max
      )
      return left == right ? one.offset < other.offset : left < right
    }
    return ordered.map(\.element)
  }

  private init(_ dialogue: Dialogue, _ known: Set<String>) {
    lines = dialogue.lines
    isRecording = dialogue.isRecording
    self.known = known
    sent.connect()
  }

  private mutating func lint() {
    for index in lines.indices {
      switch lines[index].kind {
      case .client: client(index)
      case .server: server(index)
      case .pattern: pattern(index)
      case .step: step(index)
      case .event: event(index)
      case .note, .blank, .unknown: continue
      }
    }
    if let dataLine, !isRecording {
      report(.warning, dataLine, "the message of this DATA never ends: a line `C: .` is missing")
    }
    for (name, index) in assigned.sorted(by: { $0.value < $1.value }) where !used.contains(name) {
      report(.note, index, "the variable \(name) is set and never used")
    }
  }

  private mutating func report(_ severity: DialogueDiagnostic.Severity, _ index: Int, _ message: String) {
    guard diagnostics.count < DialogueReader.maximumDiagnostics else { return }
    let written = lines[index].written
    let offset = written.count - lines[index].textCount
    diagnostics.append(DialogueDiagnostic(severity, line: index + 1, at: offset, of: written, message))
  }

  /// The names that Parley itself gives a value.
  private static let builtIn: Set<String> = ["ehlo", "user", "password"]

  private mutating func noteUnknown(_ variables: [DialogueVariable]) {
    for variable in variables where variable.file == nil && !known.contains(variable.name) {
      guard !Self.builtIn.contains(variable.name), !variable.name.hasPrefix("auth.") else { continue }
      report(.note, variable.line - 1, "nothing sets the variable \(variable.name): give -D \(variable.name)=VALUE")
    }
  }
}

// Lines.
extension DialogueLinter {
  private mutating func client(_ index: Int) {
    let text = lines[index].content
    used.formUnion(text.variables)
    noteUnreachable(index)
    // A player reads the greeting first, expected or not.
    if sent.awaited.first == .greeting { _ = sent.receive(Reply(220, "")) }
    let wasInMessage = sent.isInMessage
    let answersChallenge = lines[index].text.first != nil && isAnswer
    sent.send(text)
    if wasInMessage {
      if !sent.isInMessage { dataLine = nil }
      return
    }
    if answersChallenge { return checkAnswer(text, index) }
    check(Command(text.octets), text, index)
  }

  /// Whether the next line answers a challenge.
  private var isAnswer: Bool {
    var copy = sent
    copy.send(DialogueText("x"))
    return copy.awaited.last == .authentication
  }

  private mutating func check(_ command: Command, _ text: DialogueText, _ index: Int) {
    switch command.verb {
    case .ehlo, .helo, .lhlo: hasGreeted = true
    case .mail:
      if !hasGreeted { report(.note, index, "MAIL stands before EHLO: a server refuses it (RFC 5321 §4.1.4)") }
      hasSaidMAIL = true
    case .rcpt, .data, .bdat:
      if !hasSaidMAIL { report(.note, index, "\(command.name) stands before MAIL: a server refuses it") }
      if command.verb == .data { dataLine = index }
    case .quit: hasQuit = true
    case .auth:
      guard let response = ClientLineMatcher.initialResponse(text) else { return }
      checkAnswer(response, index)
    default: break
    }
    if command.verb == .rset { hasSaidMAIL = false }
  }

  /// A credential belongs into a variable, not into a file.
  private mutating func checkAnswer(_ text: DialogueText, _ index: Int) {
    guard text.variables.isEmpty, text.octets.count > 1, (try? Base64.decode(text.octets)) != nil else { return }
    report(
      .warning, index,
      "a credential stands here in clear (base64 hides nothing); write ${auth.plain} or the like for it")
  }

  private mutating func server(_ index: Int) {
    let content = lines[index].content
    used.formUnion(content.variables)
    let head = ReplyExpectation.Line(lines[index], number: index + 1)
    guard !head.isContinued else { return }
    if sent.awaited.isEmpty, !isRecording {
      report(.warning, index, "no command awaits this reply: it can never be met")
    }
    let code = head.code?.alternatives.first.map { $0.map { $0.isASCIIDigit ? $0 : 0x30 } }
    guard let code, let number = ReplyCode(octets: code) else { return }
    let answered = sent.receive(Reply(number, ""))
    if answered.isCommand(.data), number.severity != .intermediate { dataLine = nil }
    checkCode(head, answered, index)
  }

  /// Codes that a command never has by the standard.
  private mutating func checkCode(_ line: ReplyExpectation.Line, _ answered: AwaitedReply, _ index: Int) {
    guard !isRecording, let codes = line.code?.alternatives else { return }
    let isIntermediate = { (code: [UInt8]) in code.first == UInt8(ascii: "3") }
    let mayContinue = answered.isCommand(.data) || answered.isCommand(.auth) || answered == .authentication
    if !mayContinue, codes.allSatisfy(isIntermediate) {
      report(.note, index, "\(answered.object) is never a 3yz (RFC 5321 §4.3.2)")
    }
    if answered.isCommand(.data), codes.allSatisfy({ $0.first == UInt8(ascii: "2") }) {
      report(.note, index, "DATA is answered with 354, and the message with 250 (RFC 5321 §4.3.2)")
    }
  }

  private mutating func pattern(_ index: Int) {
    guard let names = try? ReplyPattern(lines[index].text).names else { return }
    for name in names where assigned[name] == nil { assigned[name] = index }
    if !sent.awaited.isEmpty, !(index > 0 && lines[index - 1].kind == .server) { _ = sent.receive(Reply(250, "")) }
  }

  private mutating func event(_ index: Int) {
    switch lines[index].sessionEvent {
    case .connected: connect()
    case .timeout: sent.forgetAwaited()
    default: break
    }
  }

  private mutating func connect() {
    sent.connect()
    (hasGreeted, hasSaidMAIL, hasQuit, dataLine) = (false, false, false, nil)
  }

  private mutating func noteUnreachable(_ index: Int) {
    guard hasQuit, depth == 0 else { return }
    hasQuit = false
    report(.warning, index, "nothing can be sent behind QUIT: the server has closed the connection")
  }
}

// Steps.
extension DialogueLinter {
  private mutating func step(_ index: Int) {
    guard let step = try? DialogueStep(lines[index].text) else { return }
    switch step {
    case .connect: connect()
    case .assign(let name, let text):
      used.formUnion(text.variables)
      if assigned[name] == nil { assigned[name] = index }
    case .branch(let condition), .expect(let condition):
      used.formUnion(condition.variables)
      if case .variable(let name, _) = condition.test { used.insert(name) }
      if case .branch = step { depth += 1 }
      sent.forgetAwaited()
    case .repetition, .pipeline: depth += 1
    case .end: depth = max(0, depth - 1)
    case .startTLS, .authenticate, .message, .quit: exchange(step, index)
    case .raw(let text, _):
      used.formUnion(text.variables)
      noteUnreachable(index)
      for line in text.framed { sent.send(line) }
    case .drop, .reset: sent.forgetAwaited()
    case .tls, .wait, .otherwise, .include: break
    }
    if case .include = step { (hasGreeted, hasSaidMAIL) = (true, true) }
  }

  /// A step that is an exchange of its own; its reply may be expected behind it.
  private mutating func exchange(_ step: DialogueStep, _ index: Int) {
    noteUnreachable(index)
    if step == .startTLS { hasGreeted = true }
    if step == .quit { hasQuit = true }
    sent.forgetAwaited()
    if lines.indices.contains(index + 1), lines[index + 1].kind == .server || lines[index + 1].kind == .pattern {
      sent.send(DialogueText("NOOP"))
    }
  }
}
