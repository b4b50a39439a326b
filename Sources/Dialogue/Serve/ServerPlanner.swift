import SMTPWire

/// Turns a script around: what its client sends is awaited, what it expects is said.
///
/// Each reply is moved behind the command that it answers, so that clients that pipeline and clients that do not can both
/// be served. Conditions are decided by the replies of the script itself, repetitions are written out.
struct ServerPlanner {
  /// How many turns repetitions may add to those of the script's lines; a script that would have more ends there.
  static let maximumRepeatedTurns = 100_000

  private let script: DialogueScript
  private(set) var turns: [ServerTurn] = []
  /// The turns whose replies have not come, in their order, from `head` on.
  private var pending: [Int] = []
  private var head = 0
  private var sent = SentLineTracker()
  private var cursor = ScriptCursor()
  private var situation: ScriptSituation
  private var isConnected = false
  private var message: [DialogueText] = []
  private var isWhole = true
  /// The beginning of a command that goes on in the next line.
  private var partial: [DialogueText.Segment] = []
  private var lastEHLO: [WireLine]?
  /// The item being turned around.
  private var place = ScriptPlace(line: 0, file: nil)
  /// A reply that a step's expectation may still replace.
  private var stepReply: Int?

  init(_ script: DialogueScript, variables: [String: [UInt8]]) {
    self.script = script
    situation = ScriptSituation(answered: .greeting, variables: variables)
  }

  /// All turns of the script.
  mutating func plan() -> [ServerTurn] {
    while cursor.position < script.items.count, turns.count < 2 * script.items.count + Self.maximumRepeatedTurns {
      let item = script.items[cursor.position]
      place = script.place(of: item)
      if !item.isEvent, item.content != .step(.connect) { connect() }
      if case .branch(let condition, _) = item.content { readReplies(before: condition) }
      let situation = situation
      switch cursor.follow(item.content, holds: { $0.holds(in: situation) }) {
      case .moved: continue
      case .tooManyRounds: return finish()
      case .stays:
        cursor.position += 1
        add(item)
      }
    }
    return finish()
  }

  private mutating func finish() -> [ServerTurn] {
    // A recording that was cut within a message: the rest of it may be anything.
    if sent.isInMessage, let expected = turns.last?.expected, Command(expected.octets).verb == .data {
      append(.message(message, isWhole: false), owesReply: true)
    }
    for index in turns.indices where turns[index].reply == nil { answerByDefault(index) }
    return turns
  }

  private mutating func answerByDefault(_ index: Int) {
    guard !turns[index].isSilent else { return }
    switch turns[index].content {
    case .say: turns[index].reply = [WireLine("220 server.example ESMTP")]
    case .hear(let text, let isSecret):
      turns[index].reply = ServerWords.reply(to: isSecret ? .auth : Command(text.octets).verb)
      turns[index].startsTLS = turns[index].startsTLS || (!isSecret && Command(text.octets).verb == .starttls)
    case .message: turns[index].reply = ServerWords.reply(to: .other)
    case .authenticate: turns[index].reply = ServerWords.reply(to: .auth)
    case .accept, .startTLS, .close, .reset, .expectClose: return
    }
  }

  private mutating func append(_ content: ServerTurn.Content, owesReply: Bool = false) {
    if owesReply { pending.append(turns.count) }
    turns.append(ServerTurn(place: place, content: content))
  }

  private mutating func connect() {
    guard !isConnected else { return }
    isConnected = true
    (pending, head, message, isWhole, partial) = ([], 0, [], true, [])
    sent.connect()
    (situation.reply, situation.capabilities) = (nil, nil)
    append(.accept)
    append(.say, owesReply: true)
  }

  private mutating func add(_ item: DialogueScript.Item) {
    if !item.isEvent, !item.isExpectation { stepReply = nil }
    switch item.content {
    case .client: hear(script.line(of: item).content)
    case .reply: say(item)
    case .pattern:
      // Nobody can say what an expression wants; where a reply is owed, it is the usual one.
      if head < pending.count { answer(pending[head], with: defaultReply(pending[head])) }
    case .event: event(item)
    case .step(let step): begin(step)
    case .branch, .jump, .loop, .again: return
    }
  }

  // The client's side.

  private mutating func hear(_ line: DialogueText) {
    // Nothing is sent before the greeting, expected or not.
    if sent.awaited.first == .greeting, head < pending.count {
      answer(pending[head], with: defaultReply(pending[head]))
    }
    let wasInMessage = sent.isInMessage
    let count = sent.awaited.count
    sent.send(line)
    let isAnswered = sent.awaited.count > count
    if wasInMessage {
      if isAnswered {
        append(.message(message, isWhole: isWhole), owesReply: true)
        (message, isWhole) = ([], true)
      } else {
        message.append(line)
        if !sent.isInMessage { message = [] }
      }
    } else if isAnswered {
      let whole = DialogueText(partial + line.segments, ending: line.ending)
      partial = []
      append(.hear(whole, isSecret: sent.awaited.last == .authentication), owesReply: true)
    } else {
      partial += line.segments
    }
  }

  // The server's side.

  private mutating func say(_ item: DialogueScript.Item) {
    let source = script.sources[Int(item.source)]
    guard case .reply(let last) = item.content else { return }
    let lines = source.dialogue.lines[(item.line - 1)..<Int(last)].filter { $0.kind == .server }.map {
      ServerWords.line($0.content, isRecorded: source.isRecording, variables: situation.variables)
    }
    if let stepReply {
      turns[stepReply].reply = lines
      self.stepReply = nil
      note(lines)
    } else if head < pending.count {
      answer(pending[head], with: lines)
    } else {
      append(.say)
      turns[turns.count - 1].reply = lines
      note(lines)
    }
  }

  private mutating func answer(_ index: Int, with lines: [WireLine]) {
    head += 1
    turns[index].reply = lines
    note(lines)
    guard let reply = situation.reply else { return }
    situation.answered = sent.receive(reply)
    if situation.answered.isCommand(.ehlo), reply.code.isCompletion {
      situation.capabilities = Capabilities(reply)
      lastEHLO = lines
    }
    if situation.answered.isCommand(.starttls), reply.code == 220 { turns[index].startsTLS = true }
    if situation.answered.isCommand(.data), reply.code.severity != .intermediate { message = [] }
  }

  private mutating func note(_ lines: [WireLine]) {
    let code = lines.last.flatMap { ReplyCode(octets: $0.octets.prefix(3)) }
    situation.reply = code.map { Reply(code: $0, lines: lines) }
  }

  private func defaultReply(_ index: Int) -> [WireLine] {
    switch turns[index].content {
    case .say: [WireLine("220 server.example ESMTP")]
    case .hear(let text, false): ServerWords.reply(to: Command(text.octets).verb)
    case .hear, .authenticate: ServerWords.reply(to: .auth)
    default: ServerWords.reply(to: .other)
    }
  }

  private mutating func event(_ item: DialogueScript.Item) {
    switch script.event(of: item) {
    case .connected: connect()
    case .tls where turns.last?.content == .say && turns.last?.reply == nil:
      // TLS before the greeting: a port for implicit TLS.
      turns.insert(ServerTurn(place: place, content: .startTLS), at: turns.count - 1)
      pending = pending.map { $0 == turns.count - 2 ? turns.count - 1 : $0 }
    case .elided: if sent.isInMessage { isWhole = false }
    case .injected(let octets):
      guard let index = turns.lastIndex(where: { $0.reply != nil }) else { return }
      turns[index].reply?.append(WireLine(octets, ending: .none))
    case .timeout:
      for index in pending[head...] { turns[index].isSilent = true }
      head = pending.count
      sent.forgetAwaited()
    case .closed(let side, _) where isConnected: end(side == .us ? .expectClose : .close)
    case .reset where isConnected: end(.reset)
    default: return
    }
  }

  private mutating func end(_ content: ServerTurn.Content) {
    // What was not answered before the end was never answered.
    for index in pending[head...] { turns[index].isSilent = true }
    head = pending.count
    append(content)
    isConnected = false
  }

  // Steps.

  private mutating func begin(_ step: DialogueStep) {
    switch step {
    case .connect:
      let isFirst = script.items[..<(cursor.position - 1)].allSatisfy(\.isEvent)
      if isConnected, !isFirst { end(.expectClose) }
      connect()
    case .tls:
      if sent.awaited.first != .greeting { settle() }
      if turns.last?.startsTLS != true { append(.startTLS) }
    case .startTLS: startTLS()
    case .authenticate(let mechanism): ask(.authenticate(mechanism: mechanism), ServerWords.reply(to: .auth))
    case .message:
      settle()
      append(.hear(DialogueText("DATA"), isSecret: false))
      turns[turns.count - 1].reply = ServerWords.reply(to: .data)
      ask(.message([], isWhole: false), ServerWords.reply(to: .other))
    case .wait(let time):
      // Where the client waits for a reply, it is the server that is slow.
      if head < pending.count { turns[pending[head]].delay += time }
    case .drop, .reset: end(.expectClose)
    case .quit: ask(.hear(DialogueText("QUIT"), isSecret: false), ServerWords.reply(to: .quit))
    case .raw(let text, _): for line in text.framed { hear(line) }
    case .assign(let name, let text): situation.variables[name] = Array(situation.octets(text).prefix(65_536))
    case .pipeline, .branch, .otherwise, .repetition, .end, .include, .expect: return
    }
  }

  /// A condition is about the last of the replies that are owed, unless it stands behind an expectation.
  private mutating func readReplies(before condition: ScriptCondition) {
    if case .variable = condition.test { return }
    if cursor.position == 0 || !script.items[cursor.position - 1].isExpectation { settle() }
  }

  /// Answers what is owed: a step begins when all replies have come.
  private mutating func settle() {
    while head < pending.count { answer(pending[head], with: defaultReply(pending[head])) }
  }

  /// Adds a turn whose reply an `S:` line directly behind the step may say.
  private mutating func ask(_ content: ServerTurn.Content, _ reply: [WireLine]) {
    settle()
    append(content)
    stepReply = turns.count - 1
    turns[turns.count - 1].reply = reply
    note(reply)
  }

  private mutating func startTLS() {
    settle()
    let name = DialogueText([.octets(Array("EHLO ".utf8)), .variable(DialogueScript.clientName)])
    if !sent.hasSentEHLO {
      hear(name)
      settle()
    }
    var expected = ServerWords.reply(to: .starttls)
    if cursor.position < script.items.count, case .reply(let last) = script.items[cursor.position].content {
      let item = script.items[cursor.position]
      let source = script.sources[Int(item.source)]
      expected = source.dialogue.lines[(item.line - 1)..<Int(last)].filter { $0.kind == .server }.map {
        ServerWords.line($0.content, isRecorded: source.isRecording, variables: situation.variables)
      }
      cursor.position += 1
    }
    hear(DialogueText("STARTTLS"))
    if head < pending.count { answer(pending[head], with: expected) }
    guard situation.reply?.code == 220 else { return }
    let offer = (lastEHLO ?? []).filter { !$0.octets.dropFirst(4).prefix(8).equalsIgnoringCase("STARTTLS") }
    hear(sent.lastEHLO ?? name)
    if head < pending.count { answer(pending[head], with: Self.ended(offer)) }
  }

  /// The same lines with a blank behind the code of the last one.
  private static func ended(_ lines: [WireLine]) -> [WireLine] {
    guard var last = lines.last, last.octets.count > 3 else { return ServerWords.reply(to: .ehlo) }
    last.octets[3] = 0x20
    return lines.dropLast() + [last]
  }
}
